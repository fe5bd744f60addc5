import type { BandTable } from './bands.js';
import type { CompiledFactor } from './compile-core.js';

/** Points of all factors, of those that the neutral variant keeps, and the best of those known, in one number. */
const FIELD_BITS = 8;
const FIELD = (1 << FIELD_BITS) - 1;

/** Added to a sum by what isn't a value of its metric: above the three fields. */
export const OUTSIDE = 1 << (3 * FIELD_BITS);

export const earnedIn = (sum: number) => sum & FIELD;
export const keptIn = (sum: number) => (sum >> FIELD_BITS) & FIELD;
export const attainableIn = (sum: number) => sum >> (2 * FIELD_BITS);

/** What a factor makes of each band of its register; band 0 is the unknown. */
export interface BandedFactor {
  factor: CompiledFactor;
  /** Place of its register in the table. */
  register: number;
  /** Place of the bin; -1 where missingPoints apply. */
  bins: readonly number[];
  points: readonly number[];
  sums: readonly number[];
}

export function bandFactor(factor: CompiledFactor, table: BandTable): BandedFactor {
  const register = table.placeOf(factor.slot);
  const { edges } = table.banded[register]!;
  // Flags and enumerations are cut above their last code too, where no value is.
  const most = factor.ends[factor.ends.length - 1]! - 1;
  const bins = [-1, ...edges.map((edge) => factor.placeOf(Math.min(edge, most)))];
  const points = bins.map((bin) => factor.points[bin + 1]!);
  return {
    factor,
    register,
    bins,
    points,
    sums: points.map((earned, band) => {
      const kept = factor.isKept ? earned : 0;
      const attainable = band > 0 ? factor.max : 0;
      return earned | (kept << FIELD_BITS) | (attainable << (2 * FIELD_BITS));
    }),
  };
}

/** The same of all factors in flat lists, for one customer. A cell is a band of a factor. */
export class FactorTable {
  /** By factor: place of its register, and its cell for the unknown. */
  readonly registers: Int32Array;
  readonly starts: Int32Array;
  /** By cell: place of the factor, and what it makes of the band. */
  readonly factorOf: Uint8Array;
  readonly bins: Int8Array;
  readonly points: Uint8Array;
  readonly sums: Int32Array;

  constructor(factors: readonly BandedFactor[]) {
    this.registers = Int32Array.from(factors, ({ register }) => register);
    this.starts = new Int32Array(factors.length);
    factors.forEach(({ bins }, n) => {
      if (n + 1 < factors.length) this.starts[n + 1] = this.starts[n]! + bins.length;
    });
    this.factorOf = Uint8Array.from(factors.flatMap(({ bins }, n) => bins.map(() => n)));
    this.bins = Int8Array.from(factors.flatMap(({ bins }) => bins));
    this.points = Uint8Array.from(factors.flatMap(({ points }) => points));
    this.sums = Int32Array.from(factors.flatMap(({ sums }) => sums));
  }
}
