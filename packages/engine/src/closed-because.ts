import { variablesOf } from '@liyu/policy';
import type { GradingFiles } from './compile-core.js';
import type { GradeOptions, Grader } from './compile-policy.js';
import { conditionsOf } from './conditions.js';
import type { ExplainedCondition } from './conditions.js';
import { whyStuck } from './levers.js';
import type { MetricsRow } from './read-metrics.js';
import type { Registers } from './registers.js';

/**
 * Why no move reaches a rung, as codes: ids of knock-outs that are TRUE; `creditUnknown` where a knock-out
 * can't be decided; `unknown:METRIC` and `barred:METRIC` for a lever that can't be moved; `score` where the
 * levers don't earn enough; a metric that no lever moves, or not far enough.
 */
export function closedBecause(
  files: GradingFiles,
  grader: Pick<Grader, 'core' | 'grade'>,
  metrics: MetricsRow,
  target: string,
  { variant, leftOut }: GradeOptions & { leftOut: readonly string[] },
): string[] {
  const { core } = grader;
  const grade = grader.grade(metrics, { variant });
  core.read(metrics);
  const registers: Registers = core.registers.slice();
  const stuck = new Map(
    files['tier-ladder'].levers.map((lever) => {
      return [lever.metric, whyStuck(lever, core, registers, leftOut)] as const;
    }),
  );
  const ofMetric = (metric: string): string[] => {
    const addends = { aum_avg_3m_fen: ['deposit_avg_3m_fen', 'invest_avg_3m_fen'] };
    if (metric in addends) return addends[metric as keyof typeof addends].flatMap(ofMetric);
    const why = stuck.get(metric);
    if (why === 'unknown' || why === 'barred') return [`${why}:${metric}`];
    return [metric];
  };
  const of = ({ expression, truth, alternatives }: ExplainedCondition): string[] => {
    if (truth === true) return [];
    if (alternatives.length > 0) return alternatives.flatMap(of);
    return variablesOf(expression).flatMap((name) => {
      if (name === 'knockout') return grade.creditKnown ? grade.knockouts : ['creditUnknown'];
      return name === 'score' ? ['score'] : ofMetric(name);
    });
  };
  const codes = conditionsOf(files, target, grade, { variant }).flatMap(of);
  // A higher rung would do as well: what keeps its levers still is a reason too.
  const levers = [...stuck].flatMap(([metric, why]) =>
    why === 'unknown' || why === 'barred' ? [`${why}:${metric}`] : [],
  );
  return [...new Set([...codes, ...levers])];
}
