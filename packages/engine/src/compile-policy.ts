import type { Expression } from '@liyu/policy';
import {
  REASONS,
  compileBins,
  compileCore,
  judgeKnockouts,
  neutralScoreOf,
  rungOf,
} from './compile-core.js';
import type { Core, GradingFiles } from './compile-core.js';
import { compileCondition } from './condition.js';
import type { Columns } from './columns/check-columns.js';
import { compileGradeColumns } from './columns/grade-columns.js';
import type { ColumnOptions, GradedColumns } from './columns/grade-columns.js';
import { emptyInputs, fillInputs, fillPoints } from './own-places.js';
import type { MetricsRow } from './read-metrics.js';
import { decode } from './registers.js';
import type { Registers, Value } from './registers.js';
import { TRUE, UNKNOWN, booleanOf } from './truth.js';

/** What the rules decide, without saying why. */
export interface Decision {
  /** Code of the first rung, in the evaluation order, whose criterion is TRUE. */
  rung: string;
  class: string;
  level: number | null;
  /** 0 to 100. */
  score: number;
  /** Score of the neutral variant, rescaled to 100, half up. */
  neutralScore: number;
  /** null when none is TRUE and one can't be decided. */
  knockout: boolean | null;
}

/** The decision with all that it rests on. */
export interface Grade extends Decision {
  /** Points by factor. */
  points: Record<string, number>;
  /** Place of the bin of each factor in the scorecard, in file order; -1 where missingPoints apply. */
  bins: number[];
  /** Ids of the knock-outs that are TRUE, in file order. */
  knockouts: string[];
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

/** A policy that is ready to grade. Every method throws a MetricsError for metrics that break DQ2 or DQ3. */
export interface Grader {
  readonly core: Core;
  grade(metrics: MetricsRow, options?: GradeOptions): Grade;
  /** The decision alone, for who doesn't ask why. */
  decide(metrics: MetricsRow, options?: GradeOptions): Decision;
  /** The decisions of many customers, by column. */
  gradeColumns(columns: Columns, options?: ColumnOptions): GradedColumns;
}

/** Prepares the stages of metrics.json `evaluationStages`, once per policy; no eval. */
export function compilePolicy(files: GradingFiles): Grader {
  const core = compileCore(files);
  const { file, factors, keptMax, knockouts, slots } = core;
  const required = requiredMetrics(files).map((name) => file.of(name));
  const told = [...files.metrics.metrics, ...files.scorecard.derived].map(({ id }) => file.of(id));
  const creditRules = compileRules(files['risk-grade'], core);
  const toldNames = told.map(({ name }) => name);
  const toldValues = told.map((): Value => null);
  const noInputs = emptyInputs(toldNames);
  const factorIds = factors.map(({ id }) => id);
  const noPoints = Object.fromEntries(factorIds.map((id) => [id, 0]));
  const earnedPoints = factors.map(() => 0);
  // Nothing of one customer outlives the call: each register is set before it is read.
  const registers = file.fresh();
  // By id, which breaks ties between reasons.
  const byId = [...factorIds].sort();
  const places = factorIds.map((id) => byId.indexOf(id));
  const worst = Array<number>(REASONS).fill(0);
  const findBins = compileBins(factors);
  const foundBins = factors.map(() => -1);
  const requiredNames = required.map(({ name }) => name);
  const requiredSlots = required.map(({ slot }) => slot);

  const decided = (score: number, neutralScore: number, isNeutral: boolean) => {
    registers[slots.score] = isNeutral ? neutralScore : score;
    return rungOf(core, registers, isNeutral);
  };

  // Few callers ask for it.
  let byColumns: Grader['gradeColumns'] | null = null;

  return {
    core,
    decide(row, { variant } = {}) {
      core.read(row, registers);
      core.derive(registers);
      const knockout = judgeKnockouts(core, registers);
      findBins(registers, foundBins);
      let score = 0;
      let kept = 0;
      for (let i = 0; i < factors.length; i++) {
        const factor = factors[i]!;
        const earned = factor.points[foundBins[i]! + 1]!;
        score += earned;
        if (factor.isKept) kept += earned;
      }
      const neutralScore = neutralScoreOf(kept, keptMax);
      const rung = decided(score, neutralScore, variant === 'neutral');
      return {
        rung: rung.code,
        class: rung.class,
        level: rung.level,
        score,
        neutralScore,
        knockout: booleanOf(knockout),
      };
    },
    grade(row, { variant } = {}) {
      const isNeutral = variant === 'neutral';
      core.read(row, registers);
      core.derive(registers);
      const knockout = judgeKnockouts(core, registers);
      const fired: string[] = [];
      if (knockout === TRUE) {
        for (const { id, when } of knockouts) if (when(registers) === TRUE) fired.push(id);
      }
      const bins = earnedPoints.slice();
      findBins(registers, bins);
      worst.fill(0);
      let score = 0;
      let kept = 0;
      let attainable = 0;
      for (let i = 0; i < factors.length; i++) {
        const factor = factors[i]!;
        const bin = bins[i]!;
        const earned = factor.points[bin + 1]!;
        earnedPoints[i] = earned;
        score += earned;
        if (factor.isKept) kept += earned;
        if (bin >= 0) attainable += factor.max;
        if (factor.isKept || !isNeutral) {
          keepHighest(worst, rankOf(factor.max - earned, places[i]!));
        }
      }
      const neutralScore = neutralScoreOf(kept, keptMax);
      const rung = decided(score, neutralScore, isNeutral);
      for (let i = 0; i < told.length; i++) {
        const register = told[i]!;
        toldValues[i] = decode(register, registers[register.slot]!);
      }
      const missing: string[] = [];
      for (let i = 0; i < requiredSlots.length; i++) {
        if (Number.isNaN(registers[requiredSlots[i]!])) missing.push(requiredNames[i]!);
      }
      return {
        rung: rung.code,
        class: rung.class,
        level: rung.level,
        score,
        neutralScore,
        points: fillPoints({ ...noPoints }, factorIds, earnedPoints),
        bins,
        knockouts: fired,
        knockout: booleanOf(knockout),
        creditKnown: knockout !== UNKNOWN,
        reasons: reasonsOf(byId, worst),
        creditRisk: creditRules(registers),
        inputs: fillInputs({ ...noInputs }, toldNames, toldValues),
        missing,
        confidenceBp: 100 * attainable,
      };
    },
    gradeColumns: (columns, options) => {
      byColumns ??= compileGradeColumns(files, core);
      return byColumns(columns, options);
    },
  };
}

function compileRules(risk: GradingFiles['risk-grade'], { file }: Core) {
  const credit = risk?.dimensions.find(({ id }) => id === 'CREDIT');
  const rules = credit?.rules.map(({ out, when }) => ({ out, when: compileCondition(when, file) }));
  return (registers: Registers): string | null => {
    for (const { out, when } of rules ?? []) if (when(registers) === TRUE) return out;
    return null;
  };
}

/** More than a policy has factors. */
const PLACES = 256;

/** A loss and its factor's place as one number: the larger loss first, of equal ones the first place. */
function rankOf(loss: number, place: number): number {
  return loss === 0 ? 0 : loss * PLACES + (PLACES - 1 - place);
}

/** Puts a rank among the highest, in descending order, and drops the last of them. */
function keepHighest(highest: number[], rank: number): void {
  let at = highest.length - 1;
  if (rank <= highest[at]!) return;
  for (; at > 0 && rank > highest[at - 1]!; at--) highest[at] = highest[at - 1]!;
  highest[at] = rank;
}

function reasonsOf(ids: readonly string[], highest: readonly number[]): string[] {
  const reasons: string[] = [];
  for (const rank of highest) if (rank > 0) reasons.push(ids[PLACES - 1 - (rank % PLACES)]!);
  return reasons;
}

/** Metrics behind factors and knock-outs, those with nullMeans excepted, in file order (DQ1). */
export function requiredMetrics({ metrics, scorecard }: GradingFiles): string[] {
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
