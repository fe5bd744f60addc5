import type { PointsEntry } from './points-entry.js';

/** Points that can be used until one day. */
export interface PointsLot {
  points: number;
  /** Last day on which they can be used; null when they never expire. */
  expiresOn: string | null;
}

export interface PointsBalance {
  /** What can be spent; negative after a refund of points that are spent already. */
  balance: number;
  /** What it consists of, the oldest expiry first. */
  lots: PointsLot[];
}

interface Lot extends PointsLot {
  id: string;
}

/**
 * What is left of a ledger on `day`, after points.json: what takes points away takes those that
 * expire first among those that were valid that day, but a reversal takes from the entry it
 * reverses first. Points whose last day has passed don't count, whether or not an EXPIRE entry has
 * been booked. `ledger` needs no order.
 */
export function pointsBalance(ledger: readonly PointsEntry[], day: string): PointsBalance {
  const lots: Lot[] = ledger
    .filter(({ points }) => points > 0)
    .map(({ id, points, expiresOn }) => ({ id, points, expiresOn }))
    .sort((a, b) => byExpiry(a.expiresOn, b.expiresOn));
  let debt = 0;
  const takings = ledger
    .filter(({ points }) => points < 0)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  for (const { type, points, on, of } of takings) {
    const isOpen = ({ expiresOn }: Lot) =>
      (expiresOn === null || expiresOn >= on) === (type !== 'EXPIRE');
    const own = lots.filter((lot) => lot.id === of);
    let owed = -points;
    for (const lot of [...own, ...lots.filter(isOpen)]) {
      const taken = Math.min(owed, lot.points);
      lot.points -= taken;
      owed -= taken;
    }
    if (type !== 'EXPIRE') debt += owed;
  }
  const left = lots.filter(
    ({ points, expiresOn }) => points > 0 && (expiresOn === null || expiresOn >= day),
  );
  return {
    balance: left.reduce((sum, lot) => sum + lot.points, 0) - debt,
    lots: left.map(({ points, expiresOn }) => ({ points, expiresOn })),
  };
}

function byExpiry(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
