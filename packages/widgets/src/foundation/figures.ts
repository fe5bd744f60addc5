/** `¥682,016.35`, of an amount in fen. Throws a RangeError for one that isn't exact. */
export function money(fen: number): string {
  if (!(Math.abs(fen) <= Number.MAX_SAFE_INTEGER)) throw new RangeError('not an amount');
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}¥${grouped(whole)}.${rest}`;
}

/** A whole number such as a count or points. Throws a RangeError for anything else. */
export function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError('not a whole number');
  return String(value);
}

/** Percentage points of basis points: `0.05` of 5. Throws a RangeError for no number. */
export function percentagePoints(bp: number): string {
  if (!Number.isFinite(bp)) throw new RangeError('not a number of basis points');
  return (bp / 100).toFixed(2);
}

function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
