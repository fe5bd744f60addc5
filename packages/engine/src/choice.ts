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
  /** By cell. */
  outcomes: Int32Array;
}

export interface Choice {
  cases: readonly Case[];
  decide: Decide;
  /** null where there would be too many cells, or a case asks for more than ranges. */
  table: DecisionTable | null;
}

/** The shipped rungs need 5,376. */
const MOST_CELLS = 2 ** 15;

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
  const ranges = [
    ...new Map(rangesIn(terms.flat()).map((range) => [keyOf(range), range])).values(),
  ];
  const placeOf = new Map(ranges.map((range, n) => [keyOf(range), n]));
  const asked = banded.flatMap(({ slot, edges }, place) => {
    const own = [...ranges.keys()].filter((n) => ranges[n]!.slot === slot);
    if (own.length === 0) return [];
    const isIn = (edge: number, n: number) => ranges[n]!.from <= edge && edge < ranges[n]!.to;
    const held = [[], ...edges.map((edge) => own.filter((n) => isIn(edge, n)))];
    const classes = new Map(held.map((facts) => [facts.join(), facts]));
    const keys = [...classes.keys()];
    return [
      {
        place,
        own,
        classes: [...classes.values()],
        classOf: held.map((facts) => keys.indexOf(facts.join())),
      },
    ];
  });
  const strides: number[] = [];
  let cells = 1;
  for (const { classes } of asked) {
    strides.push(cells);
    cells *= classes.length;
  }
  if (cells > MOST_CELLS) return null;
  const facts = new Uint8Array(ranges.length);
  const needed = terms.map((own) =>
    own.map((term) => rangesIn([term]).map((range) => placeOf.get(keyOf(range))!)),
  );
  const holds = (n: number) => needed[n]!.some((term) => term.every((fact) => facts[fact] === 1));
  const outcomes = Int32Array.from({ length: cells }, (_, cell) => {
    facts.fill(0);
    for (const [n, { classes }] of asked.entries()) {
      const held = classes[Math.floor(cell / strides[n]!) % classes.length]!;
      for (const fact of held) facts[fact] = 1;
    }
    return decide(holds);
  });
  return {
    told: asked.map(({ place, classOf }, n) => {
      return { place, offsets: classOf.map((one) => one * strides[n]!) };
    }),
    outcomes,
  };
}

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
  const { told, outcomes } = table;
  const places = Int32Array.from(told, ({ place }) => place);
  const starts = new Int32Array(told.length);
  told.forEach(({ offsets }, n) => {
    if (n + 1 < told.length) starts[n + 1] = starts[n]! + offsets.length;
  });
  const offsets = Int32Array.from(told.flatMap((one) => one.offsets));
  return () => {
    let cell = 0;
    for (let n = 0; n < places.length; n++) cell += offsets[starts[n]! + bands[places[n]!]!]!;
    return outcomes[cell]!;
  };
}

function keyOf({ slot, from, to }: Range): string {
  return `${slot} ${from} ${to}`;
}
