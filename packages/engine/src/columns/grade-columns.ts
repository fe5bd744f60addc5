import type { PolicyFiles } from '@liyu/policy';
import { REASONS, neutralScoreOf } from '../compile-core.js';
import type { Core, GradingFiles } from '../compile-core.js';
import { firedIn, knockoutIn } from '../compile-rules.js';
import type { Rules } from '../compile-rules.js';
import { OUTSIDE, earnedIn, keptIn } from '../factor-table.js';
import type { BandedFactor } from '../factor-table.js';
import { UNKNOWN } from '../truth.js';
import { BandColumns } from './band-columns.js';
import { areWithin, faultsAmong, highestOf, lengthOf } from './check-columns.js';
import type { Columns } from './metric-column.js';
import { compileChooseColumns } from './column-choice.js';
import { CHUNK, ColumnGraph, UNKNOWN_COLUMN, flagByteOf } from './column-graph.js';
import type { Column } from './column-graph.js';
import { ReasonColumns } from './reason-columns.js';

export interface ColumnOptions {
  variant?: 'neutral' | undefined;
  /** Whether points and reasons are wanted too. */
  explain?: boolean | undefined;
}

/** Decisions by customer, in the order of the columns. */
export interface GradedColumns {
  /** Codes of the rungs that `rung` counts in. */
  rungs: readonly string[];
  /** Place in `rungs`. */
  rung: Uint8Array;
  score: Uint8Array;
  neutralScore: Uint8Array;
  /** Bit n is set where the nth knock-out of the scorecard is TRUE. */
  knockouts: Uint32Array;
  /** 1 where no knock-out is TRUE and one can't be decided. */
  creditUnknown: Uint8Array;
  /** With `explain`: points by factor. */
  points?: Record<string, Uint8Array>;
  /** With `explain`: four a customer, places of factors in the scorecard, 255 for none. */
  reasons?: Uint8Array;
}

/**
 * Grades many customers by column: the same rules as `grade`, a chunk of customers at a time, without an
 * object for each. Throws a RangeError for columns that don't fit, a MetricsError for the first customer
 * whose values break DQ2 or DQ3.
 */
