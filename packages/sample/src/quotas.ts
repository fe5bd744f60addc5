/** What a customer's payment history is to show; the ids are those of scorecard.knockouts. */
export type Trouble = 'K1' | 'K2' | 'K3' | 'K4' | 'K5' | 'ALL' | 'UNKNOWN' | 'DEBT';

/** What happened to a customer's rung of late. */
export type Move = 'UPGRADE' | 'WATCH';

/** Customers of each rung among every 500. */
const RUNGS: readonly (readonly [rung: string, count: number])[] = [
  ['LARGE-5', 1],
  ['LARGE-4', 1],
  ['LARGE-3', 2],
  ['LARGE-2', 3],
  ['LARGE-1', 4],
  ['VIP-3', 6],
  ['VIP-2', 20],
  ['VIP-1', 48],
  ['QUALITY-3', 20],
  ['QUALITY-2', 50],
  ['QUALITY-1', 70],
  ['ORDINARY', 235],
  ['NEW', 40],
];

const PLACES: readonly string[] = RUNGS.flatMap(([rung, count]) =>
  new Array<string>(count).fill(rung),
);

/** Prime to 500, so that every 500 neighbours hold each place once, well mixed. */
const STRIDE = 207;

/**
 * The rung that customer `n` is made for. Quotas go by the number and not by chance, so that a small
 * bank has somebody on every rung too.
 */
export function rungFor(n: number): string {
  return PLACES[(n * STRIDE) % PLACES.length]!;
}

// Periods that are prime to 500 and to each other, so that every combination comes up.

const TROUBLES: Readonly<Record<number, Trouble>> = {
  11: 'K1',
  31: 'K2',
  53: 'K3',
  73: 'K4',
  97: 'K5',
  113: 'ALL',
  131: 'UNKNOWN',
  149: 'DEBT',
};

export function troubleFor(n: number): Trouble | null {
  return TROUBLES[n % 167] ?? null;
}

export function moveFor(n: number): Move | null {
  const place = n % 29;
  return place === 3 ? 'UPGRADE' : place === 17 ? 'WATCH' : null;
}

/** Whether customer `n` is one of every `period`; `period` is prime to the others. */
export function oneIn(n: number, period: number, place = 0): boolean {
  return n % period === place;
}
