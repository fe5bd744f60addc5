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

/**
 * Finds the bands of some registers of one customer. A comparison is a number to add up: a branch on values
 * that nobody can foresee costs more than all of them.
 */
export class BandFinder {
  readonly #from: number;
  /** How many registers there are: each has a row, and those with more edges have others behind these. */
  readonly #own: number;
  readonly #places: Int32Array;
  readonly #slots: Int32Array;
  // By row. The edge at 0 is not among them: whatever is known reaches it.
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #third: Float64Array;

  constructor(
    { banded }: BandTable,
    /** Places of the registers in the table. */
    from: number,
    to: number,
    /** By register of the table: its band, which `look` sets. */
    readonly bands: Int32Array,
  ) {
    const own = banded.slice(from, to).map(({ slot, edges }, n) => {
      return { slot, edges: edges.slice(1), place: from + n };
    });
    const others = own.flatMap(({ edges, ...one }) => {
      const count = Math.max(0, Math.ceil(edges.length / WIDTH) - 1);
      return Array.from({ length: count }, (_, n) => {
        return { ...one, edges: edges.slice(WIDTH * (n + 1)) };
      });
    });
    const rows = [...own, ...others];
    const edges = (n: number) => Float64Array.from(rows, (row) => row.edges[n] ?? Infinity);
    this.#from = from;
    this.#own = own.length;
    this.#places = Int32Array.from(rows, ({ place }) => place);
    this.#slots = Int32Array.from(rows, ({ slot }) => slot);
    this.#first = edges(0);
    this.#second = edges(1);
    this.#third = edges(2);
  }

  look(registers: Registers): void {
    const { bands } = this;
    const from = this.#from;
    const own = this.#own;
    const places = this.#places;
    const slots = this.#slots;
    const first = this.#first;
    const second = this.#second;
    const third = this.#third;
    for (let n = 0; n < own; n++) {
      // An unknown is NaN, which equals nothing and reaches no edge.
      const value = registers[slots[n]!]!;
      bands[from + n] =
        Number(value === value) +
        Number(value >= first[n]!) +
        Number(value >= second[n]!) +
        Number(value >= third[n]!);
    }
    for (let n = own; n < slots.length; n++) {
      const value = registers[slots[n]!]!;
      const place = places[n]!;
      bands[place] =
        bands[place]! +
        Number(value >= first[n]!) +
        Number(value >= second[n]!) +
        Number(value >= third[n]!);
    }
  }
}
