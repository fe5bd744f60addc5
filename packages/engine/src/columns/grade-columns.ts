import type { PolicyFiles } from '@liyu/policy';
import { neutralScoreOf } from '../compile-core.js';
import type { Core, GradingFiles } from '../compile-core.js';
import { TRUE } from '../truth.js';
import { checkColumns, faultsAt, lengthOf } from './check-columns.js';
import type { Columns } from './check-columns.js';
import { CHUNK, ColumnGraph } from './column-graph.js';
import { factorKernel } from './factor-kernel.js';
import { topReasons } from './top-reasons.js';

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
): (columns: Columns, options?: ColumnOptions) => GradedColumns {
  const { file, factors, keptMax, slots } = core;
  const { metrics, scorecard } = files;
  const graph = new ColumnGraph(file);
  const totals = new Totals(graph);
  const derived = scorecard.derived.map(({ id, expr }) => {
    return { slot: file.of(id).slot, value: graph.quantity(expr) };
  });
  const knockouts = scorecard.knockouts.map(({ when }) => graph.condition(when));
  const kernels = factors.map((factor, i) => {
    return factorKernel(scorecard.factors[i]!, factor, graph);
  });
  const rungs = core.rungs.map(({ rung, criterion, neutralCriterion }) => ({
    code: rung.code,
    holds: graph.condition(criterion),
    holdsNeutral: graph.condition(neutralCriterion),
  }));
  const neutralScores = Uint8Array.from({ length: keptMax + 1 }, (_, points) =>
    neutralScoreOf(points, keptMax),
  );
  if (knockouts.length > MOST_KNOCKOUTS) throw new RangeError('more knock-outs than bits for them');
  // Points of all factors in the low bits, those of the factors kept above them.
  const tally = new Int32Array(CHUNK);
  const verdicts = new Int32Array(CHUNK);
  const nullMeans = metrics.metrics.flatMap(({ id, nullMeans: means }) =>
    means === undefined ? [] : [{ id, value: Number(means) }],
  );
  const scores = new Float64Array(CHUNK);
  const flags = new Float64Array(CHUNK);

  return (columns, { variant, explain = false } = {}) => {
    const length = lengthOf(columns, metrics);
    const isNeutral = variant === 'neutral';
    const graded = emptyColumns(
      length,
      rungs.map(({ code }) => code),
      explain ? factors : null,
    );
    for (let from = 0; from < length; from += CHUNK) {
      const count = Math.min(CHUNK, length - from);
      graph.next(count);
      checkColumns(columns, from, count, metrics, file);
      take(columns, metrics, graph, from, count);
      for (const { id, value } of nullMeans) replaceUnknown(graph, file.of(id).slot, value);
      const place = totals.settle();
      if (place >= 0) throw faultsAt(columns, from + place, metrics, file);
      for (const { slot, value } of derived) graph.columns[slot] = value();

      verdicts.fill(0);
      knockouts.forEach((kernel, n) => {
        mark(kernel.read(), verdicts, 1 << n, count);
      });
      judge(verdicts, flags, graded, from, count);
      graph.columns[slots.knockout] = flags;

      tally.fill(0);
      kernels.forEach((kernel, n) => {
        const { id, isKept } = factors[n]!;
        kernel.add(tally, isKept ? 1 + KEPT : 1);
        if (graded.points) kernel.tell(graded.points[id]!.subarray(from, from + count));
      });
      settleScores(tally, neutralScores, graded, from, count);
      const read = isNeutral ? graded.neutralScore : graded.score;
      scores.set(read.subarray(from, from + count));
      graph.columns[slots.score] = scores;

      const rung = graded.rung.subarray(from, from + count);
      // The last that is tried first, so that an earlier one overwrites it.
      for (let n = rungs.length - 1; n >= 0; n--) {
        choose((isNeutral ? rungs[n]!.holdsNeutral : rungs[n]!.holds).read(), n, rung, count);
      }
    }
    if (graded.rung.includes(NONE)) throw new RangeError('no rung takes these metrics');
    if (graded.points !== undefined) {
      const counted = factors.map((factor) => !isNeutral || factor.isKept);
      graded.reasons = topReasons(factors, graded.points, counted, length);
    }
    return graded;
  };
}

