import { daysAfter, shanghaiDate } from '@liyu/model';
import type { EntitledBenefit, Redemption } from '@liyu/model';
import { newest } from '../foundation/newest.js';

/** Days for which a request that came to nothing is told, and stands among the first. */
export const TOLD_DAYS = 14;
const FIRST_DAYS = 2;

/** What has become of the requests for one benefit. */
export interface BenefitUses {
  /** Sent or about to be; the server hasn't answered. */
  pending: readonly Redemption[];
  /** Granted, each with a code that the counter still takes; the first to end comes first. */
  confirmed: readonly Redemption[];
  /** The last one, where it was refused or its code ended unused, not long ago. */
  failed: Redemption | null;
  /** Whether a short list begins with it: something waits, can be shown at the counter, or just failed. */
  isFirst: boolean;
  /** Uses left once what is pending is granted; null where uses aren't counted. */
  left: number | null;
}

/** The requests for a benefit, as they matter on the day `today`. */
export function usesOf(
  held: EntitledBenefit,
  redemptions: readonly Redemption[],
  today: string,
): BenefitUses {
  const own = redemptions.filter(({ benefit }) => benefit === held.benefit);
  const pending = own.filter(({ state }) => state === 'pending');
  const confirmed = own
    .filter(({ state, validUntil }) => state === 'confirmed' && (validUntil ?? today) >= today)
    .sort((a, b) => ((a.validUntil ?? '') < (b.validUntil ?? '') ? -1 : 1));
  const last = newest(own, ({ requestedAt }) => requestedAt);
  const endedOn = last === null ? null : endOf(last, today);
  const isFailedLately = endedOn !== null && daysAfter(endedOn, FIRST_DAYS) >= today;
  return {
    pending,
    confirmed,
    isFirst: pending.length > 0 || confirmed.length > 0 || isFailedLately,
    failed: endedOn !== null && daysAfter(endedOn, TOLD_DAYS) >= today ? last : null,
    left: held.quota === null ? null : Math.max(0, held.quota - held.used - pending.length),
  };
}

/** Day on which a request came to nothing; null where it didn't. */
function endOf({ state, decidedAt, validUntil }: Redemption, today: string): string | null {
  if (state === 'rejected') return decidedAt === null ? null : shanghaiDate(decidedAt);
  const lapsed = state === 'expired' || (state === 'confirmed' && (validUntil ?? today) < today);
  return lapsed ? validUntil : null;
}
