import type { Registers } from './registers.js';

/** A register whose values are cut wherever a rule tells one from the next. */
export interface Banded {
  slot: number;
  /** Least value of each band from 1 on, ascending; band 0 is the unknown. */
  edges: readonly number[];
}

/** Bands of one register, the unknown among them: columns keep a band in a byte. */
export const MOST_BANDS = 256;

/** The registers that the rules read, each cut for all of them. */
export class BandTable {
  readonly banded: readonly Banded[];
  /** How many of them are known before `late` ones are set. */
  readonly early: number;

  constructor(
    cuts: readonly { slot: number; edges: readonly number[] }[],
    /** Registers that are set from what was read in the others. */
    late: readonly number[],
  ) {
    const slots = new Set(cuts.map(({ slot }) => slot));
    for (const slot of late) slots.delete(slot);
    this.early = slots.size;
    this.banded = [...slots, ...late].map((slot) => {
      const own = cuts.filter((cut) => cut.slot === slot).flatMap(({ edges }) => edges);
      // Every register is at least 0.
      const edges = own.filter((edge) => edge > 0 && edge < Infinity);
      const all = [...new Set([0, ...edges])].sort((a, b) => a - b);
      if (all.length >= MOST_BANDS) {
        throw new RangeError(`rules that tell ${all.length} values of one metric from each other`);
      }
      return { slot, edges: all };
    });
  }

  placeOf(slot: number): number {
    return this.banded.findIndex((one) => one.slot === slot);
  }
}

/** Edges that are compared at a time. */
const WIDTH = 3;

/** Sets the bands of the early registers of one customer, or of the late ones. */
export type FindBands = (isLate: boolean) => void;

/**
 * Finds bands of registers by comparisons. Each is a number to add up: a branch on values that nobody can foresee
 * costs more than all of them.
 */
export function compileFindBands(
  { banded, early }: BandTable,
  registers: Registers,
  /** By register of the table: what is found. */
  bands: Int32Array,
): FindBands {
  // A row has some edges of a register; the one at 0 is not among them: whatever is known reaches it.
  const rowsOf = (from: number, to: number) => {
    const own = banded.slice(from, to).map(({ slot, edges }, n) => {
      return { slot, edges: edges.slice(1), place: from + n };
    });
    const others = own.flatMap(({ edges, ...one }) => {
      const count = Math.max(0, Math.ceil(edges.length / WIDTH) - 1);
      return Array.from({ length: count }, (_, n) => {
        return { ...one, edges: edges.slice(WIDTH * (n + 1)) };
      });
    });
    return [...own, ...others];
  };
  const earlyRows = rowsOf(0, early);
  const rows = [...earlyRows, ...rowsOf(early, banded.length)];
  const edges = (n: number) => Float64Array.from(rows, (row) => row.edges[n] ?? Infinity);
  const places = Int32Array.from(rows, ({ place }) => place);
  const slots = Int32Array.from(rows, ({ slot }) => slot);
  const [first, second, third] = [edges(0), edges(1), edges(2)];
  const lateFrom = earlyRows.length;
  const lateOwn = banded.length - early;

  return (isLate) => {
    const from = isLate ? lateFrom : 0;
    const others = isLate ? lateFrom + lateOwn : early;
    const to = isLate ? rows.length : lateFrom;
    for (let n = from; n < others; n++) {
      // An unknown is NaN, which equals nothing and reaches no edge.
      const value = registers[slots[n]!]!;
      bands[places[n]!] =
        Number(value === value) +
        Number(value >= first[n]!) +
        Number(value >= second[n]!) +
        Number(value >= third[n]!);
    }
    for (let n = others; n < to; n++) {
      const value = registers[slots[n]!]!;
      const place = places[n]!;
      bands[place] =
        bands[place]! +
        Number(value >= first[n]!) +
        Number(value >= second[n]!) +
        Number(value >= third[n]!);
    }
  };
}
