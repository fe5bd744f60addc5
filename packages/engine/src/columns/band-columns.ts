import { MOST_BANDS } from '../bands.js';
import type { BandTable } from '../bands.js';
import { OUTSIDE } from '../factor-table.js';
import { outsideOf } from './check-columns.js';
import { unknownIn } from './metric-column.js';
import type { NarrowColumn } from './metric-column.js';
import { CHUNK } from './column-graph.js';
import type { Column, ColumnGraph } from './column-graph.js';

/** Edges that are compared in one pass. */
const WIDTH = 5;
/** Columns of bytes that are added up in one pass. */
const GROUP = 4;

/** The bands of a register as codes, one a customer: the numbers of a column of bytes, or the bands themselves. */
export interface Codes {
  codes: Uint8Array;
  /** By code; null where it is the band. */
  bandOf: Uint8Array | null;
}

/** Adds up what each register of every customer of the chunk earns, and tells the bands. */
export class BandColumns {
  readonly sums = new Int32Array(CHUNK);
  /** By place in the table. */
  readonly #codes: Codes[];
  readonly #bands: readonly Uint8Array[];
  readonly #earned: readonly Int32Array[];
  /** By place in the table, once such a column was seen. */
  readonly #ofBytes: NumberTable[] = [];
  readonly #ofWords: NumberTable[] = [];

  constructor(
    private readonly table: BandTable,
    private readonly graph: ColumnGraph,
    earning: readonly { register: number; sums: readonly number[] }[],
    /** By slot of a metric, the highest number that it can have. */
    private readonly highest: ReadonlyMap<number, number>,
  ) {
    this.#bands = table.banded.map(() => new Uint8Array(CHUNK));
    this.#codes = this.#bands.map((codes) => ({ codes, bandOf: null }));
    this.#earned = table.banded.map(() => new Int32Array(MOST_BANDS));
    for (const { register, sums } of earning) {
      const earned = this.#earned[register]!;
      sums.forEach((sum, band) => (earned[band] = earned[band]! + sum));
    }
  }

  /** Of this chunk, by place in the table, once it was looked at. */
  codes(place: number): Codes {
    return this.#codes[place]!;
  }

  /** The same as bands. */
  bands(place: number): Uint8Array {
    const { codes, bandOf } = this.#codes[place]!;
    if (bandOf === null) return codes;
    const bands = this.#bands[place]!;
    lookUp(codes, bandOf, bands, this.graph.count);
    return bands;
  }

