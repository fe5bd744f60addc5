import type { Expression, PolicyFiles } from '@liyu/policy';
import { compile } from './evaluate.js';
import type { Evaluate, Value, Values } from './evaluate.js';

/** The files that grading reads. Without risk-grade (on a customer's device) no risk is graded. */
export interface GradingFiles
  extends
    Pick<PolicyFiles, 'metrics' | 'scorecard' | 'tier-ladder'>,
    Partial<Pick<PolicyFiles, 'risk-grade'>> {}

export interface Grade {
  /** Code of the first rung, in the evaluation order, whose criterion is TRUE. */
  rung: string;
  class: string;
  level: number | null;
  /** 0 to 100. */
  score: number;
  /** Score of the neutral variant, rescaled to 100, half up. */
  neutralScore: number;
  points: Record<string, number>;
  /** Ids of the knock-outs that are TRUE, in file order. */
  knockouts: string[];
  /** null when none is TRUE and one can't be decided. */
  knockout: boolean | null;
  creditKnown: boolean;
  /** Up to four factors by points below the best attainable, descending; ties by id. */
  reasons: string[];
  /** Grade of the dimension CREDIT, or null without risk-grade. */
  creditRisk: string | null;
  /** Every metric after nullMeans and defaults, and the derived values. */
  inputs: Record<string, Value>;
  /** Required metrics that are unknown, in the order of metrics.json (DQ1). */
  missing: string[];
  /** 100 times the attainable points of the factors whose metric is known (DQ1). */
  confidenceBp: number;
}

export interface GradeOptions {
  /** `neutral` reads the rung from the neutral score and leaves the dropped factors out of reasons. */
  variant?: 'neutral' | undefined;
}

export interface Grader {
  /** Grades metrics that passed `checkMetrics`; a left-out metric is unknown. */
  grade(metrics: Readonly<Record<string, unknown>>, options?: GradeOptions): Grade;
}

const REASONS = 4;

/** Prepares the stages of metrics.json `evaluationStages`, once per policy. */
export function compilePolicy(files: GradingFiles): Grader {
  const { metrics, scorecard } = files;
  const ladder = files['tier-ladder'];
  const neutral = scorecard.variants.find((variant) => variant.id === 'neutral');
  const dropped = new Set(neutral?.drop ?? []);
  const factors = scorecard.factors.map((factor) => ({ ...factor, score: compileFactor(factor) }));
  const kept = factors.filter((factor) => !dropped.has(factor.id));
  const keptMax = sum(kept.map((factor) => factor.max));
  const derived = scorecard.derived.map((item) => ({ id: item.id, value: compile(item.expr) }));
  const knockouts = scorecard.knockouts.map((item) => ({ id: item.id, when: compile(item.when) }));
  const droppedMetrics = new Set(
    factors.filter((factor) => dropped.has(factor.id)).map((factor) => factor.metric),
  );
  const rungs = evaluationOrder(ladder).map((rung) => ({
    ...rung,
    holds: compile(rung.criterion),
    holdsNeutral: compile(without(rung.criterion, droppedMetrics)),
  }));
  const creditRules = files['risk-grade']?.dimensions
    .find((dimension) => dimension.id === 'CREDIT')
    ?.rules.map((rule) => ({ out: rule.out, when: compile(rule.when) }));
  const required = requiredMetrics(files);

  return {
    grade(row, { variant } = {}) {
      const inputs = prepare(metrics, row);
      for (const item of derived) inputs[item.id] = item.value(inputs);

      const fired: string[] = [];
      let unknown = false;
      for (const item of knockouts) {
        const value = item.when(inputs);
        if (value === true) fired.push(item.id);
        else if (value === null) unknown = true;
      }
      const knockout = fired.length > 0 ? true : unknown ? null : false;

      const points: Record<string, number> = {};
      let attainable = 0;
      for (const factor of factors) {
        const scored = factor.score(inputs);
        points[factor.id] = scored ?? factor.missingPoints;
        if (scored !== null) attainable += factor.max;
      }
      const of = (list: typeof factors) => sum(list.map((factor) => points[factor.id] ?? 0));
      const score = of(factors);
      const neutralScore = Math.floor((2 * 100 * of(kept) + keptMax) / (2 * keptMax));

      const isNeutral = variant === 'neutral';
      const stage = { ...inputs, knockout, score: isNeutral ? neutralScore : score };
      const rung = rungs.find(
        (item) => (isNeutral ? item.holdsNeutral : item.holds)(stage) === true,
      );
      if (rung === undefined) throw new Error('no rung takes these metrics');
      const risk = creditRules?.find((rule) => rule.when(stage) === true);

      return {
        rung: rung.code,
        class: rung.class,
        level: rung.level,
        score,
        neutralScore,
        points,
        knockouts: fired,
        knockout,
        creditKnown: knockout !== null,
        reasons: reasonCodes(isNeutral ? kept : factors, points),
        creditRisk: risk?.out ?? null,
        inputs,
        missing: required.filter((id) => inputs[id] === null),
        confidenceBp: 100 * attainable,
      };
    },
  };
}

