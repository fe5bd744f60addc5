import type { Expression } from './expression.js';

/** Names of metrics and derived values that an expression reads, in the order of reading. */
export function variablesOf(value: Expression): string[] {
  if (typeof value !== 'object') return [];
  if ('var' in value) return [value.var];
  return (value.args ?? []).flatMap(variablesOf);
}
