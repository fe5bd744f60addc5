import type { Expression, Operator } from '@liyu/policy';
import { encode } from './registers.js';
import type { Register, RegisterFile, Registers } from './registers.js';
import { FALSE, TRUE, UNKNOWN, flagOf, truthOf } from './truth.js';
import type { Truth } from './truth.js';

/** Whether something holds for the customer in the registers. */
export type Condition = (registers: Registers) => Truth;

/** A number of the customer in the registers; NaN where unknown. */
export type Quantity = (registers: Registers) => number;

/** Turns an expression into closures, once; nothing is generated as text, so no CSP is in the way. */
export function compileCondition(expression: Expression, file: RegisterFile): Condition {
  if (typeof expression === 'boolean') return () => (expression ? TRUE : FALSE);
  if (typeof expression !== 'object') throw new RangeError(`${expression} is no condition`);
  if ('var' in expression) {
    const { slot } = file.of(expression.var);
    return (registers) => truthOf(registers[slot]!);
  }
  const args = expression.args ?? [];
  switch (expression.op) {
    case 'true':
      return () => TRUE;
    case 'not':
      return negation(compileCondition(args[0]!, file));
    case 'and':
      return conjunction(terms(expression, 'and').map((arg) => compileCondition(arg, file)));
    case 'or':
      return disjunction(terms(expression, 'or').map((arg) => compileCondition(arg, file)));
    case 'mul':
      throw new RangeError('mul gives a number, not a condition');
    default:
      return comparison(expression.op, args[0]!, args[1]!, file);
  }
}

/** An expression that gives a number: a constant, a register, a product, or a condition as a flag. */
export function compileQuantity(
  expression: Expression,
  file: RegisterFile,
  /** What it is compared with, which says how a text or a flag is held. */
  like: Register | null = null,
): Quantity {
  if (typeof expression === 'object') {
    if ('var' in expression) {
      const { slot } = file.of(expression.var);
      return (registers) => registers[slot]!;
    }
    if (expression.op === 'mul') {
      const factors = (expression.args ?? []).map((arg) => compileQuantity(arg, file));
      return (registers) => {
        let product = 1;
        for (const factor of factors) product *= factor(registers);
        return product;
      };
    }
    const condition = compileCondition(expression, file);
    return (registers) => flagOf(condition(registers));
  }
  const constant =
    like !== null
      ? encode(like, expression)
      : typeof expression === 'string'
        ? -1
        : Number(expression);
  return () => constant;
}

/**
 * The terms of an `and` or `or`, those of the same operator inside it too, the cheapest first: the order
 * of terms doesn't matter in this logic, and one is often enough.
 */
function terms(expression: Expression, op: 'and' | 'or'): Expression[] {
  const flat = (one: Expression): Expression[] =>
    typeof one === 'object' && 'op' in one && one.op === op
      ? (one.args ?? []).flatMap(flat)
      : [one];
  return flat(expression).sort((a, b) => sizeOf(a) - sizeOf(b));
}

function sizeOf(expression: Expression): number {
  if (typeof expression !== 'object' || 'var' in expression) return 1;
  return (expression.args ?? []).reduce<number>((sum, arg) => sum + sizeOf(arg), 1);
}

function negation(term: Condition): Condition {
  return (registers) => (TRUE - term(registers)) as Truth;
}

function conjunction(terms: readonly Condition[]): Condition {
  return (registers) => {
    let least = TRUE;
    for (const term of terms) {
      const truth = term(registers);
      if (truth === FALSE) return FALSE;
      if (truth < least) least = truth;
    }
    return least;
  };
}

function disjunction(terms: readonly Condition[]): Condition {
  return (registers) => {
    let most = FALSE;
    for (const term of terms) {
      const truth = term(registers);
      if (truth === TRUE) return TRUE;
      if (truth > most) most = truth;
    }
    return most;
  };
}

type Comparison = Exclude<Operator, 'and' | 'or' | 'not' | 'mul' | 'true'>;

const MIRROR: Record<Comparison, Comparison> = { ge: 'le', le: 'ge', gt: 'lt', lt: 'gt', eq: 'eq' };

function comparison(
  op: Comparison,
  left: Expression,
  right: Expression,
  file: RegisterFile,
): Condition {
  if (typeof left !== 'object' && typeof right === 'object') {
    return comparison(MIRROR[op], right, left, file);
  }
  const like = typeof left === 'object' && 'var' in left ? file.of(left.var) : null;
  if (like !== null && typeof right !== 'object') {
    return againstConstant(op, like.slot, encode(like, right));
  }
  return between(op, compileQuantity(left, file), compileQuantity(right, file, like));
}

/** The usual case, without a call between. */
function againstConstant(op: Comparison, slot: number, constant: number): Condition {
  switch (op) {
    case 'ge':
      return (r) => (r[slot]! >= constant ? TRUE : r[slot]! < constant ? FALSE : UNKNOWN);
    case 'gt':
      return (r) => (r[slot]! > constant ? TRUE : r[slot]! <= constant ? FALSE : UNKNOWN);
    case 'le':
      return (r) => (r[slot]! <= constant ? TRUE : r[slot]! > constant ? FALSE : UNKNOWN);
    case 'lt':
      return (r) => (r[slot]! < constant ? TRUE : r[slot]! >= constant ? FALSE : UNKNOWN);
    case 'eq':
      return (r) => (r[slot] === constant ? TRUE : Number.isNaN(r[slot]) ? UNKNOWN : FALSE);
  }
}

const COMPARE: Record<Comparison, (a: number, b: number) => boolean> = {
  ge: (a, b) => a >= b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  lt: (a, b) => a < b,
  eq: (a, b) => a === b,
};

function between(op: Comparison, left: Quantity, right: Quantity): Condition {
  const compare = COMPARE[op];
  return (registers) => {
    const a = left(registers);
    const b = right(registers);
    if (Number.isNaN(a) || Number.isNaN(b)) return UNKNOWN;
    return compare(a, b) ? TRUE : FALSE;
  };
}
