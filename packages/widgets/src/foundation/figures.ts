/** `¥682,016.35`, of an amount in fen. */
export function money(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}¥${grouped(whole)}.${rest}`;
}

/** Percentage points of basis points: `0.05` of 5. */
export function percentagePoints(bp: number): string {
  return (bp / 100).toFixed(2);
}

function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
