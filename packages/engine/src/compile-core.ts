import type { Expression, PolicyFiles } from '@liyu/policy';
import { compileCondition, compileQuantity } from './condition.js';
import type { Condition } from './condition.js';
import { compileReadMetrics } from './read-metrics.js';
import type { ReadMetrics } from './read-metrics.js';
import { RegisterFile, asKey } from './registers.js';
import type { Register, RegisterFiles, Registers } from './registers.js';
import { FALSE, TRUE, flagOf } from './truth.js';
import type { Truth } from './truth.js';

export type Factor = PolicyFiles['scorecard']['factors'][number];
export type Rung = PolicyFiles['tier-ladder']['rungs'][number];

/** The files that grading reads. A device has no risk-grade and no value-grade. */
export interface GradingFiles
  extends RegisterFiles, Partial<Pick<PolicyFiles, 'needs-grade' | 'maintenance-matrix'>> {}

/** Most reasons that a grade gives (scorecard.reasonCodes). */
export const REASONS = 4;

export interface CompiledFactor {
  id: string;
  max: number;
  /** Whether the neutral variant keeps it. */
  isKept: boolean;
  /** Slot of the metric. */
  slot: number;
  /** When missingPoints apply though the value is known. */
  missingWhen: Expression | null;
  ends: Bins['ends'];
  /** Place in the file of the bin of a known value. */
  placeOf: (value: number) => number;
  /** The same of a customer; -1 when missingPoints apply. */
  binOf: (registers: Registers) => number;
  /** Points of a bin stand one after its place; the first are missingPoints. */
  points: Uint8Array;
}

export interface CompiledRung {
  rung: Rung;
  criterion: Expression;
  /** The criterion without the terms that the neutral variant drops. */
  neutralCriterion: Expression;
  holds: Condition;
  holdsNeutral: Condition;
}

/** The stages of metrics.json `evaluationStages` up to the rung, over registers. */
export interface Core {
  file: RegisterFile;
  /** Metrics that a row may give, all but those that metrics.json derives: numbers, flags, texts. */
  supplied: readonly string[];
  /** The customer in hand: `read` sets them, and the next call of it sets them again. */
  registers: Registers;
  read: ReadMetrics;
  /** Stage 3. */
  derive: (registers: Registers) => void;
  knockouts: readonly { id: string; expression: Expression; when: Condition }[];
  factors: readonly CompiledFactor[];
  /** Best sum of the factors that the neutral variant keeps. */
  keptMax: number;
  /** In the order in which they are tried. */
  rungs: readonly CompiledRung[];
  /** Registers that later stages set. */
  slots: Readonly<Record<'knockout' | 'score' | 'class' | 'valueGrade' | 'creditRisk', number>>;
}

export function compileCore(files: GradingFiles): Core {
  const { metrics, scorecard } = files;
  const file = new RegisterFile(files);
  const registers = file.fresh();
  const dropped = droppedFactors(scorecard);
  const computed = scorecard.derived.map(({ id, expr }) => {
    return { slot: file.of(id).slot, value: compileQuantity(expr, file) };
  });
  const slot = (name: string) => file.of(name).slot;
  const factors = scorecard.factors.map((factor) => compileFactor(factor, dropped, file));
  const unread = droppedMetrics(scorecard);
  const supplied = (['int', 'bool', 'enum'] as const)
    .flatMap((kind) =>
      metrics.metrics.filter(({ derived, type }) => derived === undefined && type === kind),
    )
    .map(({ id }) => id);
  return {
    file,
    supplied,
    registers,
    read: compileReadMetrics(metrics, file, supplied, registers),
    derive: (registers) => {
      for (const one of computed) registers[one.slot] = one.value(registers);
    },
    knockouts: scorecard.knockouts.map(({ id, when }) => {
      return { id, expression: when, when: compileCondition(when, file) };
    }),
    factors,
    keptMax: factors.filter(({ isKept }) => isKept).reduce((sum, { max }) => sum + max, 0),
    rungs: evaluationOrder(files['tier-ladder']).map((rung) => {
      const { criterion } = rung;
      const neutralCriterion = without(criterion, unread);
      return {
        rung,
        criterion,
        neutralCriterion,
        holds: compileCondition(criterion, file),
        holdsNeutral: compileCondition(neutralCriterion, file),
      };
    }),
    slots: {
      knockout: slot('knockout'),
      score: slot('score'),
      class: slot('class'),
      valueGrade: slot('valueGrade'),
      creditRisk: slot('creditRisk'),
    },
  };
}

