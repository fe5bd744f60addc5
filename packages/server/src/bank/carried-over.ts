import type { Doc, Entitlement } from '@liyu/model';
import type { BatchWrite } from '../sync/write-docs.js';

/** Uses in the period of a day, by benefit; those of a quota for life are those of any period. */
export function usedIn(entitlements: readonly Entitlement[], day: string): Map<string, number> {
  const period = day.slice(0, 4);
  const used = new Map<string, number>();
  for (const one of entitlements) {
    for (const { benefit, per, used: count } of one.benefits) {
      if (one.period !== period && per !== 'lifetime') continue;
      used.set(benefit, Math.max(used.get(benefit) ?? 0, count));
    }
  }
  return used;
}

/**
 * The benefits of a customer whom nobody evaluates: in a new period they are those of the one before,
 * counted anew, since the rung stands. None when the period has its own already.
 */
export function carriedOver(entitlements: readonly Entitlement[], day: string): BatchWrite[] {
  const period = day.slice(0, 4);
  const before = entitlements.filter((one) => one.period < period);
  const newest = before.sort((a, b) => (a.period < b.period ? -1 : 1)).at(-1);
  if (newest === undefined || entitlements.some((one) => one.period >= period)) return [];
  const used = usedIn(entitlements, day);
  const doc: Entitlement = {
    ...newest,
    id: `${newest.customer}:${period}`,
    period,
    endsOn: `${period}-12-31`,
    benefits: newest.benefits.map((item) => ({ ...item, used: used.get(item.benefit) ?? 0 })),
  };
  return [{ coll: 'entitlements', doc: doc as unknown as Doc }];
}
