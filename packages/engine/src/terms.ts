import type { Expression } from '@liyu/policy';
import { encode } from './registers.js';
import type { RegisterFile } from './registers.js';
import { FALSE, TRUE } from './truth.js';
import type { Truth } from './truth.js';

/** Holds while a register is known, at least `from`, and below `to`. */
export interface Range {
  slot: number;
  from: number;
  to: number;
}

/** Holds while an expression, which is no range, has that truth. */
export interface Verdict {
  expression: Expression;
  truth: Truth;
}

/** What all has to hold. */
export type Term = readonly (Range | Verdict)[];

/** Beyond so many terms an expression is left as it is. */
const MOST_TERMS = 64;

/**
 * When an expression has a truth, TRUE or FALSE: in each case that is listed, and in no other. Registers hold integers, so
 * that every comparison with a constant is a range.
 */
export function termsOf(expression: Expression, truth: Truth, file: RegisterFile): Term[] {
  const always = (holds: boolean): Term[] => (holds ? [[]] : []);
  if (typeof expression === 'boolean') return always(expression === (truth === TRUE));
  if (typeof expression !== 'object') throw new RangeError(`${expression} is no condition`);
  if ('var' in expression) {
    const flag = truth === TRUE ? 1 : 0;
    return [[{ slot: file.of(expression.var).slot, from: flag, to: flag + 1 }]];
  }
  const args = expression.args ?? [];
  switch (expression.op) {
    case 'true':
      return always(truth === TRUE);
    case 'not':
      return termsOf(args[0]!, truth === TRUE ? FALSE : TRUE, file);
    case 'and':
    case 'or': {
      const all = args.map((arg) => termsOf(arg, truth, file));
      if ((expression.op === 'or') === (truth === TRUE)) return all.flat();
      const size = all.reduce((product, terms) => product * terms.length, 1);
      if (size > MOST_TERMS) return [[{ expression, truth }]];
      return all.reduce((made, terms) => made.flatMap((a) => terms.map((b) => [...a, ...b])));
    }
    case 'mul':
      throw new RangeError('mul gives a number, not a condition');
    default:
      return rangesOf(expression, truth, file) ?? [[{ expression, truth }]];
  }
}

/** null for what doesn't compare a register with a constant. */
function rangesOf(
  expression: Exclude<Expression, number | string | boolean | { var: string }>,
  truth: Truth,
  file: RegisterFile,
): Term[] | null {
  const [left, right] = expression.args ?? [];
  const isMirrored = typeof left !== 'object';
  const [name, constant] = isMirrored ? [right!, left!] : [left, right!];
  if (typeof name !== 'object' || !('var' in name) || typeof constant === 'object') return null;
  const register = file.of(name.var);
  const { slot } = register;
  const code = encode(register, constant);
  const below = (to: number): Term[] => [[{ slot, from: -Infinity, to }]];
  const from = (least: number): Term[] => [[{ slot, from: least, to: Infinity }]];
  const isWanted = truth === TRUE;
  if (expression.op === 'eq') {
    if (isWanted) return [[{ slot, from: code, to: code + 1 }]];
    const last = { int: Infinity, bool: 1, enum: register.values.length - 1 }[register.type];
    return [...(code > 0 ? below(code) : []), ...(code < last ? from(code + 1) : [])];
  }
  const isRising = (expression.op === 'ge' || expression.op === 'gt') !== isMirrored;
  // The first value above the edge: of `x >= 3` and `x < 3` it is 3, of `x > 3` and `x <= 3` it is 4.
  const hasEdge = expression.op === 'ge' || expression.op === 'le';
  const edge = isRising === hasEdge ? code : code + 1;
  return isRising === isWanted ? from(edge) : below(edge);
}

export function rangesIn(terms: readonly Term[]): Range[] {
  return terms.flat().filter((fact) => 'slot' in fact);
}
