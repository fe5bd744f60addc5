import type { PolicyFiles } from '@liyu/policy';
import type { Core, GradingFiles } from './compile-core.js';
import { compileCondition } from './condition.js';
import type { Registers } from './registers.js';
import { constantsOf } from './thresholds.js';
import { FALSE } from './truth.js';

export type Lever = PolicyFiles['tier-ladder']['levers'][number];

const TOTAL = 'aum_avg_3m_fen';
/** The two that add up to the total. */
const ADDENDS = ['deposit_avg_3m_fen', 'invest_avg_3m_fen'] as const;

/** Why a lever can't be moved for a customer; null when it can. */
export type Stuck = 'unknown' | 'barred' | 'left out' | null;

export function whyStuck(
  lever: Lever,
  { file }: Core,
  registers: Registers,
  leftOut: readonly string[] = [],
): Stuck {
  if (leftOut.includes(lever.metric)) return 'left out';
  if (Number.isNaN(registers[file.of(lever.metric).slot])) return 'unknown';
  const { barredWhen } = lever;
  // What is not known to be safe is not proposed.
  return barredWhen !== undefined && compileCondition(barredWhen, file)(registers) !== FALSE
    ? 'barred'
    : null;
}

/**
 * Values of a lever's metric at which something changes (tier-ladder `pathRule`): where a bin of a factor
 * begins, what a criterion compares it with, and for card spend the least that is above a third of the
 * limit. Sorted, none twice, whatever the present value.
 */
export function edgesOf(
  files: GradingFiles,
  { file }: Core,
  metric: string,
  registers: Registers,
  { monthlySupplied }: { monthlySupplied: boolean },
): number[] {
  const edges = new Set<number>();
  for (const factor of files.scorecard.factors) {
    if (factor.metric !== metric) continue;
    for (const bin of factor.bins) if ('lo' in bin) edges.add(bin.lo);
  }
  for (const { criterion } of files['tier-ladder'].rungs) {
    for (const constant of constantsOf(criterion, metric)) edges.add(constant);
  }
  if (metric === 'card_spend_12m_fen' && !monthlySupplied) {
    const limit = registers[file.of('card_limit_fen').slot]!;
    if (!Number.isNaN(limit)) edges.add(12 * (Math.floor(limit / 3) + 1));
  }
  return [...edges].sort((a, b) => a - b);
}

/** Totals that a criterion asks for. */
export function totalsOf(files: GradingFiles): number[] {
  const { rungs } = files['tier-ladder'];
  return [...new Set(rungs.flatMap(({ criterion }) => constantsOf(criterion, TOTAL)))];
}

/** The other addend of the total; null for a metric that is none. */
export function otherAddend(metric: string): string | null {
  if (metric === ADDENDS[0]) return ADDENDS[1];
  return metric === ADDENDS[1] ? ADDENDS[0] : null;
}

/** What is to be spent for a metric to rise from one value to another. */
export function costOf({ step, costPerStep }: Lever, from: number, to: number): number {
  return Math.ceil((to - from) / step) * costPerStep;
}
