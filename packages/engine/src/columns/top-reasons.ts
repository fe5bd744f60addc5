import { REASONS } from '../compile-core.js';
import type { CompiledFactor } from '../compile-core.js';

const NONE = 255;

/**
 * The reason codes of every customer: four places of factors by loss, the largest first, ties by id; 255
 * where there are fewer.
 */
export function topReasons(
  factors: readonly CompiledFactor[],
  points: Readonly<Record<string, Uint8Array>>,
  counted: readonly boolean[],
  length: number,
): Uint8Array {
  const reasons = new Uint8Array(REASONS * length).fill(NONE);
  const losses = new Uint8Array(REASONS * length);
  const byId = factors
    .map((factor, place) => ({ place, id: factor.id, max: factor.max, column: points[factor.id]! }))
    .filter(({ place }) => counted[place])
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  // Inserted in the order of ids: a loss moves before smaller ones, and stays behind equal ones.
  for (const { place, max, column } of byId) {
    for (let i = 0; i < length; i++) {
      const loss = max - column[i]!;
      const first = REASONS * i;
      let at = first + REASONS;
      while (at > first && loss > losses[at - 1]!) at -= 1;
      if (at === first + REASONS || loss === 0) continue;
      for (let from = first + REASONS - 1; from > at; from--) {
        losses[from] = losses[from - 1]!;
        reasons[from] = reasons[from - 1]!;
      }
      losses[at] = loss;
      reasons[at] = place;
    }
  }
  return reasons;
}
