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

/**
 * Cases as bits. What they ask of registers are numbered facts, each a range of one; a band tells all facts of its
 * register, and a case holds when its facts do.
 */
export interface BitCases {
  /** Registers that tell facts, with the bits of each band. */
  told: readonly { place: number; facts: readonly number[] }[];
  /** A case holds when all facts of `all` do and one of `any`. A case may have several. */
  steps: readonly { all: number; any: number; at: number }[];
  /** Registers that several cases ask about alone: by band the first of these. */
  alone: readonly { place: number; first: readonly number[] }[];
}

/** The first case that holds decides. */
export interface Choice {
  cases: readonly Case[];
  /** Of the first case, and so on, and at last where none holds. */
  outcomes: Int32Array;
  /** null where there are more facts than bits, or one is no range. */
  bits: BitCases | null;
}

/** Holds for everyone, for a step that needs no other. */
export const ALWAYS = 1;
const MOST_FACTS = 30;

/** Every end of a range that the cases read, for the table of bands. */
export function cutsOf(cases: readonly Case[], file: RegisterFile) {
  return cases
    .flatMap(({ expression, truth }) => rangesIn(termsOf(expression, truth, file)))
    .map(({ slot, from, to }) => ({ slot, edges: [from, to] }));
}

export function compileChoice(
  cases: readonly Case[],
  table: BandTable,
  file: RegisterFile,
  otherwise: number,
): Choice {
  const outcomes = Int32Array.of(...cases.map(({ outcome }) => outcome), otherwise);
  const terms = cases.map(({ expression, truth }) => termsOf(expression, truth, file));
  const ranges = new Map(rangesIn(terms.flat()).map((range) => [keyOf(range), range]));
  const isRanged = terms.flat().every((term) => term.every((fact) => 'slot' in fact));
  if (!isRanged || ranges.size > MOST_FACTS) return { cases, outcomes, bits: null };
  const bitOf = new Map([...ranges.keys()].map((key, n) => [key, 2 << n]));
  const bitsOf = (term: Term) =>
    rangesIn([term]).reduce((all, fact) => all | bitOf.get(keyOf(fact))!, 0);
  const told = table.banded.flatMap(({ slot, edges }, place) => {
    const own = [...ranges.values()].filter((range) => range.slot === slot);
    const facts = edges.map((edge) =>
      bitsOf(own.filter(({ from, to }) => from <= edge && edge < to)),
    );
    return own.length === 0 ? [] : [{ place, facts: [0, ...facts], all: bitsOf(own) }];
  });
  const steps = terms.flatMap((own, at) => merge(own.map(bitsOf)).map((step) => ({ ...step, at })));
  const isAlone = (step: Step, all: number) =>
    step.any === ALWAYS && step.all !== 0 && (step.all & ~all) === 0;
  // A register that only one asks about alone is as quickly left among the others.
  const alone = told.filter(({ all }) => steps.filter((step) => isAlone(step, all)).length > 1);
  const others = steps.filter((step) => !alone.some(({ all }) => isAlone(step, all)));
  const needed = others.reduce((bits, { all, any }) => bits | all | any, 0);
  return {
    cases,
    outcomes,
    bits: {
      told: told.filter(({ all }) => (all & needed) !== 0),
      steps: others,
      alone: alone.map(({ place, facts, all }) => {
        const own = steps.filter((step) => isAlone(step, all));
        const first = (known: number) =>
          own.find((step) => (step.all & ~known) === 0)?.at ?? cases.length;
        return { place, first: facts.map(first) };
      }),
    },
  };
}

type Step = BitCases['steps'][number];

/** Terms that differ in one fact each are one step. */
function merge(terms: readonly number[]): { all: number; any: number }[] {
  const shared = terms.reduce((all, term) => all & term, -1);
  const isSingle = (bits: number) => (bits & (bits - 1)) === 0 && bits !== 0;
  const [single, others] = [
    terms.filter((term) => isSingle(term & ~shared)),
    terms.filter((term) => !isSingle(term & ~shared)),
  ];
  const steps = others.map((all) => ({ all, any: ALWAYS }));
  if (single.length === 0) return steps;
  return [...steps, { all: shared, any: single.reduce((any, term) => any | (term & ~shared), 0) }];
}

/** Decides for the customer whose bands and registers are given. */
export function chooser(
  { cases, outcomes, bits }: Choice,
  bands: Int32Array,
  registers: Registers,
  file: RegisterFile,
): () => number {
  const none = cases.length;
  if (bits === null) {
    const conditions = cases.map(({ expression, truth }) => {
      return { holds: compileCondition(expression, file), truth };
    });
    return () => {
      const at = conditions.findIndex(({ holds, truth }) => holds(registers) === truth);
      return outcomes[at < 0 ? none : at]!;
    };
  }
  const told = flatten(bits.told.map(({ place, facts }) => ({ place, values: facts })));
  const alone = flatten(bits.alone.map(({ place, first }) => ({ place, values: first })));
  const all = Int32Array.from(bits.steps, (step) => step.all);
  const any = Int32Array.from(bits.steps, (step) => step.any);
  const places = Int32Array.from(bits.steps, ({ at }) => at);
  return () => {
    let known = ALWAYS;
    for (let n = 0; n < told.places.length; n++) {
      known |= told.values[told.starts[n]! + bands[told.places[n]!]!]!;
    }
    let found = none;
    for (let n = 0; n < all.length; n++) {
      found = lesser(found, none + ((places[n]! - none) & whereHeld(known, all[n]!, any[n]!)));
    }
    for (let n = 0; n < alone.places.length; n++) {
      found = lesser(found, alone.values[alone.starts[n]! + bands[alone.places[n]!]!]!);
    }
    return outcomes[found]!;
  };
}

// Without a branch: which step holds, nobody can foresee.

/** All bits where the step holds, none where it doesn't. */
export function whereHeld(known: number, all: number, any: number): number {
  return (((all & ~known) - 1) & -(any & known)) >> 31;
}

/** Of two numbers far below 2^31. */
export function lesser(one: number, other: number): number {
  const difference = other - one;
  return one + (difference & (difference >> 31));
}

/** Lists by band, of registers, in one. */
function flatten(lists: readonly { place: number; values: readonly number[] }[]) {
  const starts = new Int32Array(lists.length);
  lists.forEach(({ values }, n) => {
    if (n + 1 < lists.length) starts[n + 1] = starts[n]! + values.length;
  });
  return {
    places: Int32Array.from(lists, ({ place }) => place),
    starts,
    values: Int32Array.from(lists.flatMap(({ values }) => values)),
  };
}

function keyOf({ slot, from, to }: Range): string {
  return `${slot} ${from} ${to}`;
}
