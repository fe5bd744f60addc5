import { compileFindBands } from './bands.js';
import { chooser } from './choice.js';
import type { Choice } from './choice.js';
import { compileCore, neutralScoreOf } from './compile-core.js';
import type { Core, GradingFiles, Rung } from './compile-core.js';
import { NONE, compileRules, firedIn, knockoutIn } from './compile-rules.js';
import type { Columns } from './columns/metric-column.js';
import { compileGradeColumns } from './columns/grade-columns.js';
import type { ColumnOptions, GradedColumns } from './columns/grade-columns.js';
import { FactorTable, attainableIn, bandFactor, earnedIn, keptIn } from './factor-table.js';
import type { MetricsRow } from './read-metrics.js';
import type { Value } from './registers.js';
import { compileGradeTeller } from './tell-grade.js';
import { UNKNOWN, booleanOf, flagOf } from './truth.js';

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
  const { file, factors, keptMax, slots } = core;
  const credit = files['risk-grade']?.dimensions.find(({ id }) => id === 'CREDIT')?.rules ?? [];
  const rules = compileRules(core, credit);
  const { table } = rules;
  const bands = new Int32Array(table.banded.length);
  const banded = factors.map((factor) => bandFactor(factor, table));
  const factorTable = new FactorTable(banded);
  const { registers: factorRegisters, starts, sums } = factorTable;

  // The customer in hand. Nothing outlives the call: each of these is set before it is read.
  const { registers } = core;
  const findBands = compileFindBands(table, registers, bands);
  const cells = new Int32Array(factors.length);
  const tell = compileGradeTeller(files, core, banded, factorTable, cells);
  let knockouts = 0;
  let sum = 0;
  let neutralScore = 0;

  const choose = (choice: Choice) => chooser(choice, bands, registers, file);
  const judgeKnockouts = choose(rules.knockouts);
  const exceptions = rules.exceptions.map(({ factor, when }) => ({ factor, holds: choose(when) }));
  const rungPlace = choose(rules.rungs);
  const neutralRungPlace = choose(rules.neutralRungs);
  const creditPlace = choose(rules.creditRisk);

  const addUpFactors = () => {
    sum = 0;
    for (let n = 0; n < cells.length; n++) {
      const cell = starts[n]! + bands[factorRegisters[n]!]!;
      cells[n] = cell;
      sum += sums[cell]!;
    }
    for (const { factor, holds } of exceptions) {
      if (holds() === NONE) continue;
      const cell = starts[factor]!;
      sum += sums[cell]! - sums[cells[factor]!]!;
      cells[factor] = cell;
    }
  };

  /** Stages 3 to 6. */
  const settle = (isNeutral: boolean): Rung => {
    core.derive(registers);
    findBands(false);
    knockouts = judgeKnockouts();
    registers[slots.knockout] = flagOf(knockoutIn(knockouts));
    addUpFactors();
    neutralScore = neutralScoreOf(keptIn(sum), keptMax);
    registers[slots.score] = isNeutral ? neutralScore : earnedIn(sum);
    findBands(true);
    const place = isNeutral ? neutralRungPlace() : rungPlace();
    if (place === NONE) throw new RangeError('no rung takes these metrics');
    return core.rungs[place]!.rung;
  };

  const firedKnockouts = (): string[] => {
    const fired: string[] = [];
    let n = 0;
    for (let bits = firedIn(knockouts); bits !== 0; bits >>= 1) {
      if ((bits & 1) === 1) fired.push(core.knockouts[n]!.id);
      n += 1;
    }
    return fired;
  };

  // Few callers ask for it.
  let byColumns: Grader['gradeColumns'] | null = null;

  return {
    core,
    decide(row, { variant } = {}) {
      core.read(row);
      const rung = settle(variant === 'neutral');
      return {
        rung: rung.code,
        class: rung.class,
        level: rung.level,
        score: earnedIn(sum),
        neutralScore,
        knockout: booleanOf(knockoutIn(knockouts)),
      };
    },
    grade(row, { variant } = {}) {
      const isNeutral = variant === 'neutral';
      const values = core.read(row);
      const rung = settle(isNeutral);
      const creditRule = creditPlace();
      return {
        rung: rung.code,
        class: rung.class,
        level: rung.level,
        score: earnedIn(sum),
        neutralScore,
        points: tell.points(),
        bins: tell.bins(),
        knockouts: firedKnockouts(),
        knockout: booleanOf(knockoutIn(knockouts)),
        creditKnown: knockoutIn(knockouts) !== UNKNOWN,
        reasons: tell.reasons(isNeutral),
        creditRisk: creditRule === NONE ? null : credit[creditRule]!.out,
        inputs: tell.inputs(values),
        missing: tell.missing(),
        confidenceBp: 100 * attainableIn(sum),
      };
    },
    gradeColumns: (columns, options) => {
      byColumns ??= compileGradeColumns(files, core, rules, banded);
      return byColumns(columns, options);
    },
  };
}
