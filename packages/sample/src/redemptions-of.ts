import { REDEMPTION_DAYS } from '@liyu/model';
import type { Entitlement, Redemption } from '@liyu/model';
import { addDays, daysBetween } from './calendar.js';
import { momentOn, shortCodeOf, soonAfter, uuidOf } from './moments.js';
import type { Person, Setting } from './person.js';
import { oneIn } from './quotas.js';
import type { Random } from './random.js';

/** How many of ten customers use a benefit that has a quota, by benefit. */
const LIKED: Readonly<Record<string, number>> = {
  'B-V3': 7,
  'B-V5': 4,
  'B-V9': 3,
  'B-A2': 4,
  'B-A4': 3,
  'B-A5': 4,
  'B-A6': 1,
  'B-N1': 6,
};

/**
 * Requests for benefits of this calendar year, as many confirmed as the named people's `used` says or
 * chance gives within the quota, then what was refused this year and what expired unused last year.
 */
export function redemptionsOf(
  { today }: Setting,
  person: Person,
  entitlement: Entitlement | null,
): Redemption[] {
  if (entitlement === null) return [];
  const random = person.random('redemptions');
  const year = today.slice(0, 4);
  const first = [`${year}-01-01`, person.since].sort()[1]!;
  const elapsed = Math.max(0, daysBetween(first, today));
  const on = () => addDays(first, random.between(0, elapsed));
  const made: Redemption[] = [];
  for (const { benefit, quota, state } of entitlement.benefits) {
    if (quota === null) continue;
    const used =
      person.named !== null
        ? (person.named.used[benefit] ?? 0)
        : state === 'AVAILABLE'
          ? usesOf(random, benefit, quota, elapsed)
          : 0;
    const days = used === 0 ? [] : Array.from({ length: used }, on).sort();
    for (const day of days) made.push(confirmed(random, person, benefit, day, today));
    if (person.named === null && state === 'AVAILABLE' && used === quota && random.chance(15)) {
      const day = days.at(-1)!;
      made.push(rejected(random, person, benefit, day, 'quota_used'));
    }
  }
  if (person.named === null) made.push(...elsewhere(random, person, entitlement, on, today));
  return made;
}

/** Confirmed uses by benefit, which the entitlement counts. */
export function usedIn(redemptions: readonly Redemption[], period: string): Map<string, number> {
  const used = new Map<string, number>();
  for (const { benefit, state, period: of } of redemptions) {
    if (benefit === null || state === 'rejected' || of !== period) continue;
    used.set(benefit, (used.get(benefit) ?? 0) + 1);
  }
  return used;
}

function usesOf(random: Random, benefit: string, quota: number, elapsed: number): number {
  if (!random.chance((LIKED[benefit] ?? 0) * 10)) return 0;
  const most = Math.min(quota, 5, Math.ceil((quota * (elapsed + 1)) / 365));
  return 1 + random.skewed(0, most - 1, 2);
}

/** What a customer on a lower rung was refused, and what lapsed around the turn of the year. */
function elsewhere(
  random: Random,
  person: Person,
  { benefits }: Entitlement,
  on: () => string,
  today: string,
): Redemption[] {
  const out: Redemption[] = [];
  const locked = benefits.find(({ state, quota }) => state === 'LOCKED' && quota !== null);
  if (locked !== undefined && oneIn(person.n, 31, 7)) {
    out.push(rejected(random, person, locked.benefit, on(), 'locked'));
  }
  const lastYear = String(Number(today.slice(0, 4)) - 1);
  const gift = benefits.find(({ quota, per }) => quota !== null && per === 'year');
  if (gift !== undefined && oneIn(person.n, 23, 4) && person.since < `${lastYear}-10-01`) {
    const day = addDays(`${lastYear}-10-15`, random.between(0, 40));
    const request = requested(random, person, gift.benefit, day);
    out.push({ ...granted(random, request, day), state: 'expired' });
  }
  return out;
}

function confirmed(
  random: Random,
  person: Person,
  benefit: string,
  day: string,
  today: string,
): Redemption {
  const request = granted(random, requested(random, person, benefit, day), day);
  // Some of what can still be used is not used yet; what can't, was.
  const open = request.validUntil! >= today && random.chance(55);
  return { ...request, state: open ? 'confirmed' : 'used' };
}

function granted(random: Random, request: Redemption, day: string): Redemption {
  return { ...request, code: shortCodeOf(random), validUntil: addDays(day, REDEMPTION_DAYS) };
}

function rejected(
  random: Random,
  person: Person,
  benefit: string,
  day: string,
  reason: string,
): Redemption {
  return { ...requested(random, person, benefit, day), state: 'rejected', reason };
}

/** A request for a benefit as it is sent, decided at once. */
function requested(random: Random, person: Person, benefit: string, day: string): Redemption {
  const requestedAt = momentOn(random, day);
  return {
    id: uuidOf(random, requestedAt),
    rev: 0,
    customer: person.id,
    kind: 'benefit',
    benefit,
    points: null,
    period: day.slice(0, 4),
    requestedAt,
    state: 'confirmed',
    reason: null,
    code: null,
    decidedAt: soonAfter(random, requestedAt),
    validUntil: null,
  };
}

/** A redemption of points, taken at the counter since. */
export function spending(
  random: Random,
  customer: string,
  benefit: string,
  points: number,
  day: string,
): Redemption {
  const requestedAt = momentOn(random, day);
  return {
    id: uuidOf(random, requestedAt),
    rev: 0,
    customer,
    kind: 'points',
    benefit,
    points,
    period: day.slice(0, 4),
    requestedAt,
    state: 'used',
    reason: null,
    code: shortCodeOf(random),
    decidedAt: soonAfter(random, requestedAt),
    validUntil: addDays(day, REDEMPTION_DAYS),
  };
}
