import type { Expression } from '@liyu/policy';

/** Constants that a name is compared with in an expression, in the order in which they stand. */
export function constantsOf(expression: Expression, name: string): number[] {
  if (typeof expression !== 'object' || 'var' in expression) return [];
  const args = expression.args ?? [];
  const isNamed = args.some((arg) => typeof arg === 'object' && 'var' in arg && arg.var === name);
  const own = isNamed ? args.filter((arg) => typeof arg === 'number') : [];
  return [...own, ...args.flatMap((arg) => constantsOf(arg, name))];
}