  /**
   * Looks at the registers of these places of the table. What its metric can't be adds OUTSIDE to the sum, but in a
   * column of words.
   */
  look(from: number, to: number): void {
    const { sums } = this;
    const { columns, count } = this.graph;
    const added: { column: Uint8Array; earns: Int32Array }[] = [];
    for (let place = from; place < to; place++) {
      const column = columns[this.table.banded[place]!.slot]!;
      const bands = this.#bands[place]!;
      if (column instanceof Float64Array) {
        this.#compare(place, column);
        this.#codes[place] = { codes: bands, bandOf: null };
      } else if (column instanceof Uint16Array) {
        const { bandOf } = (this.#ofWords[place] ??= this.#numberTable(place, column));
        lookUpWords(column, bandOf, this.#earned[place]!, bands, sums, count);
        this.#codes[place] = { codes: bands, bandOf: null };
      } else {
        const { bandOf, earns } = (this.#ofBytes[place] ??= this.#numberTable(place, column));
        this.#codes[place] = { codes: column, bandOf };
        if (earns !== null) added.push({ column, earns });
      }
    }
    for (let n = 0; n < added.length; n += GROUP) {
      const [a, b = NOTHING, c = NOTHING, d = NOTHING] = added.slice(n, n + GROUP);
      addFour(
        a!.column,
        a!.earns,
        b.column,
        b.earns,
        c.column,
        c.earns,
        d.column,
        d.earns,
        sums,
        count,
      );
    }
  }

  #compare(place: number, column: Column): void {
    const { slot, edges } = this.table.banded[place]!;
    const { count } = this.graph;
    const bands = this.#bands[place]!.fill(0);
    const at = (n: number) => edges[n] ?? Infinity;
    let n = 0;
    for (; n + WIDTH < edges.length; n += WIDTH) {
      addFive(column, bands, count, at(n), at(n + 1), at(n + 2), at(n + 3), at(n + 4));
    }
    earnFive(
      column,
      bands,
      this.#earned[place]!,
      this.sums,
      count,
      this.highest.get(slot) ?? Infinity,
      at(n),
      at(n + 1),
      at(n + 2),
      at(n + 3),
      at(n + 4),
    );
  }

  #numberTable(place: number, column: NarrowColumn): NumberTable {
    const { slot, edges } = this.table.banded[place]!;
    const unknown = unknownIn(column);
    const bandOf = new Uint8Array(unknown + 1);
    edges.forEach((edge, n) => edge < unknown && bandOf.fill(n + 1, edge));
    const means = this.graph.unknownMeans[slot]!;
    bandOf[unknown] = edges.filter((edge) => means >= edge).length;
    const earned = this.#earned[place]!;
    const most = this.highest.get(slot) ?? unknown;
    const earns = Int32Array.from(bandOf, (band, number) =>
      number > most && number < unknown ? OUTSIDE : earned[band]!,
    );
    return { bandOf, earns: earns.some((sum) => sum !== 0) ? earns : null };
  }
}

/** By number of a narrow column. */
interface NumberTable {
  bandOf: Uint8Array;
  /** null where it is nothing for all. */
  earns: Int32Array | null;
}

const NOTHING = { column: new Uint8Array(CHUNK), earns: new Int32Array(1) };

// Loops of their own, so that each is compiled for the kinds of column it sees. No branch on values, which
// nobody can foresee: a comparison is a number to add up.

function lookUp(column: Uint8Array, bandOf: Uint8Array, bands: Uint8Array, count: number): void {
  for (let i = 0; i < count; i++) bands[i] = bandOf[column[i]!]!;
}

function lookUpWords(
  column: Uint16Array,
  bandOf: Uint8Array,
  earned: Int32Array,
  bands: Uint8Array,
  sums: Int32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const band = bandOf[column[i]!]!;
    bands[i] = band;
    sums[i] = sums[i]! + earned[band]!;
  }
}

function addFour(
  a: Uint8Array,
  ofA: Int32Array,
  b: Uint8Array,
  ofB: Int32Array,
  c: Uint8Array,
  ofC: Int32Array,
  d: Uint8Array,
  ofD: Int32Array,
  sums: Int32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    sums[i] = sums[i]! + ofA[a[i]!]! + ofB[b[i]!]! + ofC[c[i]!]! + ofD[d[i]!]!;
  }
}

/** How many of the edges a number reaches; an unknown reaches none. */
function reachedBy(value: number, a: number, b: number, c: number, d: number, e: number): number {
  return (
    Number(value >= a) +
    Number(value >= b) +
    Number(value >= c) +
    Number(value >= d) +
    Number(value >= e)
  );
}

function addFive(
  column: Column,
  bands: Uint8Array,
  count: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
): void {
  for (let i = 0; i < count; i++) {
    bands[i] = bands[i]! + reachedBy(column[i]!, a, b, c, d, e);
  }
}

/** The same, and then adds what each customer's band earns, and OUTSIDE for what no metric of at most `most` is. */
function earnFive(
  column: Column,
  bands: Uint8Array,
  earned: Int32Array,
  sums: Int32Array,
  count: number,
  most: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
): void {
  const half = most / 2;
  for (let i = 0; i < count; i++) {
    const value = column[i]!;
    const band = bands[i]! + reachedBy(value, a, b, c, d, e);
    bands[i] = band;
    sums[i] = sums[i]! + earned[band]! + outsideOf(value, half) * OUTSIDE;
  }
}
