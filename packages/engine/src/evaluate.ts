import type { Expression } from '@liyu/policy';

/** A metric or derived value; null is unknown. */
export type Value = number | boolean | string | null;
export type Values = Readonly<Record<string, Value>>;

/** Reads an expression: `null` is UNKNOWN, in SQL's three-valued logic (metrics.json `nullRule`). */
export type Evaluate = (values: Values) => Value;

/** Turns an expression into closures, once; nothing is generated as text, so no CSP is in the way. */
export function compile(expression: Expression): Evaluate {
  if (typeof expression !== 'object') return () => expression;
  if ('var' in expression) {
    const name = expression.var;
    return (values) => values[name] ?? null;
  }
  const args = (expression.args ?? []).map(compile);
  switch (expression.op) {
    case 'true':
      return () => true;
    case 'not':
      return negation(args[0]!);
    case 'and':
      return junction(args, false);
    case 'or':
      return junction(args, true);
    case 'mul':
      return product(args);
    default:
      return comparison(expression.op, args[0]!, args[1]!);
  }
}

function negation(arg: Evaluate): Evaluate {
  return (values) => {
    const value = arg(values);
    return value === null ? null : value !== true;
  };
}

/** and (`decisive` false) or or (`decisive` true) after Kleene. */
function junction(args: readonly Evaluate[], decisive: boolean): Evaluate {
  return (values) => {
    let unknown = false;
    for (const arg of args) {
      const value = arg(values);
      if (value === decisive) return decisive;
      if (value === null) unknown = true;
    }
    return unknown ? null : !decisive;
  };
}

function product(args: readonly Evaluate[]): Evaluate {
  return (values) => {
    let out = 1;
    for (const arg of args) {
      const value = arg(values);
      if (value === null) return null;
      out *= value as number;
    }
    return out;
  };
}

const COMPARE: Record<'ge' | 'gt' | 'le' | 'lt' | 'eq', (a: never, b: never) => boolean> = {
  ge: (a, b) => a >= b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  lt: (a, b) => a < b,
  eq: (a, b) => a === b,
};

function comparison(op: keyof typeof COMPARE, left: Evaluate, right: Evaluate): Evaluate {
  const compare = COMPARE[op];
  return (values) => {
    const a = left(values);
    const b = right(values);
    return a === null || b === null ? null : compare(a as never, b as never);
  };
}
