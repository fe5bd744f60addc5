import type { CompiledFactor } from './compile-core.js';
import type { BandedFactor } from './factor-table.js';

/** More than a policy has factors. */
const PLACES = 256;

/** Ids of factors in the order that breaks ties between reasons. */
export function reasonOrder(factors: readonly CompiledFactor[]): string[] {
  return factors.map(({ id }) => id).sort();
}

/**
 * By band: the points lost against the best and the place of the factor in the order as one number. The larger
 * loss is higher, of equal ones the first place; 0 is no loss.
 */
export function ranksOf({ factor, points }: BandedFactor, order: readonly string[]): number[] {
  const place = order.indexOf(factor.id);
  return points.map((earned) => {
    const loss = factor.max - earned;
    return loss === 0 ? 0 : loss * PLACES + (PLACES - 1 - place);
  });
}

/** Place in the order of what has that rank. */
export function placeOfRank(rank: number): number {
  return PLACES - 1 - (rank % PLACES);
}
