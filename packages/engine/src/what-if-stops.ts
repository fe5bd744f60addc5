import type { GradingFiles } from './compile-core.js';
import type { Grader } from './compile-policy.js';
import { edgesOf, otherAddend, totalsOf } from './levers.js';
import type { MetricsRow } from './read-metrics.js';

/**
 * Values at which a slider of a lever's metric rests, ascending: the present one and each at which points
 * or a criterion change, up to the lever's most; for an addend of the total also what the other one leaves
 * to a total. Throws a RangeError for a metric without a lever.
 */
export function whatIfStops(
  grader: Pick<Grader, 'core'>,
  files: GradingFiles,
  metrics: MetricsRow,
  metric: string,
): number[] {
  const { core } = grader;
  const lever = files['tier-ladder'].levers.find((one) => one.metric === metric);
  if (lever === undefined) throw new RangeError(`no lever moves ${metric}`);
  core.read(metrics);
  const registers = core.registers.slice();
  const valueOf = (name: string) => registers[core.file.of(name).slot]! || 0;
  const monthlySupplied = metrics.card_spend_month_avg_fen != null;
  const other = otherAddend(metric);
  const totals = other === null ? [] : totalsOf(files).map((total) => total - valueOf(other));
  const present = valueOf(metric);
  const stops = new Set([
    ...edgesOf(files, core, metric, registers, { monthlySupplied }),
    ...totals,
  ]);
  const kept = [...stops].filter((stop) => stop >= 0 && stop <= lever.max);
  return [...new Set([...kept, present])].sort((a, b) => a - b);
}