// Loops of their own, so that each is compiled for the kinds of column it sees.

/** TRUE sets the bit of a knock-out, UNKNOWN counts in the bits above them all. */
function mark(truth: Uint8Array, verdicts: Int32Array, bit: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const one = truth[i]!;
    verdicts[i] = verdicts[i]! + (one >> 1) * bit + (one & 1) * ONE_UNKNOWN;
  }
}

/** One TRUE is enough; without one, an UNKNOWN leaves it open. */
function judge(
  verdicts: Int32Array,
  flags: Float64Array,
  { knockouts, creditUnknown }: GradedColumns,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const verdict = verdicts[i]!;
    const fired = verdict & (ONE_UNKNOWN - 1);
    const isOpen = Number(fired === 0) & Number(verdict !== 0);
    knockouts[from + i] = fired;
    creditUnknown[from + i] = isOpen;
    flags[i] = isOpen === 1 ? NaN : Number(fired !== 0);
  }
}

function settleScores(
  tally: Int32Array,
  neutralScores: Uint8Array,
  { score, neutralScore }: GradedColumns,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const both = tally[i]!;
    score[from + i] = both & (KEPT - 1);
    neutralScore[from + i] = neutralScores[both >> KEPT_BITS]!;
  }
}

function choose(truth: Uint8Array, n: number, rung: Uint8Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const mask = -Number(truth[i] === TRUE);
    rung[i] = (n & mask) | (rung[i]! & ~mask);
  }
}

const NONE = 255;
const KEPT_BITS = 8;
const KEPT = 1 << KEPT_BITS;
const MOST_KNOCKOUTS = 24;
const ONE_UNKNOWN = 1 << MOST_KNOCKOUTS;

function emptyColumns(
  length: number,
  rungs: readonly string[],
  factors: Core['factors'] | null,
): GradedColumns {
  return {
    rungs,
    rung: new Uint8Array(length).fill(NONE),
    score: new Uint8Array(length),
    neutralScore: new Uint8Array(length),
    knockouts: new Uint32Array(length),
    creditUnknown: new Uint8Array(length),
    ...(factors !== null && {
      points: Object.fromEntries(factors.map(({ id }) => [id, new Uint8Array(length)])),
    }),
  };
}

const UNKNOWN_COLUMN = new Float64Array(CHUNK).fill(NaN);

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
function replaceUnknown(graph: ColumnGraph, slot: number, value: number): void {
  const column = graph.columns[slot]!;
  graph.columns[slot] =
    column === UNKNOWN_COLUMN
      ? new Float64Array(CHUNK).fill(value)
      : column.map((one) => (one === one ? one : value));
}

/** What metrics.json derives, and the contradictions of DQ3. */
class Totals {
  readonly #total = new Float64Array(CHUNK);
  readonly #monthly = new Float64Array(CHUNK);

  constructor(private readonly graph: ColumnGraph) {}

  /** Place of the first customer whose metrics contradict each other; -1 without one. */
  settle(): number {
    const { graph } = this;
    const { columns, count } = graph;
    const of = (name: string) => columns[graph.register(name).slot]!;
    const deposits = of('deposit_avg_3m_fen');
    const invested = of('invest_avg_3m_fen');
    const given = of('card_spend_month_avg_fen');
    const spend = of('card_spend_12m_fen');
    const limit = of('card_limit_fen');
    const run = of('overdue_max_run_24m');
    const months = of('overdue_months_24m');
    const total = this.#total;
    const monthly = this.#monthly;
    let place = -1;
    for (let i = 0; i < count; i++) {
      const a = deposits[i]!;
      const b = invested[i]!;
      const sum = a === a ? (b === b ? a + b : a) : b;
      total[i] = sum;
      monthly[i] = given[i] === given[i] ? given[i]! : Math.floor(spend[i]! / 12);
      if (
        place < 0 &&
        (run[i]! > months[i]! || (spend[i]! > 0 && limit[i] === 0) || sum > Number.MAX_SAFE_INTEGER)
      ) {
        place = i;
      }
    }
    columns[graph.register('aum_avg_3m_fen').slot] = total;
    columns[graph.register('card_spend_month_avg_fen').slot] = monthly;
    return place;
  }
}
