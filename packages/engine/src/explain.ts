import { variablesOf } from '@liyu/policy';
import type { PolicyFiles } from '@liyu/policy';
import { droppedFactors, droppedMetrics } from './compile-core.js';
import type { Factor, GradingFiles } from './compile-core.js';
import type { Grade, GradeOptions } from './compile-policy.js';
import { compileCondition } from './condition.js';
import { RegisterFile } from './registers.js';
import type { Value } from './registers.js';
import { booleanOf } from './truth.js';

export interface ExplainedFactor {
  id: string;
  block: string;
  metric: string;
  /** Of the metric, after nullMeans and defaults; null is unknown. */
  value: Value;
  /** Where the value lies, half-open; null where missingPoints apply. */
  bin: Factor['bins'][number] | null;
  /** Whether missingPoints apply: the metric is unknown, or counts as such. */
  isMissing: boolean;
  points: number;
  max: number;
  /** Points below the best attainable. */
  loss: number;
}

/** Why a grade is what it is, as data: a widget or a letter words it. */
export interface Explanation {
  /** Of the variant that decided. */
  score: number;
  blocks: { id: string; points: number; max: number }[];
  /** In file order, without those that the neutral variant leaves out. */
  factors: ExplainedFactor[];
  /** Every knock-out; null where it can't be decided. */
  knockouts: { id: string; truth: boolean | null }[];
  /** PMML's pointsBelow with the best points as baseline: at most four, the largest loss first. */
  reasons: { factor: string; points: number; max: number; loss: number }[];
  /** Metrics that were known and read, in file order. */
  dataUsed: string[];
  /** Versions of the files that decided. */
  versions: { ladder: string; scorecard: string };
}

/** Explains a grade by the rules it was made by. */
export function explain(
  files: GradingFiles,
  grade: Pick<Grade, 'inputs' | 'points' | 'reasons' | 'score' | 'neutralScore'> &
    Partial<Pick<Grade, 'bins'>>,
  { variant }: GradeOptions = {},
): Explanation {
  const { scorecard } = files;
  const isNeutral = variant === 'neutral';
  const dropped = droppedFactors(scorecard);
  const file = new RegisterFile(files);
  const registers = file.load(grade.inputs);
  const factors = scorecard.factors
    .filter(({ id }) => !isNeutral || !dropped.has(id))
    .map((factor): ExplainedFactor => {
      const value = grade.inputs[factor.metric] ?? null;
      const { treatAsMissingWhen: when } = factor;
      const counts = when !== undefined && booleanOf(compileCondition(when, file)(registers));
      const bin = value === null || counts === true ? null : binOf(factor, value);
      const points = grade.points[factor.id] ?? 0;
      return {
        id: factor.id,
        block: factor.block,
        metric: factor.metric,
        value,
        bin,
        isMissing: bin === null,
        points,
        max: factor.max,
        loss: factor.max - points,
      };
    });
  const byId = new Map(factors.map((factor) => [factor.id, factor]));
  const total = (block: string, of: 'points' | 'max') =>
    factors.filter((factor) => factor.block === block).reduce((sum, factor) => sum + factor[of], 0);
  return {
    score: isNeutral ? grade.neutralScore : grade.score,
    blocks: scorecard.blocks.map(({ id }) => {
      return { id, points: total(id, 'points'), max: total(id, 'max') };
    }),
    factors,
    knockouts: scorecard.knockouts.map(({ id, when }) => {
      return { id, truth: booleanOf(compileCondition(when, file)(registers)) };
    }),
    reasons: grade.reasons.flatMap((id) => {
      const factor = byId.get(id);
      if (factor === undefined) return [];
      return [{ factor: id, points: factor.points, max: factor.max, loss: factor.loss }];
    }),
    dataUsed: dataUsed(files, grade.inputs, isNeutral),
    versions: { ladder: files['tier-ladder'].version, scorecard: scorecard.version },
  };
}

function dataUsed(
  { metrics, scorecard, 'tier-ladder': ladder }: GradingFiles,
  inputs: Readonly<Record<string, Value>>,
  isNeutral: boolean,
): string[] {
  const unread = isNeutral ? droppedMetrics(scorecard) : new Set<string>();
  const read = new Set([
    ...scorecard.factors.map(({ metric }) => metric),
    ...scorecard.derived.flatMap(({ expr }) => variablesOf(expr)),
    ...scorecard.knockouts.flatMap(({ when }) => variablesOf(when)),
    ...ladder.rungs.flatMap(({ criterion }) => variablesOf(criterion)),
  ]);
  return metrics.metrics
    .map(({ id }) => id)
    .filter((id) => read.has(id) && !unread.has(id) && inputs[id] != null);
}

function binOf({ bins }: Factor, value: Value): Factor['bins'][number] | null {
  const fits = (bin: Factor['bins'][number]) =>
    'eq' in bin
      ? bin.eq === value
      : typeof value === 'number' && value >= bin.lo && (bin.hi === null || value < bin.hi);
  return bins.find(fits) ?? null;
}

/**
 * The row of metrics that an assessment's `inputs` came from, to be graded again: without derived values,
 * the computed total, and the monthly card spend where it is the twelfth of the year's.
 */
export function suppliedMetrics(
  { metrics }: Pick<PolicyFiles, 'metrics'>,
  inputs: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const row: Record<string, Value> = {};
  for (const { id, derived } of metrics.metrics) {
    const value = inputs[id];
    if (derived === undefined && value !== undefined && value !== null) row[id] = value;
  }
  const yearly = row.card_spend_12m_fen;
  if (typeof yearly === 'number' && row.card_spend_month_avg_fen === Math.floor(yearly / 12)) {
    delete row.card_spend_month_avg_fen;
  }
  return row;
}
