import type { Expression } from '@liyu/policy';
import { droppedMetrics, without } from './compile-core.js';
import type { GradingFiles } from './compile-core.js';
import type { Grade, GradeOptions } from './compile-policy.js';
import { compileCondition } from './condition.js';
import { RegisterFile } from './registers.js';
import { booleanOf } from './truth.js';

/** One condition of a rung and whether a customer meets it; null where that can't be decided. */
export interface ExplainedCondition {
  expression: Expression;
  truth: boolean | null;
  /** Of an `or`: one of these is enough. Empty otherwise. */
  alternatives: ExplainedCondition[];
}

/** What a condition is judged by: a grade, or what an assessment keeps of it. */
export type Judged = Pick<Grade, 'inputs' | 'score' | 'neutralScore' | 'knockouts' | 'creditKnown'>;

/** The criterion of a rung, taken apart at its `and`s. Throws a RangeError for what is no rung. */
export function conditionsOf(
  files: GradingFiles,
  code: string,
  grade: Judged,
  { variant }: GradeOptions = {},
): ExplainedCondition[] {
  const rung = files['tier-ladder'].rungs.find((one) => one.code === code);
  if (rung === undefined) throw new RangeError(`${code} is no rung`);
  const isNeutral = variant === 'neutral';
  const file = new RegisterFile(files);
  const registers = file.load({
    ...grade.inputs,
    score: isNeutral ? grade.neutralScore : grade.score,
    knockout: grade.knockouts.length > 0 ? true : grade.creditKnown ? false : null,
  });
  const judge = (expression: Expression): ExplainedCondition => ({
    expression,
    truth: booleanOf(compileCondition(expression, file)(registers)),
    alternatives: isOperation(expression, 'or') ? (expression.args ?? []).map(judge) : [],
  });
  const criterion = isNeutral
    ? without(rung.criterion, droppedMetrics(files.scorecard))
    : rung.criterion;
  return conjuncts(criterion).map(judge);
}

function conjuncts(expression: Expression): Expression[] {
  if (isOperation(expression, 'true')) return [];
  return isOperation(expression, 'and') ? (expression.args ?? []).flatMap(conjuncts) : [expression];
}

function isOperation(
  expression: Expression,
  op: string,
): expression is Extract<Expression, { op: unknown }> {
  return typeof expression === 'object' && 'op' in expression && expression.op === op;
}
