import type { Expression } from '@liyu/policy';
import { variablesOf } from '@liyu/policy';
import type { Core, GradingFiles } from './compile-core.js';

/** More than any threshold, and small enough for sums and products to stay exact. */
const VERY_MUCH = 2 ** 44;
const OLDEST = 120;

/**
 * Gives, for names of metrics and derived values, the values that tell all their others: unknown, 0,
 * around each constant that one is compared with in `criteria`, a knock-out or a treatAsMissingWhen,
 * where each bin begins, and very much. Where the total of deposits and investments is compared,
 * investments also fill it up from each value of the deposits.
 */
export function tellingValues(
  files: GradingFiles,
  core: Core,
  criteria: readonly Expression[],
): (names: readonly string[]) => number[][] {
  const { factors, knockouts } = files.scorecard;
  const read = [
    ...criteria,
    ...knockouts.map(({ when }) => when),
    ...factors.flatMap(({ treatAsMissingWhen: when }) => (when === undefined ? [] : [when])),
  ];
  const metrics = new Map(files.metrics.metrics.map((metric) => [metric.id, metric]));
  const around = (name: string) =>
    read
      .flatMap((expression) => comparedWith(expression, name))
      .flatMap((constant) => [constant - 1, constant, constant + 1]);
  const totals = around('aum_avg_3m_fen');

  const numbers = (name: string): number[] => {
    const starts = factors
      .filter(({ metric }) => metric === name)
      .flatMap(({ bins }) => bins.flatMap((bin) => ('lo' in bin ? [bin.lo] : [])));
    const own = [0, VERY_MUCH, ...starts, ...around(name)];
    if (name === 'deposit_avg_3m_fen') return [...own, ...totals];
    if (name !== 'invest_avg_3m_fen' || totals.length === 0) return own;
    const rest = numbers('deposit_avg_3m_fen').flatMap((held) => totals.map((all) => all - held));
    return [...own, ...totals, ...rest];
  };
  const valuesOf = (name: string): number[] => {
    const { type, values } = core.file.of(name);
    const metric = metrics.get(name);
    if (type === 'bool') return metric?.nullMeans === undefined ? [NaN, 0, 1] : [0, 1];
    if (type === 'enum') return [NaN, ...values.keys()];
    const most = metric?.unit === 'years' ? OLDEST : VERY_MUCH;
    const inReach = numbers(name).filter((value) => value >= 0 && value <= most);
    return [...new Set([NaN, most, ...inReach])];
  };
  return (names) => names.map(valuesOf);
}

/** Constants that decide a comparison of a name, or of a product that it is in. */
function comparedWith(expression: Expression, name: string): number[] {
  if (typeof expression !== 'object' || 'var' in expression) return [];
  const args = expression.args ?? [];
  const here = args.flatMap((arg) => {
    const factor = factorOf(arg, name);
    if (factor === null || expression.op === 'mul') return [];
    return args.flatMap((other) => (typeof other === 'number' ? [Math.floor(other / factor)] : []));
  });
  return [...here, ...args.flatMap((arg) => comparedWith(arg, name))];
}

/** 1 for the name itself, the constants of a product that it is in; null where it doesn't stand. */
function factorOf(expression: Expression, name: string): number | null {
  if (typeof expression !== 'object') return null;
  if ('var' in expression) return expression.var === name ? 1 : null;
  if (expression.op !== 'mul' || !variablesOf(expression).includes(name)) return null;
  const constants = (expression.args ?? []).filter((arg) => typeof arg === 'number');
  return constants.reduce((product, one) => product * one, 1) || null;
}
