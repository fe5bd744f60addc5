import type { PolicyFiles } from '@liyu/policy';
import type { Rung } from './compile-core.js';
import type { Judged } from './conditions.js';
import type { GradeOptions } from './compile-policy.js';
import { constantsOf } from './thresholds.js';

type Ladder = Pick<PolicyFiles, 'tier-ladder'>;

/** A rung by its code. Throws a RangeError for what is none. */
export function rungByCode({ 'tier-ladder': ladder }: Ladder, code: string): Rung {
  const rung = ladder.rungs.find((one) => one.code === code);
  if (rung === undefined) throw new RangeError(`${code} is no rung`);
  return rung;
}

/**
 * The next rung (tier-ladder.progress `nextRule`): the least rank above the held one; from a class without
 * levels the lowest rung that has one. Null at the top.
 */
export function nextRung(files: Ladder, held: string): Rung | null {
  const { rungs } = files['tier-ladder'];
  const from = rungByCode(files, held);
  return (
    rungs
      .filter((rung) => rung.rank > from.rank && rung.level !== null)
      .sort((a, b) => a.rank - b.rank)[0] ?? null
  );
}

/** The metric, or `score`, that tells how far a rung is. */
export interface Measure {
  name: string;
  /** What the rung asks for. */
  threshold: number;
}

/** By what progress to a rung is told: the score, the total or the deposits that its criterion asks for. */
export function measureOf(rung: Rung): Measure | null {
  for (const name of ['score', 'aum_avg_3m_fen', 'deposit_avg_3m_fen']) {
    const [threshold] = constantsOf(rung.criterion, name);
    if (threshold !== undefined) return { name, threshold };
  }
  return null;
}

/**
 * Progress to the next rung in basis points (tier-ladder.progress `formula`), at most 9999 until it is
 * reached; null at the top, or where the value is unknown.
 */
export function progressBp(
  files: Ladder,
  held: string,
  grade: Judged,
  { variant }: GradeOptions = {},
): number | null {
  const next = nextRung(files, held);
  const measure = next === null ? null : measureOf(next);
  if (measure === null) return null;
  const { name, threshold } = measure;
  const score = variant === 'neutral' ? grade.neutralScore : grade.score;
  const value = name === 'score' ? score : grade.inputs[name];
  if (typeof value !== 'number') return null;
  return Math.min(9999, Number((10_000n * BigInt(value)) / BigInt(threshold)));
}
