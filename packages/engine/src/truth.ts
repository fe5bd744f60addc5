/**
 * A truth value of Kleene's three-valued logic (metrics.json `nullRule`), ordered so that `and` is the
 * least of its terms, `or` the greatest, and `not` what is missing to TRUE.
 */
export type Truth = 0 | 1 | 2;

export const FALSE: Truth = 0;
export const UNKNOWN: Truth = 1;
export const TRUE: Truth = 2;

/** A flag as registers hold it: 1, 0, or NaN where unknown. */
export function truthOf(flag: number): Truth {
  return flag === 1 ? TRUE : flag === 0 ? FALSE : UNKNOWN;
}

export function flagOf(truth: Truth): number {
  return truth === UNKNOWN ? NaN : truth >> 1;
}

/** A truth value as records hold it: null is unknown. */
export function booleanOf(truth: Truth): boolean | null {
  return truth === UNKNOWN ? null : truth === TRUE;
}
