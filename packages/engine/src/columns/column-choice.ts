import { MOST_BANDS } from '../bands.js';
import type { Choice } from '../choice.js';
import type { BandColumns } from './band-columns.js';
import { CHUNK } from './column-graph.js';
import type { ColumnGraph } from './column-graph.js';

/** Registers that are asked about in one pass. */
const GROUP = 4;

/**
 * Gives the outcome of the nth choice for every customer of the chunk, once the registers that its cases ask about
 * were looked at. The next call sets them again.
 */
export type ChooseColumns = (n: number) => Int32Array;

export function compileChooseColumns(
  choices: readonly Choice[],
  bands: BandColumns,
  graph: ColumnGraph,
): ChooseColumns {
  // Lists for all choices, and kept by one function: V8 then knows what they are and where.
  const cells = new Int32Array(CHUNK);
  const told: Told[][] = [];
  const firsts: number[] = [];
  let lists = 0;
  let outcomeCount = 0;
  for (const { table } of choices) {
    told.push((table?.told ?? []).map(({ place, offsets }) => new Told(place, offsets, lists++)));
    firsts.push(outcomeCount);
    outcomeCount += table?.cells ?? 0;
  }
  const nothing = new Told(-1, [], lists);
  const offsets = new Int32Array(MOST_BANDS * (lists + 1));
  const outcomes = new Int32Array(outcomeCount);
  /** The choices whose outcomes are found: both variants are hardly ever asked for. */
  const found = new Set<number>();

  /** The codes of this chunk, and what each adds to the place of the cell. */
  const take = (one: Told): void => {
    const { codes, bandOf } = bands.codes(one.place);
    one.codes = codes;
    if (one.bandOf === bandOf) return;
    one.bandOf = bandOf;
    const byCode = bandOf === null ? one.byBand : Array.from(bandOf, (band) => one.byBand[band]!);
    offsets.set(byCode, one.start);
  };

  const addFour = (
    { codes: a, start: ofA }: Told,
    { codes: b, start: ofB }: Told,
    { codes: c, start: ofC }: Told,
    { codes: d, start: ofD }: Told,
  ): void => {
    const { count } = graph;
    for (let i = 0; i < count; i++) {
      cells[i] =
        cells[i]! +
        offsets[ofA + a[i]!]! +
        offsets[ofB + b[i]!]! +
        offsets[ofC + c[i]!]! +
        offsets[ofD + d[i]!]!;
    }
  };

  const settle = (first: number): void => {
    const { count } = graph;
    for (let i = 0; i < count; i++) cells[i] = outcomes[first + cells[i]!]!;
  };

  const tryEach = ({ cases, decide }: Choice): void => {
    const truths = cases.map(({ expression }) => graph.condition(expression).read());
    for (let i = 0; i < graph.count; i++) {
      cells[i] = decide((n) => truths[n]![i] === cases[n]!.truth);
    }
  };

  return (n) => {
    const choice = choices[n]!;
    if (choice.table === null) {
      tryEach(choice);
      return cells;
    }
    const first = firsts[n]!;
    if (!found.has(n)) {
      const { cells: count, outcomeOf } = choice.table;
      for (let cell = 0; cell < count; cell++) outcomes[first + cell] = outcomeOf(cell);
      found.add(n);
    }
    const own = told[n]!;
    cells.fill(0);
    for (const one of own) take(one);
    for (let from = 0; from < own.length; from += GROUP) {
      const [a, b = nothing, c = nothing, d = nothing] = own.slice(from, from + GROUP);
      addFour(a!, b, c, d);
    }
    settle(first);
    return cells;
  };
}

/** A register that a choice asks about. */
class Told {
  bandOf: Uint8Array | null | undefined;
  codes: Uint8Array = NO_CODES;
  /** Where the list of what its codes add begins. */
  readonly start: number;

  constructor(
    /** In the table of bands. */
    readonly place: number,
    readonly byBand: readonly number[],
    list: number,
  ) {
    this.start = MOST_BANDS * list;
  }
}

const NO_CODES = new Uint8Array(CHUNK);