export function compileGradeColumns(
  files: GradingFiles,
  core: Core,
  rules: Rules,
  banded: readonly BandedFactor[],
): (columns: Columns, options?: ColumnOptions) => GradedColumns {
  const { file, factors, keptMax, slots } = core;
  const { metrics, scorecard } = files;
  const { table } = rules;
  const graph = new ColumnGraph(file);
  const totals = new Totals(graph);
  const derived = scorecard.derived.map(({ id, expr }) => {
    const { slot, type } = file.of(id);
    return { slot, value: type === 'bool' ? graph.flags(expr) : graph.quantity(expr) };
  });
  // Factors with exceptions are added by themselves.
  const isExceptional = (n: number) => rules.exceptions.some(({ factor }) => factor === n);
  const highest = highestOf(metrics, file);
  const lookedUp = new Set(table.banded.slice(0, table.early).map(({ slot }) => slot));
  const bands = new BandColumns(
    table,
    graph,
    banded.filter((_, n) => !isExceptional(n)),
    new Map(highest.map(({ slot, most }) => [slot, most])),
  );
  const [KNOCKOUTS, RUNG, NEUTRAL_RUNG, EXCEPTIONS] = [0, 1, 2, 3] as const;
  const choices = [rules.knockouts, rules.rungs, rules.neutralRungs];
  const choose = compileChooseColumns(
    [...choices, ...rules.exceptions.map(({ when }) => when)],
    bands,
    graph,
  );
  const exceptions = rules.exceptions.map(({ factor }, n) => {
    const sums = Int32Array.from(banded[factor]!.sums);
    return { factor, sums, choice: EXCEPTIONS + n, bands: new Uint8Array(CHUNK) };
  });
  const pointsOf = banded.map(({ points }) => Uint8Array.from(points));
  const reasons = new ReasonColumns(banded);
  const neutralScores = Uint8Array.from({ length: keptMax + 1 }, (_, points) =>
    neutralScoreOf(points, keptMax),
  );
  const nullMeans = metrics.metrics.flatMap(({ id, nullMeans: means }) =>
    means === undefined
      ? []
      : [{ slot: file.of(id).slot, value: Number(means), own: new Float64Array(CHUNK) }],
  );
  for (const { slot, value } of nullMeans) graph.unknownMeans[slot] = value;
  const flags = new Uint8Array(CHUNK);

  return (columns, { variant, explain = false } = {}) => {
    const length = lengthOf(columns, metrics);
    const isNeutral = variant === 'neutral';
    const graded = emptyColumns(
      length,
      core.rungs.map(({ rung }) => rung.code),
      explain ? factors : null,
    );
    for (let from = 0; from < length; from += CHUNK) {
      const count = Math.min(CHUNK, length - from);
      const part = <Array extends Sliced>(column: Array): Array =>
        column.subarray(from, from + count) as Array;
      graph.next(count);
      if (!areWithin(columns, from, count, highest, lookedUp)) {
        throw faultsAmong(columns, from, count, metrics, file);
      }
      take(columns, metrics, graph, from, count);
      for (const { slot, value, own } of nullMeans) {
        const column = graph.columns[slot]!;
        if (!(column instanceof Float64Array)) continue;
        replaceUnknown(column, value, own, count);
        graph.columns[slot] = own;
      }
      if (!totals.settle()) throw faultsAmong(columns, from, count, metrics, file);
      for (const { slot, value } of derived) graph.columns[slot] = value();

      bands.sums.fill(0);
      bands.look(0, table.early);
      judge(choose(KNOCKOUTS), part(graded.knockouts), flags, part(graded.creditUnknown), count);
      graph.columns[slots.knockout] = flags;

      for (const { factor, sums, choice, bands: own } of exceptions) {
        const known = bands.bands(banded[factor]!.register);
        earnUnless(choose(choice), known, own, sums, bands.sums, count);
      }
      const bandsOf = explain ? banded.map(({ register }) => bands.bands(register)) : [];
      for (const { factor, bands: own } of exceptions) bandsOf[factor] = own;
      if (graded.points) {
        for (const [n, { id }] of factors.entries()) {
          tell(bandsOf[n]!, pointsOf[n]!, part(graded.points[id]!));
        }
      }
      if (graded.reasons) {
        const own = graded.reasons.subarray(REASONS * from, REASONS * (from + count));
        reasons.tell(bandsOf, isNeutral, own, count);
      }
      if (!settleScores(bands.sums, neutralScores, part(graded.score), part(graded.neutralScore))) {
        throw faultsAmong(columns, from, count, metrics, file);
      }
      graph.columns[slots.score] = part(isNeutral ? graded.neutralScore : graded.score);

      bands.look(table.early, table.banded.length);
      if (!settleRungs(choose(isNeutral ? NEUTRAL_RUNG : RUNG), part(graded.rung))) {
        throw new RangeError('no rung takes these metrics');
      }
    }
    return graded;
  };
}

type Sliced = Uint8Array | Uint32Array;

// Loops of their own, so that each is compiled for the kinds of column it sees.

function judge(
  found: Int32Array,
  knockouts: Uint32Array,
  flags: Uint8Array,
  creditUnknown: Uint8Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const truth = knockoutIn(found[i]!);
    knockouts[i] = firedIn(found[i]!);
    creditUnknown[i] = truth & UNKNOWN;
    flags[i] = flagByteOf(truth);
  }
}

/** The bands of a factor and what they earn; unknown where missingPoints apply though the value is known. */
function earnUnless(
  found: Int32Array,
  bands: Uint8Array,
  own: Uint8Array,
  earned: Int32Array,
  sums: Int32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const band = bands[i]! & found[i]!;
    own[i] = band;
    sums[i] = sums[i]! + earned[band]!;
  }
}

