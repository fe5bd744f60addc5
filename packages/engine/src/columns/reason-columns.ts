import { REASONS } from '../compile-core.js';
import type { BandedFactor } from '../factor-table.js';
import { placeOfRank, ranksOf, reasonOrder } from '../reason-ranks.js';
import { CHUNK } from './column-graph.js';

const NONE = 255;

/**
 * The reason codes of every customer of a chunk: four places of factors by loss, the largest first, ties by
 * id; 255 where there are fewer.
 */
export class ReasonColumns {
  readonly #ranks: readonly { ranks: Int32Array; isKept: boolean }[];
  readonly #highest = Array.from({ length: REASONS }, () => new Int32Array(CHUNK));
  /** By place in the order of reasons: place in the scorecard. */
  readonly #placeOf: readonly number[];

  constructor(factors: readonly BandedFactor[]) {
    const order = reasonOrder(factors.map(({ factor }) => factor));
    this.#ranks = factors.map((one) => {
      return { ranks: Int32Array.from(ranksOf(one, order)), isKept: one.factor.isKept };
    });
    this.#placeOf = order.map((id) => factors.findIndex(({ factor }) => factor.id === id));
  }

  tell(
    bandsOf: readonly Uint8Array[],
    isNeutral: boolean,
    reasons: Uint8Array,
    count: number,
  ): void {
    const [first, second, third, fourth] = this.#highest as [
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    for (const column of this.#highest) column.fill(0);
    this.#ranks.forEach(({ ranks, isKept }, n) => {
      if (isKept || !isNeutral) sink(ranks, bandsOf[n]!, first, second, third, fourth, count);
    });
    this.#highest.forEach((highest, nth) => {
      for (let i = 0; i < count; i++) {
        const rank = highest[i]!;
        reasons[REASONS * i + nth] = rank === 0 ? NONE : this.#placeOf[placeOfRank(rank)]!;
      }
    });
  }
}

/** Each rank sinks past those that are higher, without a branch. */
function sink(
  ranks: Int32Array,
  bands: Uint8Array,
  first: Int32Array,
  second: Int32Array,
  third: Int32Array,
  fourth: Int32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    let rank = ranks[bands[i]!]!;
    let swap = (first[i]! ^ rank) & ((first[i]! - rank) >> 31);
    first[i] = first[i]! ^ swap;
    rank ^= swap;
    swap = (second[i]! ^ rank) & ((second[i]! - rank) >> 31);
    second[i] = second[i]! ^ swap;
    rank ^= swap;
    swap = (third[i]! ^ rank) & ((third[i]! - rank) >> 31);
    third[i] = third[i]! ^ swap;
    rank ^= swap;
    fourth[i] = fourth[i]! ^ ((fourth[i]! ^ rank) & ((fourth[i]! - rank) >> 31));
  }
}
