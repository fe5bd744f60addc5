import type { Expression } from '@liyu/policy';
import { variablesOf } from '@liyu/policy';
import type { Core, GradingFiles } from './compile-core.js';
import { compileCondition } from './condition.js';
import type { Condition } from './condition.js';
import { compileTotals } from './read-metrics.js';
import type { Registers } from './registers.js';
import { tellingValues } from './telling-values.js';
import { FALSE, TRUE, UNKNOWN } from './truth.js';
import type { Truth } from './truth.js';

/** A comparison of metrics in a criterion. */
export interface Atom {
  key: string;
  expression: Expression;
  /** Metrics and derived values that it reads. */
  names: string[];
  /** Null when it takes more than metrics to say. */
  holds: Condition | null;
}

/** Customers whom no criterion tells apart but by their score. */
export interface Situation {
  /** Of each atom. */
  truths: readonly Truth[];
  knockout: Truth;
  /** Every score that such a customer can have, a bit each. */
  scores: bigint;
}

/** Names that only make sense together. */
interface Group {
  names: string[];
  atoms: { place: number; holds: Condition | null }[];
  knockouts: Condition[];
  factors: Core['factors'][number][];
}

/** What a computed metric is computed from. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  aum_avg_3m_fen: ['deposit_avg_3m_fen', 'invest_avg_3m_fen'],
  card_spend_month_avg_fen: ['card_spend_month_avg_fen', 'card_spend_12m_fen'],
};

/**
 * Every situation that a customer can be in, by the truths of `atoms`. Metrics fall into groups that
 * nothing binds together (a comparison, a knock-out, a factor and what treats it as missing, DQ3); each
 * group is tried with every telling value of each of its metrics, and the sums of points of one group
 * combine with all of another.
 */
export function situationsOf(files: GradingFiles, core: Core, atoms: readonly Atom[]): Situation[] {
  const settle = compileTotals(core.file);
  const values = tellingValues(
    files,
    core,
    atoms.map(({ expression }) => expression),
  );
  const empty: Situation = {
    truths: atoms.map(() => FALSE),
    knockout: FALSE,
    scores: 1n,
  };
  // Groups that no criterion tells apart come first: they only widen the scores.
  const parts = groupsOf(files, core, atoms)
    .map((group) => ({ group, situations: tryAll(group, empty, core, values, settle) }))
    .sort((a, b) => a.situations.length - b.situations.length);
  return parts.reduce<Situation[]>(
    (all, { group, situations }) => combine(all, situations, group),
    [empty],
  );
}

function groupsOf(files: GradingFiles, core: Core, atoms: readonly Atom[]): Group[] {
  const { factors, knockouts } = files.scorecard;
  const bonds = [
    ...atoms.map(({ names }) => names),
    ...knockouts.map(({ when }) => variablesOf(when)),
    ...factors.map(({ metric, treatAsMissingWhen: when }) => {
      return [metric, ...(when === undefined ? [] : variablesOf(when))];
    }),
  ].map((names) => names.flatMap((name) => SOURCES[name] ?? [name]));
  const read = new Set(bonds.flat());
  if (read.has('overdue_max_run_24m') && read.has('overdue_months_24m'))
    bonds.push(['overdue_max_run_24m', 'overdue_months_24m']);
  const groups = new Map<string, Group>();
  for (const names of bonds) {
    const bound = new Set(names.flatMap((name) => groups.get(name) ?? []));
    const all = new Set([...names, ...[...bound].flatMap((group) => group.names)]);
    const group: Group = { names: [...all], atoms: [], knockouts: [], factors: [] };
    for (const name of all) groups.set(name, group);
  }
  const groupOf = (name: string) => groups.get(SOURCES[name]?.[0] ?? name)!;
  atoms.forEach(({ names, holds }, place) => groupOf(names[0]!).atoms.push({ place, holds }));
  for (const { when } of knockouts) {
    const [name] = variablesOf(when);
    // One that reads nothing is the same for everyone; any group may hold it.
    const group = name === undefined ? [...groups.values()][0]! : groupOf(name);
    group.knockouts.push(compileCondition(when, core.file));
  }
  factors.forEach(({ metric }, place) => groupOf(metric).factors.push(core.factors[place]!));
  return [...new Set(groups.values())];
}

/** Every situation of one group: truths of its atoms, what its knock-outs say, sums of its points. */
function tryAll(
  group: Group,
  empty: Situation,
  core: Core,
  values: (names: readonly string[]) => number[][],
  settle: (registers: Registers) => void,
): Situation[] {
  const found = new Map<string, { truths: Truth[]; knockout: Truth; scores: bigint }>();
  const registers = core.file.fresh();
  const slots = group.names.map((name) => core.file.of(name).slot);
  const run = core.file.of('overdue_max_run_24m').slot;
  const months = core.file.of('overdue_months_24m').slot;
  const free = group.atoms.filter(({ holds }) => holds === null).map(({ place }) => place);

  const chosen: number[] = [];
  const note = () => {
    // All of them, since totals fill in what is unknown.
    for (const [at, slot] of slots.entries()) registers[slot] = chosen[at]!;
    if (registers[run]! > registers[months]!) return;
    settle(registers);
    let knockout = FALSE;
    for (const when of group.knockouts) knockout = Math.max(knockout, when(registers)) as Truth;
    let key = `${knockout}`;
    const own = group.atoms.map(({ holds }) => {
      const truth = holds === null ? FALSE : holds(registers);
      key += truth;
      return truth;
    });
    let points = 0;
    for (const factor of group.factors) points += factor.points[factor.binOf(registers) + 1]!;
    const known = found.get(key);
    if (known !== undefined) known.scores |= 1n << BigInt(points);
    else {
      const truths = [...empty.truths];
      group.atoms.forEach(({ place }, at) => (truths[place] = own[at]!));
      found.set(key, { truths, knockout, scores: 1n << BigInt(points) });
    }
  };
  const lists = values(group.names);
  const descend = (at: number) => {
    if (at === slots.length) return note();
    for (const value of lists[at]!) {
      chosen[at] = value;
      descend(at + 1);
    }
  };
  descend(0);
  return free.reduce<Situation[]>(
    (all, place) =>
      all.flatMap((one) =>
        [FALSE, UNKNOWN, TRUE].map((truth) => ({ ...one, truths: one.truths.with(place, truth) })),
      ),
    [...found.values()],
  );
}

/** Each situation of `all` with each of a further group. */
function combine(
  all: readonly Situation[],
  more: readonly Situation[],
  { atoms }: Group,
): Situation[] {
  const found = new Map<string, { truths: Truth[]; knockout: Truth; scores: bigint }>();
  for (const a of all) {
    for (const b of more) {
      const truths = [...a.truths];
      for (const { place } of atoms) truths[place] = b.truths[place]!;
      const knockout = Math.max(a.knockout, b.knockout) as Truth;
      const key = truths.join('') + knockout;
      const scores = sums(a.scores, b.scores);
      const known = found.get(key);
      if (known === undefined) found.set(key, { truths, knockout, scores });
      else known.scores |= scores;
    }
  }
  return [...found.values()];
}

/** Every sum of one of these and one of those. */
function sums(a: bigint, b: bigint): bigint {
  let all = 0n;
  for (let points = 0; b >> BigInt(points) > 0n; points++) {
    if ((b >> BigInt(points)) & 1n) all |= a << BigInt(points);
  }
  return all;
}