function tell(bands: Uint8Array, pointsOf: Uint8Array, points: Uint8Array): void {
  for (let i = 0; i < points.length; i++) points[i] = pointsOf[bands[i]!]!;
}

/** Whether each customer has a rung. */
function settleRungs(found: Int32Array, rung: Uint8Array): boolean {
  let all = 0;
  for (let i = 0; i < rung.length; i++) {
    all |= found[i]!;
    rung[i] = found[i]!;
  }
  return all >= 0;
}

/** Whether no customer has what a metric can't be. */
function settleScores(
  sums: Int32Array,
  neutralScores: Uint8Array,
  score: Uint8Array,
  neutralScore: Uint8Array,
): boolean {
  let all = 0;
  for (let i = 0; i < score.length; i++) {
    const sum = sums[i]!;
    all |= sum;
    score[i] = earnedIn(sum);
    neutralScore[i] = neutralScores[keptIn(sum)]!;
  }
  return all < OUTSIDE;
}

function emptyColumns(
  length: number,
  rungs: readonly string[],
  factors: Core['factors'] | null,
): GradedColumns {
  return {
    rungs,
    rung: new Uint8Array(length),
    score: new Uint8Array(length),
    neutralScore: new Uint8Array(length),
    knockouts: new Uint32Array(length),
    creditUnknown: new Uint8Array(length),
    ...(factors !== null && {
      points: Object.fromEntries(factors.map(({ id }) => [id, new Uint8Array(length)])),
      reasons: new Uint8Array(REASONS * length),
    }),
  };
}

/** Puts the caller's columns in place, without a copy. */
function take(
  columns: Columns,
  metrics: PolicyFiles['metrics'],
  graph: ColumnGraph,
  from: number,
  count: number,
): void {
  for (const { id, derived } of metrics.metrics) {
    if (derived !== undefined) continue;
    const { slot } = graph.register(id);
    graph.columns[slot] = columns[id]?.subarray(from, from + count) ?? UNKNOWN_COLUMN;
  }
}

/** Into a copy: the caller's column stays as it is. */
function replaceUnknown(column: Column, by: number, own: Column, count: number): void {
  for (let i = 0; i < count; i++) own[i] = column[i] === column[i] ? column[i]! : by;
}

/** What metrics.json derives, and the contradictions of DQ3. */
class Totals {
  readonly #total = new Float64Array(CHUNK);
  readonly #monthly = new Float64Array(CHUNK);

  constructor(private readonly graph: ColumnGraph) {}

  /** Whether no customer's metrics contradict each other. */
  settle(): boolean {
    const { graph } = this;
    const { columns, count } = graph;
    const of = (name: string) => graph.numbers(graph.register(name).slot);
    const deposits = of('deposit_avg_3m_fen');
    const invested = of('invest_avg_3m_fen');
    const given = of('card_spend_month_avg_fen');
    const spend = of('card_spend_12m_fen');
    const limit = of('card_limit_fen');
    const run = of('overdue_max_run_24m');
    const months = of('overdue_months_24m');
    const total = this.#total;
    const monthly = this.#monthly;
    let bad = 0;
    for (let i = 0; i < count; i++) {
      const a = deposits[i]!;
      const b = invested[i]!;
      const sum = a === a ? (b === b ? a + b : a) : b;
      total[i] = sum;
      monthly[i] = given[i] === given[i] ? given[i]! : Math.floor(spend[i]! / 12);
      bad |=
        Number(run[i]! > months[i]!) |
        (Number(spend[i]! > 0) & Number(limit[i] === 0)) |
        Number(sum > Number.MAX_SAFE_INTEGER);
    }
    columns[graph.register('aum_avg_3m_fen').slot] = total;
    columns[graph.register('card_spend_month_avg_fen').slot] = monthly;
    return bad === 0;
  }
}
