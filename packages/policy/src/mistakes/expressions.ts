import type { Expression } from '../expression.js';
import type { Say } from './say.js';
import { STAGES } from './vocabulary.js';
import type { Kind, Stage, Vocabulary } from './vocabulary.js';

/**
 * Says what makes no sense in an expression of a stage: names that nothing defines or that only a later
 * stage knows, an order of what has none, a constant that a name can't be, a number for a condition.
 */
export function checkExpression(
  say: Say,
  item: string,
  expression: Expression | undefined,
  { names, stage, gives = 'bool' }: { names: Vocabulary; stage: Stage; gives?: 'int' | 'bool' },
): void {
  if (expression === undefined) return;
  const tell = (reason: string) => say(item, reason);
  const kind = kindOf(expression, { names, stage: STAGES[stage], tell });
  if (kind !== null && kind !== gives)
    tell(`${worded(expression)} is no ${gives === 'bool' ? 'condition' : 'number'}`);
}

interface Reading {
  names: Vocabulary;
  stage: number;
  tell: (reason: string) => void;
}

/** What an expression gives; null where that was told to be wrong already. */
function kindOf(expression: Expression, reading: Reading): Kind | 'text' | null {
  if (typeof expression === 'number') return 'int';
  if (typeof expression === 'boolean') return 'bool';
  if (typeof expression === 'string') return 'text';
  if ('var' in expression) return kindOfName(expression.var, reading);
  const { op, args = [] } = expression;
  const kinds = args.map((arg) => kindOf(arg, reading));
  if (op === 'true') return 'bool';
  if (op === 'and' || op === 'or' || op === 'not' || op === 'mul') {
    const wanted = op === 'mul' ? 'int' : 'bool';
    kinds.forEach((kind, place) => {
      if (kind === null || kind === wanted) return;
      const noun = op === 'mul' ? 'number' : 'condition';
      reading.tell(`${op} takes ${worded(args[place]!)}, which is no ${noun}`);
    });
    return wanted;
  }
  compare(op, args, kinds, reading);
  return 'bool';
}

function kindOfName(name: string, { names, stage, tell }: Reading): Kind | null {
  const known = names.get(name);
  if (known === undefined) tell(`reads ${name}, which nothing defines`);
  else if (known.since >= stage) tell(`reads ${name}, which is known only later`);
  else return known.kind;
  return null;
}

function compare(
  op: string,
  [left, right]: readonly Expression[],
  [a, b]: readonly (Kind | 'text' | null)[],
  { tell }: Reading,
): void {
  if (left === undefined || right === undefined || a == null || b == null) return;
  // The constant of a comparison, where it has one, to the right.
  if (typeof left !== 'object' && typeof right === 'object') {
    compare(op, [right, left], [b, a], { tell } as Reading);
    return;
  }
  if (op !== 'eq' && (a !== 'int' || b !== 'int')) {
    const wrong = a === 'int' ? right : left;
    tell(`${op} compares ${worded(left)} with ${worded(right)}, but ${worded(wrong)} has no order`);
  } else if (!canEqual(a, b, right)) {
    tell(`compares ${worded(left)} with ${worded(right)}, which it can't be`);
  } else if (typeof left === 'object' && typeof right === 'number' && right < 0) {
    tell(`compares ${worded(left)} with ${right}, but it is never below 0`);
  }
}

/** Whether what is compared can ever be the same. */
function canEqual(a: Kind | 'text', b: Kind | 'text', right: Expression): boolean {
  if (typeof a === 'string') return a === b;
  if (typeof right === 'string') return a.includes(right);
  return typeof b !== 'string' && a.some((value) => b.includes(value));
}

function worded(expression: Expression): string {
  if (typeof expression !== 'object') return JSON.stringify(expression);
  return 'var' in expression ? expression.var : `a term of ${expression.op}`;
}
