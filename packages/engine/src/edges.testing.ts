import type { Expression } from '@liyu/policy';
import type { GradingFiles } from './compile-core.js';
import type { Value } from './registers.js';
import { constantsOf } from './thresholds.js';

type Metric = GradingFiles['metrics']['metrics'][number];

const MOST = Number.MAX_SAFE_INTEGER;
const OLDEST = 120;

/** Every expression that grading reads. */
function expressionsOf(files: GradingFiles): Expression[] {
  const { scorecard } = files;
  const credit = files['risk-grade']?.dimensions.find(({ id }) => id === 'CREDIT');
  return [
    ...scorecard.derived.map(({ expr }) => expr),
    ...scorecard.knockouts.map(({ when }) => when),
    ...scorecard.factors.flatMap(({ treatAsMissingWhen: when }) =>
      when === undefined ? [] : [when],
    ),
    ...files['tier-ladder'].rungs.map(({ criterion }) => criterion),
    ...(credit?.rules ?? []).map(({ when }) => when),
  ];
}

/** Where the policy tells values of a metric apart: constants it is compared with and ends of bins. */
export function thresholdsOf(files: GradingFiles, name: string): number[] {
  const constants = expressionsOf(files).flatMap((expression) => constantsOf(expression, name));
  const ends = files.scorecard.factors
    .filter(({ metric }) => metric === name)
    .flatMap(({ bins }) => bins.flatMap((bin) => ('lo' in bin ? [bin.lo] : [])));
  return [...new Set([...constants, ...ends])].sort((a, b) => a - b);
}

/** What to try of a metric: unknown, each value it can have, or the neighbours of each threshold. */
export function edgesOf(files: GradingFiles, { id, type, unit, values }: Metric): Value[] {
  if (type === 'bool') return [null, false, true];
  if (type === 'enum') return [null, ...(values ?? [])];
  const most = unit === 'years' ? OLDEST : MOST;
  const near = thresholdsOf(files, id).flatMap((edge) => [edge - 1, edge, edge + 1]);
  return [null, ...new Set([0, 1, ...near, most].filter((value) => value >= 0))];
}
