import type { Locale } from '@liyu/model';

/** `¥682,016.35`, of an amount in fen. Throws a RangeError for one that isn't exact. */
export function money(fen: number): string {
  if (!(Math.abs(fen) <= Number.MAX_SAFE_INTEGER)) throw new RangeError('not an amount');
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}¥${grouped(whole)}.${rest}`;
}

/** Units of large Chinese amounts, in yuan. */
const UNITS = [
  { yuan: 100_000_000, word: '亿' },
  { yuan: 10_000, word: '万' },
] as const;

/**
 * An amount in fen to be seen at a glance: `¥68.20万` in Chinese from ten thousand yuan up, cut after the
 * second digit; else, and in English, whole yuan: `¥682,016`. Throws a RangeError for one that isn't exact.
 */
export function briefMoney(fen: number, locale: Locale): string {
  if (!(Math.abs(fen) <= Number.MAX_SAFE_INTEGER)) throw new RangeError('not an amount');
  const sign = fen < 0 ? '-' : '';
  const yuan = Math.trunc(Math.abs(fen) / 100);
  const unit = locale === 'en' ? undefined : UNITS.find((one) => yuan >= one.yuan);
  if (unit === undefined) return `${sign}¥${grouped(yuan)}`;
  const hundredths = Math.trunc((yuan * 100) / unit.yuan);
  const rest = String(hundredths % 100).padStart(2, '0');
  return `${sign}¥${grouped(Math.trunc(hundredths / 100))}.${rest}${unit.word}`;
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
