import type { BandTable } from '../bands.js';
import { OUTSIDE } from '../factor-table.js';
import { WIDTH, compileBandLoops } from './band-loops.js';
import type { BandLoops, Placed } from './band-loops.js';
import { unknownIn } from './metric-column.js';
import type { NarrowColumn } from './metric-column.js';
import type { Column, ColumnGraph } from './column-graph.js';

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
  readonly #loops: BandLoops;
  /** By place in the table. */
  readonly #codes: Codes[];
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
    this.#loops = compileBandLoops(table.banded.length);
    this.#codes = this.#loops.bands.map((codes) => ({ codes, bandOf: null }));
    for (const { register, sums } of earning) {
      const earned = this.#loops.earned[register]!;
      sums.forEach((sum, band) => (earned[band] = earned[band]! + sum));
    }
  }

  get sums(): Int32Array {
    return this.#loops.sums;
  }

  /** Of this chunk, by place in the table, once it was looked at. */
  codes(place: number): Codes {
    return this.#codes[place]!;
  }

  /** The same as bands. */
  bands(place: number): Uint8Array {
    const { codes, bandOf } = this.#codes[place]!;
    if (bandOf === null) return codes;
    const bands = this.#loops.bands[place]!;
    lookUp(codes, bandOf, bands, this.graph.count);
    return bands;
  }

  /**
   * Looks at the registers of these places of the table. What its metric can't be adds OUTSIDE to the sum, but in a
   * column of words.
   */
  look(from: number, to: number): void {
    const { columns, count } = this.graph;
    const loops = this.#loops;
    const added: Placed[] = [];
    for (let place = from; place < to; place++) {
      const column = columns[this.table.banded[place]!.slot]!;
      const own: Codes = { codes: loops.bands[place]!, bandOf: null };
      if (column instanceof Float64Array) {
        this.#compare(place, column);
        this.#codes[place] = own;
      } else if (column instanceof Uint16Array) {
        const { bandOf } = (this.#ofWords[place] ??= this.#numberTable(place, column));
        loops.addWords(column, bandOf, place, count);
        this.#codes[place] = own;
      } else {
        const { bandOf, earns } = (this.#ofBytes[place] ??= this.#byteTable(place, column));
        this.#codes[place] = { codes: column, bandOf };
        if (earns !== null) added.push({ column, place });
      }
    }
    const { nothing } = loops;
    for (let n = 0; n < added.length; n += GROUP) {
      const [a, b = nothing, c = nothing, d = nothing] = added.slice(n, n + GROUP);
      loops.addBytes(a!, b, c, d, count);
    }
  }

  #compare(place: number, column: Column): void {
    const { slot, edges } = this.table.banded[place]!;
    const { count } = this.graph;
    const loops = this.#loops;
    loops.bands[place]!.fill(0);
    const at = (n: number) => edges[n] ?? Infinity;
    let n = 0;
    for (; n + WIDTH < edges.length; n += WIDTH) {
      loops.compare(column, place, count, at(n), at(n + 1), at(n + 2), at(n + 3), at(n + 4));
    }
    loops.compareLast(
      column,
      place,
      count,
      this.highest.get(slot) ?? Infinity,
      at(n),
      at(n + 1),
      at(n + 2),
      at(n + 3),
      at(n + 4),
    );
  }

  #byteTable(place: number, column: Uint8Array): NumberTable {
    const table = this.#numberTable(place, column);
    if (table.earns !== null) this.#loops.earnedByByte[place]!.set(table.earns);
    return table;
  }

  #numberTable(place: number, column: NarrowColumn): NumberTable {
    const { slot, edges } = this.table.banded[place]!;
    const unknown = unknownIn(column);
    const bandOf = new Uint8Array(unknown + 1);
    edges.forEach((edge, n) => edge < unknown && bandOf.fill(n + 1, edge));
    const means = this.graph.unknownMeans[slot]!;
    bandOf[unknown] = edges.filter((edge) => means >= edge).length;
    const earned = this.#loops.earned[place]!;
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

function lookUp(column: Uint8Array, bandOf: Uint8Array, bands: Uint8Array, count: number): void {
  for (let i = 0; i < count; i++) bands[i] = bandOf[column[i]!]!;
}
