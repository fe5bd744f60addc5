import type { Assessment, Holding } from '@liyu/model';
import { oldest } from '../foundation/newest.js';

export type HoldingKind = Holding['kind'];
/** What a customer has, in the order of the ring; what is owed never counts towards it. */
const ASSETS = ['DEPOSIT', 'WEALTH'] as const;
const DEBTS = ['LOAN', 'CARD'] as const;

/** The holdings of one kind, the largest first; those without an amount last. */
export interface MixGroup {
  kind: HoldingKind;
  holdings: readonly Holding[];
  /** Sum in fen of the amounts that are known; null where none is. */
  fen: number | null;
}

export interface AssetGroup extends MixGroup {
  /** Share of the total in whole percent; the shares of a mix add up to 100. Null without a total. */
  percent: number | null;
}

/** What a customer has and owes by kind. Kinds of which there is nothing are left out. */
export interface Mix {
  assets: readonly AssetGroup[];
  debts: readonly MixGroup[];
  /** Sum of the assets in fen. */
  totalFen: number;
  /** Whether some amount isn't known, so that the sums say less than all. */
  isPartial: boolean;
  /** Day of the oldest record. */
  asOf: string | null;
}

export function mixOf(holdings: readonly Holding[]): Mix {
  const groupOf = (kind: HoldingKind): MixGroup => {
    const own = holdings.filter((one) => one.kind === kind);
    const sorted = [...own].sort((a, b) => (b.amountFen ?? -1) - (a.amountFen ?? -1));
    const known = own.flatMap(({ amountFen }) => (amountFen === null ? [] : [amountFen]));
    return { kind, holdings: sorted, fen: known.length === 0 ? null : sum(known) };
  };
  const isThere = ({ holdings }: MixGroup) => holdings.length > 0;
  const assets = ASSETS.map(groupOf).filter(isThere);
  const shares = percents(assets.map(({ fen }) => Math.max(0, fen ?? 0)));
  return {
    assets: assets.map((group, at) => ({ ...group, percent: shares?.[at] ?? null })),
    debts: DEBTS.map(groupOf).filter(isThere),
    totalFen: sum(assets.map(({ fen }) => fen ?? 0)),
    isPartial: holdings.some(({ amountFen }) => amountFen === null),
    asOf: oldest(...holdings.map(({ asOf }) => asOf)),
  };
}

/** The average of three months at the end of a month. */
export interface MonthlyTotal {
  /** Day of the figure, the end of a month. */
  on: string;
  fen: number;
}

/** What the monthly assessments say of the total, the earliest first; at most the last `months`. */
export function totalsOf(assessments: readonly Assessment[], months = 12): MonthlyTotal[] {
  const byDay = new Map<string, number>();
  for (const { asOf, inputs } of assessments) {
    const fen = inputs.aum_avg_3m_fen;
    if (typeof fen === 'number') byDay.set(asOf, fen);
  }
  return [...byDay]
    .map(([on, fen]) => ({ on, fen }))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .slice(-months);
}

/** Throws a RangeError for an amount that isn't exact. */
function sum(amounts: readonly number[]): number {
  const total = amounts.reduce((all, fen) => all + fen, 0);
  if (!amounts.every(Number.isSafeInteger) || !Number.isSafeInteger(total)) {
    throw new RangeError('not an amount');
  }
  return total;
}

/** Whole percents that add up to 100 (largest remainder); null where there is nothing to share. */
function percents(amounts: readonly number[]): number[] | null {
  const total = amounts.reduce((all, fen) => all + fen, 0);
  if (total <= 0) return null;
  const exact = amounts.map((fen) => (100 * fen) / total);
  const found = exact.map(Math.floor);
  const order = exact
    .map((share, at) => ({ at, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest);
  const missing = 100 - found.reduce((all, share) => all + share, 0);
  for (const { at } of order.slice(0, missing)) found[at]! += 1;
  return found;
}
