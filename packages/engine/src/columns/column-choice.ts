import { UNSETTLED } from '../choice.js';
import type { Choice } from '../choice.js';
import type { BandColumns } from './band-columns.js';
import { CHUNK } from './column-graph.js';
import type { ColumnGraph } from './column-graph.js';

/** Registers that are asked about in one pass. */
const GROUP = 4;

/** Decides for every customer of the chunk, once the registers that the cases ask about were looked at. */
export class ColumnChoice {
  readonly #found = new Int32Array(CHUNK);
  readonly #told: Told[];

  constructor(
    private readonly choice: Choice,
    private readonly bands: BandColumns,
    private readonly graph: ColumnGraph,
  ) {
    const { table } = choice;
    table?.outcomes.forEach((outcome, cell) => {
      if (outcome === UNSETTLED) table.settle(cell);
    });
    this.#told = (table?.told ?? []).map(({ place, offsets }) => {
      return {
        place,
        byBand: offsets,
        bandOf: null,
        codes: NO_CODES,
        offsets: Int32Array.from(offsets),
      };
    });
  }

  /** By customer the outcome. */
  find(): Int32Array {
    const found = this.#found;
    const { count } = this.graph;
    const { table } = this.choice;
    if (table === null) {
      this.#try();
      return found;
    }
    found.fill(0);
    const told = this.#told;
    for (const one of told) this.#take(one);
    const grouped = told.length - (told.length % GROUP);
    for (let n = 0; n < grouped; n += GROUP) {
      gatherFour(told[n]!, told[n + 1]!, told[n + 2]!, told[n + 3]!, found, count);
    }
    for (const one of told.slice(grouped)) gather(one, found, count);
    settle(table.outcomes, found, count);
    return found;
  }

  /** The codes of this chunk, and what each adds to the place of the cell. */
  #take(one: Told): void {
    const { codes, bandOf } = this.bands.codes(one.place);
    one.codes = codes;
    if (one.bandOf === bandOf) return;
    one.bandOf = bandOf;
    one.offsets = Int32Array.from(bandOf ?? one.byBand.keys(), (band) => one.byBand[band]!);
  }

  #try(): void {
    const { cases, decide } = this.choice;
    const truths = cases.map(({ expression }) => this.graph.condition(expression).read());
    for (let i = 0; i < this.graph.count; i++) {
      this.#found[i] = decide((n) => truths[n]![i] === cases[n]!.truth);
    }
  }
}

interface Told {
  /** In the table of bands. */
  place: number;
  byBand: readonly number[];
  bandOf: Uint8Array | null;
  codes: Uint8Array;
  /** By code. */
  offsets: Int32Array;
}

const NO_CODES = new Uint8Array(CHUNK);

// Loops of their own, so that each is compiled for the kinds of column it sees.

function gather({ codes, offsets }: Told, cells: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) cells[i] = cells[i]! + offsets[codes[i]!]!;
}

function gatherFour(
  { codes: a, offsets: ofA }: Told,
  { codes: b, offsets: ofB }: Told,
  { codes: c, offsets: ofC }: Told,
  { codes: d, offsets: ofD }: Told,
  cells: Int32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    cells[i] = cells[i]! + ofA[a[i]!]! + ofB[b[i]!]! + ofC[c[i]!]! + ofD[d[i]!]!;
  }
}

function settle(outcomes: Int32Array, cells: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) cells[i] = outcomes[cells[i]!]!;
}
