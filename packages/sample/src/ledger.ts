import type { PointsEntry } from '@liyu/model';
import { addDays, endOfMonth } from './calendar.js';
import { zhEn } from './bank.js';
import type { Words } from './bank.js';

interface Lot {
  id: string;
  left: number;
  expiresOn: string;
}

const EXPIRED = zhEn('积分到期', 'Points expired');
const REFUNDED = zhEn('退款冲回积分', 'Points taken back for a refund');

/**
 * A points ledger that is written in the order of days. Points last 24 months from the end of the month
 * they were earned in, the oldest expiry is spent first, and what expires is written down the day after
 * (points.json); so the sum is at no time negative.
 */
export class Ledger {
  readonly entries: PointsEntry[] = [];
  #lots: Lot[] = [];

  constructor(private readonly customer: string) {}

  earn(id: string, points: number, on: string, rule: string | null, title: Words): void {
    if (points <= 0) return;
    const expiresOn = endOfMonth(on, 24);
    this.#lots.push({ id, left: points, expiresOn });
    this.#write({ id, type: 'EARN', points, on, expiresOn, rule, of: null, title });
  }

  /** Whether there were enough points on that day; without them nothing is written. */
  spend(redemption: string, points: number, on: string, title: Words): boolean {
    this.expire(on);
    if (this.balance() < points) return false;
    let owed = points;
    for (const lot of this.#open()) {
      const taken = Math.min(owed, lot.left);
      lot.left -= taken;
      owed -= taken;
    }
    const entry = { type: 'SPEND', points: -points, on, of: redemption, title } as const;
    this.#write({ id: redemption, expiresOn: null, rule: null, ...entry });
    return true;
  }

  /** Takes back what a purchase earned, as far as it is not spent. */
  reverse(id: string, earned: string, points: number, on: string): void {
    const lot = this.#lots.find((one) => one.id === earned);
    const taken = Math.min(points, lot?.left ?? 0);
    if (lot === undefined || taken === 0) return;
    lot.left -= taken;
    const entry = { type: 'REVERSE', points: -taken, on, of: earned, title: REFUNDED } as const;
    this.#write({ id, expiresOn: null, rule: 'P1', ...entry });
  }

  /** Writes down what expired before `on`. */
  expire(on: string): void {
    for (const lot of this.#lots) {
      if (lot.expiresOn >= on || lot.left === 0) continue;
      const entry = { type: 'EXPIRE', points: -lot.left, of: lot.id, title: EXPIRED } as const;
      const day = addDays(lot.expiresOn, 1);
      this.#write({ id: `${lot.id}:expired`, on: day, expiresOn: null, rule: null, ...entry });
      lot.left = 0;
    }
  }

  balance(): number {
    return this.#lots.reduce((sum, lot) => sum + lot.left, 0);
  }

  /** What expires on or before a day, and when first; null where nothing does. */
  expiring(until: string): { points: number; on: string } | null {
    const lots = this.#open().filter((lot) => lot.expiresOn <= until);
    const first = lots[0];
    if (first === undefined) return null;
    return { points: lots.reduce((sum, lot) => sum + lot.left, 0), on: first.expiresOn };
  }

  #open(): Lot[] {
    return this.#lots
      .filter((lot) => lot.left > 0)
      .sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : a.expiresOn > b.expiresOn ? 1 : 0));
  }

  #write(entry: Omit<PointsEntry, 'rev' | 'customer'>): void {
    this.entries.push({ rev: 0, customer: this.customer, ...entry });
  }
}
