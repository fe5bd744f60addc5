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
const WIDTH = 4;

/**
 * Finds the bands of some registers of one customer. A comparison is a number to add up: a branch on values
 * that nobody can foresee costs more than all of them.
 */
export class BandFinder {
  readonly #from: number;
  readonly #slots: Int32Array;
  // The first edges of each register, the second, and so on.
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #third: Float64Array;
  readonly #fourth: Float64Array;
  /** The others of the few registers that have more. */
  readonly #more: readonly { place: number; slot: number; edges: Float64Array }[];

  constructor(
    { banded }: BandTable,
    /** Places of the registers in the table. */
    from: number,
    to: number,
    /** By register of the table: its band, which `look` sets. */
    readonly bands: Int32Array,
  ) {
    const own = banded.slice(from, to);
    const edges = (n: number) => Float64Array.from(own, (one) => one.edges[n] ?? Infinity);
    this.#from = from;
    this.#slots = Int32Array.from(own, ({ slot }) => slot);
    this.#first = edges(0);
    this.#second = edges(1);
    this.#third = edges(2);
    this.#fourth = edges(3);
    this.#more = own
      .map(({ slot, edges: all }, n) => {
        return { place: from + n, slot, edges: Float64Array.from(all.slice(WIDTH)) };
      })
      .filter((one) => one.edges.length > 0);
  }

  look(registers: Registers): void {
    const { bands } = this;
    const from = this.#from;
    const slots = this.#slots;
    const first = this.#first;
    const second = this.#second;
    const third = this.#third;
    const fourth = this.#fourth;
    for (let n = 0; n < slots.length; n++) {
      // An unknown is NaN, which reaches no edge.
      const value = registers[slots[n]!]!;
      bands[from + n] =
        Number(value >= first[n]!) +
        Number(value >= second[n]!) +
        Number(value >= third[n]!) +
        Number(value >= fourth[n]!);
    }
    for (const { place, slot, edges } of this.#more) {
      const value = registers[slot]!;
      let more = 0;
      for (const edge of edges) more += Number(value >= edge);
      bands[place] = bands[place]! + more;
    }
  }
}