/** Factors that the neutral variant leaves out. */
export function droppedFactors(scorecard: PolicyFiles['scorecard']): ReadonlySet<string> {
  return new Set(scorecard.variants.find(({ id }) => id === 'neutral')?.drop ?? []);
}

/** Metrics that the neutral variant doesn't read. */
export function droppedMetrics(scorecard: PolicyFiles['scorecard']): ReadonlySet<string> {
  const dropped = droppedFactors(scorecard);
  return new Set(scorecard.factors.filter(({ id }) => dropped.has(id)).map(({ metric }) => metric));
}

/** Stage 4: sets the register of knockout after scorecard `knockoutRule` and returns it. */
export function judgeKnockouts({ knockouts, slots }: Core, registers: Registers): Truth {
  let most = FALSE;
  for (const knockout of knockouts) {
    const truth = knockout.when(registers);
    if (truth > most) most = truth;
  }
  registers[slots.knockout] = flagOf(most);
  return most;
}

/** The score of the neutral variant from the points of the factors kept: rescaled to 100, half up. */
export function neutralScoreOf(points: number, keptMax: number): number {
  return Math.floor((200 * points + keptMax) / (2 * keptMax));
}

/** Stage 6, once the registers of score and knockout are set. */
export function rungOf({ rungs }: Core, registers: Registers, isNeutral: boolean): Rung {
  for (const one of rungs) {
    if ((isNeutral ? one.holdsNeutral : one.holds)(registers) === TRUE) return one.rung;
  }
  throw new RangeError('no rung takes these metrics');
}

/** By rank, highest first; but a rung that takes everyone is tried last (NEW before ORDINARY). */
export function evaluationOrder(ladder: PolicyFiles['tier-ladder']): Rung[] {
  const takesAll = ({ criterion }: Rung) =>
    typeof criterion === 'object' && 'op' in criterion && criterion.op === 'true';
  return [...ladder.rungs].sort(
    (a, b) => Number(takesAll(a)) - Number(takesAll(b)) || b.rank - a.rank,
  );
}

function compileFactor(
  factor: Factor,
  dropped: ReadonlySet<string>,
  file: RegisterFile,
): CompiledFactor {
  const { id, max, metric, bins, missingPoints, treatAsMissingWhen } = factor;
  const register = file.of(metric);
  const { slot } = register;
  const isMissing =
    treatAsMissingWhen === undefined ? null : compileCondition(treatAsMissingWhen, file);
  const { ends, places } = 'eq' in bins[0]! ? binsOfValues(factor, register) : binsOfRanges(factor);
  const placeOf = (value: number) => {
    let at = 0;
    while (value >= ends[at]!) at += 1;
    const place = places[at] ?? NO_BIN;
    if (place === NO_BIN) throw new RangeError(`${value} of ${metric} fits no bin of ${id}`);
    return place;
  };
  return {
    id: asKey(id),
    max,
    isKept: !dropped.has(id),
    slot,
    missingWhen: treatAsMissingWhen ?? null,
    ends,
    placeOf,
    binOf: (registers) =>
      Number.isNaN(registers[slot]) || (isMissing !== null && isMissing(registers) === TRUE)
        ? -1
        : placeOf(registers[slot]!),
    points: Uint8Array.of(missingPoints, ...bins.map(({ points }) => points)),
  };
}

const NO_BIN = -1;

interface Bins {
  /** Where each range ends, ascending; of a flag or an enumeration, the next code. */
  ends: readonly number[];
  /** Place in the file of the bin of each range. */
  places: readonly number[];
}

function binsOfRanges({ bins }: Factor): Bins {
  return {
    ends: bins.map((bin) => ('lo' in bin ? (bin.hi ?? Infinity) : NaN)),
    places: [...bins.keys()],
  };
}

function binsOfValues({ bins }: Factor, { type, values }: Register): Bins {
  const all: readonly (boolean | string)[] = type === 'bool' ? [false, true] : values;
  const placeOfValue = (value: boolean | string) =>
    bins.findIndex((bin) => 'eq' in bin && bin.eq === value);
  return {
    ends: all.map((_, code) => code + 1),
    places: all.map(placeOfValue),
  };
}

/** The expression with the terms of its `or`s that compare one of `metrics` removed. */
export function without(expression: Expression, metrics: ReadonlySet<string>): Expression {
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