/** Stages 1 and 2: nullMeans, the total of deposits and investments, the monthly card spend. */
function prepare(metrics: PolicyFiles['metrics'], row: Readonly<Record<string, unknown>>) {
  const inputs: Record<string, Value> = {};
  for (const metric of metrics.metrics) {
    inputs[metric.id] = (row[metric.id] as Value | undefined) ?? metric.nullMeans ?? null;
  }
  const deposits = inputs.deposit_avg_3m_fen as number | null;
  const invested = inputs.invest_avg_3m_fen as number | null;
  inputs.aum_avg_3m_fen =
    deposits === null && invested === null ? null : (deposits ?? 0) + (invested ?? 0);
  const spend = inputs.card_spend_12m_fen as number | null;
  inputs.card_spend_month_avg_fen ??= spend === null ? null : Math.floor(spend / 12);
  return inputs;
}

/** Points of a factor; null when missingPoints apply. */
function compileFactor(factor: PolicyFiles['scorecard']['factors'][number]) {
  const missing: Evaluate = factor.treatAsMissingWhen
    ? compile(factor.treatAsMissingWhen)
    : () => false;
  const { bins, metric, id } = factor;
  return (values: Values): number | null => {
    const value = values[metric] ?? null;
    if (value === null || missing(values) === true) return null;
    const bin = bins.find((item) =>
      'eq' in item
        ? item.eq === value
        : (value as number) >= item.lo && (item.hi === null || (value as number) < item.hi),
    );
    if (bin === undefined) throw new RangeError(`${id}: ${String(value)} of ${metric} fits no bin`);
    return bin.points;
  };
}

function reasonCodes(
  factors: readonly { id: string; max: number }[],
  points: Readonly<Record<string, number>>,
): string[] {
  return factors
    .map((factor) => ({ id: factor.id, loss: factor.max - (points[factor.id] ?? 0) }))
    .filter((reason) => reason.loss > 0)
    .sort((a, b) => b.loss - a.loss || (a.id < b.id ? -1 : 1))
    .slice(0, REASONS)
    .map((reason) => reason.id);
}

/** By rank, highest first; but a rung that takes everyone is tried last (NEW before ORDINARY). */
function evaluationOrder(ladder: PolicyFiles['tier-ladder']) {
  const takesAll = (rung: (typeof ladder.rungs)[number]) =>
    typeof rung.criterion === 'object' && 'op' in rung.criterion && rung.criterion.op === 'true';
  return [...ladder.rungs].sort(
    (a, b) => Number(takesAll(a)) - Number(takesAll(b)) || b.rank - a.rank,
  );
}

/** The expression with the terms of its `or`s that compare one of `metrics` removed. */
function without(expression: Expression, metrics: ReadonlySet<string>): Expression {
  if (typeof expression !== 'object' || 'var' in expression) return expression;
  const args = (expression.args ?? []).map((arg) => without(arg, metrics));
  if (expression.op !== 'or') return { op: expression.op, args };
  const remaining = args.filter((arg) => !compares(arg, metrics));
  return remaining.length === 1 ? remaining[0]! : { op: 'or', args: remaining };
}

function compares(expression: Expression, metrics: ReadonlySet<string>): boolean {
  return (
    typeof expression === 'object' &&
    'op' in expression &&
    (expression.args ?? []).some(
      (arg) => typeof arg === 'object' && 'var' in arg && metrics.has(arg.var),
    )
  );
}

/** Metrics behind factors and knock-outs, those with nullMeans excepted, in file order (DQ1). */
function requiredMetrics({ metrics, scorecard }: GradingFiles): string[] {
  const read = new Set<string>();
  const add = (name: string) => {
    const item = scorecard.derived.find((one) => one.id === name);
    if (item === undefined) read.add(name);
    else namesIn(item.expr).forEach(add);
  };
  scorecard.factors.forEach((factor) => add(factor.metric));
  scorecard.knockouts.forEach((item) => namesIn(item.when).forEach(add));
  return metrics.metrics
    .filter((metric) => read.has(metric.id) && metric.nullMeans === undefined)
    .map((metric) => metric.id);
}

function namesIn(expression: Expression): string[] {
  if (typeof expression !== 'object') return [];
  return 'var' in expression ? [expression.var] : (expression.args ?? []).flatMap(namesIn);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
