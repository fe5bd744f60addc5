import type { Expression } from '@liyu/policy';
import type { BandTable } from './bands.js';
import { compileCondition } from './condition.js';
import type { RegisterFile, Registers } from './registers.js';
import { rangesIn, termsOf } from './terms.js';
import type { Range, Term } from './terms.js';
import type { Truth } from './truth.js';

/** An outcome while an expression has that truth. */
export interface Case {
  expression: Expression;
  /** TRUE or FALSE: what isn't known decides nothing. */
  truth: Truth;
  outcome: number;
}

/** What is decided of the cases that hold. */
export type Decide = (holds: (n: number) => boolean) => number;

/**
 * Decisions by what the cases ask of registers. Bands of a register that no case tells from each other are one class;
 * a cell is one class of each register.
 */
export interface DecisionTable {
  /** Registers that are asked about; by band, what its class adds to the place of the cell. */
  told: readonly { place: number; offsets: readonly number[] }[];
  cells: number;
  outcomeOf: (cell: number) => number;
}

export interface Choice {
  cases: readonly Case[];
  decide: Decide;
  /** null where there would be too many cells or facts, or a case asks for more than ranges. */
  table: DecisionTable | null;
}

/** The shipped rungs need 5,376. */
const MOST_CELLS = 2 ** 15;
const MOST_FACTS = 31;

/** The outcome of the first case that holds. */
export function firstOf(cases: readonly Case[], otherwise: number): Decide {
  return (holds) => {
    for (const [n, { outcome }] of cases.entries()) if (holds(n)) return outcome;
    return otherwise;
  };
}

/** Every end of a range that the cases read, for the table of bands. */
export function cutsOf(cases: readonly Case[], file: RegisterFile) {
  return cases
    .flatMap(({ expression, truth }) => rangesIn(termsOf(expression, truth, file)))
    .map(({ slot, from, to }) => ({ slot, edges: [from, to] }));
}

export function compileChoice(
  cases: readonly Case[],
  bands: BandTable,
  file: RegisterFile,
  decide: Decide,
): Choice {
  const terms = cases.map(({ expression, truth }) => termsOf(expression, truth, file));
  const isRanged = terms.flat().every((term) => term.every((fact) => 'slot' in fact));
  return { cases, decide, table: isRanged ? tableOf(terms, bands, decide) : null };
}

function tableOf(
  terms: readonly (readonly Term[])[],
  { banded }: BandTable,
  decide: Decide,
): DecisionTable | null {
  // What the cases ask are facts, a bit each: a range of a register that its value is in.
  const ranges = new Map(rangesIn(terms.flat()).map((range) => [keyOf(range), range]));
  if (ranges.size > MOST_FACTS) return null;
  const bitOf = new Map([...ranges.keys()].map((key, n) => [key, 1 << n]));
  const factsOf = (found: readonly Range[]) =>
    found.reduce((facts, range) => facts | bitOf.get(keyOf(range))!, 0);
  const asked = banded.flatMap(({ slot, edges }, place) => {
    const own = [...ranges.values()].filter((range) => range.slot === slot);
    if (own.length === 0) return [];
    const held = edges.map((edge) =>
      factsOf(own.filter(({ from, to }) => from <= edge && edge < to)),
    );
    const byBand = [0, ...held];
    const classes = [...new Set(byBand)];
    return [{ place, classes, classOf: byBand.map((facts) => classes.indexOf(facts)) }];
  });
  const strides: number[] = [];
  let cells = 1;
  for (const { classes } of asked) {
    strides.push(cells);
    cells *= classes.length;
  }
  if (cells > MOST_CELLS) return null;
  const needed = terms.map((own) => own.map((term) => factsOf(rangesIn([term]))));
  let known = 0;
  const holds = (n: number) => needed[n]!.some((facts) => (facts & ~known) === 0);
  return {
    told: asked.map(({ place, classOf }, n) => {
      return { place, offsets: classOf.map((one) => one * strides[n]!) };
    }),
    cells,
    outcomeOf: (cell) => {
      known = 0;
      for (const [n, { classes }] of asked.entries()) {
        known |= classes[Math.floor(cell / strides[n]!) % classes.length]!;
      }
      return decide(holds);
    },
  };
}

/** No outcome of any case. */
const UNSETTLED = -(2 ** 31);

/** Decides for the customer whose bands and registers are given. */
export function chooser(
  { cases, decide, table }: Choice,
  bands: Int32Array,
  registers: Registers,
  file: RegisterFile,
): () => number {
  if (table === null) {
    const conditions = cases.map(({ expression, truth }) => {
      return { holds: compileCondition(expression, file), truth };
    });
    const holds = (n: number) => conditions[n]!.holds(registers) === conditions[n]!.truth;
    return () => decide(holds);
  }
  const { told, cells, outcomeOf } = table;
  // Found when a customer first meets the cell: few cells are met.
  const outcomes = new Int32Array(cells).fill(UNSETTLED);
  const places = Int32Array.from(told, ({ place }) => place);
  const starts = new Int32Array(told.length);
  told.forEach(({ offsets }, n) => {
    if (n + 1 < told.length) starts[n + 1] = starts[n]! + offsets.length;
  });
  const offsets = Int32Array.from(told.flatMap((one) => one.offsets));
  return () => {
    let cell = 0;
    for (let n = 0; n < places.length; n++) cell += offsets[starts[n]! + bands[places[n]!]!]!;
    const outcome = outcomes[cell]!;
    return outcome === UNSETTLED ? (outcomes[cell] = outcomeOf(cell)) : outcome;
  };
}

function keyOf({ slot, from, to }: Range): string {
  return `${slot} ${from} ${to}`;
}
