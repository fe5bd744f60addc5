import { variablesOf } from '@liyu/policy';
import type { GradingFiles } from './compile-core.js';

/** Metrics behind factors and knock-outs, those with nullMeans excepted, in file order (DQ1). */
export function requiredMetrics({ metrics, scorecard }: GradingFiles): string[] {
  const read = new Set<string>();
  const add = (name: string) => {
    const item = scorecard.derived.find((one) => one.id === name);
    if (item === undefined) read.add(name);
    else variablesOf(item.expr).forEach(add);
  };
  scorecard.factors.forEach((factor) => add(factor.metric));
  scorecard.knockouts.forEach((item) => variablesOf(item.when).forEach(add));
  return metrics.metrics
    .filter((metric) => read.has(metric.id) && metric.nullMeans === undefined)
    .map((metric) => metric.id);
}
