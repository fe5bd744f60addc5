import { MOST_BANDS } from '../bands.js';
import type { BandTable } from '../bands.js';
import { CHUNK } from './column-graph.js';
import type { Column, ColumnGraph } from './column-graph.js';

/** Edges that are compared in one pass. */
const WIDTH = 4;

/** Finds the bands of every customer of the chunk, a register at a time, and adds up what each band earns. */
export class BandColumns {
  readonly sums = new Int32Array(CHUNK);
  readonly #bands: readonly Uint8Array[];
  /** By place in the table, what each band earns. */
  readonly #earned: readonly Int32Array[];

  constructor(
    private readonly table: BandTable,
    private readonly graph: ColumnGraph,
    earning: readonly { register: number; sums: readonly number[] }[],
  ) {
    this.#bands = table.banded.map(() => new Uint8Array(CHUNK));
    this.#earned = table.banded.map(() => new Int32Array(MOST_BANDS));
    for (const { register, sums } of earning) {
      const earned = this.#earned[register]!;
      sums.forEach((sum, band) => (earned[band] = earned[band]! + sum));
    }
  }

  of(place: number): Uint8Array {
    return this.#bands[place]!;
  }

  /** Looks at the registers of these places of the table. */
  look(from: number, to: number): void {
    const { sums } = this;
    const { columns, count } = this.graph;
    for (let place = from; place < to; place++) {
      const { slot, edges } = this.table.banded[place]!;
      const column = columns[slot]!;
      const bands = this.#bands[place]!;
      const earned = this.#earned[place]!;
      const edge = (n: number) => edges[n] ?? Infinity;
      bands.fill(0);
      for (let n = 0; n < edges.length; n += WIDTH) {
        addFour(column, bands, count, edge(n), edge(n + 1), edge(n + 2), edge(n + 3));
      }
      add(bands, earned, sums, count);
    }
  }
}

// Loops of their own, so that each is compiled for the kinds of column it sees. No branch on values, which
// nobody can foresee: a comparison is a number to add up.

/** Adds what each customer's band earns. */
export function add(bands: Uint8Array, earned: Int32Array, sums: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) sums[i] = sums[i]! + earned[bands[i]!]!;
}

function addFour(
  column: Column,
  bands: Uint8Array,
  count: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  for (let i = 0; i < count; i++) {
    const value = column[i]!;
    const more = Number(value >= a) + Number(value >= b) + Number(value >= c) + Number(value >= d);
    bands[i] = bands[i]! + more;
  }
}
