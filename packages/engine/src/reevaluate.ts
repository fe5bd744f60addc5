import type { Assessment } from '@liyu/model';
import type { PolicyFiles } from '@liyu/policy';
import { rungByCode } from './next-rung.js';

/** State of tier-ladder.reevaluation `eventRule`: the rung held, and failing evaluations in a row. */
export interface Holding {
  held: string;
  failStreak: number;
}

export interface Reevaluated extends Holding {
  event: Assessment['status'];
  /**
   * Whether a customer has stopped being a new one without rising otherwise: an UPGRADE by rank, which is
   * told as the end of that time and never congratulated.
   */
  newEnded: boolean;
}

/**
 * One monthly evaluation (tier-ladder.reevaluation): the state before it, null where nobody evaluated the
 * customer yet, and what the metrics qualify for. Throws a RangeError for what is no rung.
 */
export function reevaluate(
  files: Pick<PolicyFiles, 'tier-ladder'>,
  before: Holding | null,
  evaluated: { qualified: string; knockout: boolean | null },
): Reevaluated {
  const { reevaluation, rungs } = files['tier-ladder'];
  const qualified = rungByCode(files, evaluated.qualified);
  const now = (
    event: Assessment['status'],
    held: string,
    failStreak: number,
    newEnded = false,
  ) => ({
    event,
    held,
    failStreak,
    newEnded,
  });
  if (before === null) return now('KEEP', qualified.code, 0);
  const held = rungByCode(files, before.held);
  if (qualified.rank > held.rank) {
    const newEnded = held.class === 'NEW' && qualified.level === null;
    return now('UPGRADE', qualified.code, 0, newEnded);
  }
  if (qualified.rank === held.rank) return now('KEEP', held.code, 0);
  const failStreak = before.failStreak + 1;
  const tolerated = reevaluation.downgradeAfterMonths[held.class] ?? 0;
  const atOnce = evaluated.knockout === true && held.class === 'QUALITY';
  if (!atOnce && failStreak <= tolerated) return now('WATCH', held.code, failStreak);
  const oneBelow = rungs.filter(({ rank }) => rank < held.rank).sort((a, b) => b.rank - a.rank)[0];
  const landing = reevaluation.landing === 'one_rung' ? (oneBelow ?? qualified) : qualified;
  return now('DOWNGRADE', landing.code, 0);
}

/** Days after which metrics are stale (data-quality.json DQ4): no evaluation is issued on them. */
export const STALE_DAYS = 45;

/** Whether metrics of a day are too old for an evaluation on another. Both ISO dates. */
export function isStale(asOf: string, assessedOn: string): boolean {
  return Date.parse(assessedOn) - Date.parse(asOf) > STALE_DAYS * 86_400_000;
}
