import type { PolicyFiles } from '../files.js';
import { rangeFaults } from './ranges.js';
import type { Kind } from './vocabulary.js';

type Factor = PolicyFiles['scorecard']['factors'][number];
type Bin = Factor['bins'][number];
type RangeBin = Extract<Bin, { lo: number }>;
type ValueBin = Exclude<Bin, RangeBin>;

/** What is wrong with the bins of a factor on a metric of that kind. */
export function binFaults(factor: Factor, kind: Kind): string[] {
  const { bins, max, missingPoints } = factor;
  const ranges = bins.filter((bin): bin is RangeBin => 'lo' in bin);
  const values = bins.filter((bin): bin is ValueBin => 'eq' in bin);
  const faults: string[] = [];
  if (ranges.length > 0 && values.length > 0) faults.push('mixes bins of ranges and of values');
  else if (kind === 'int' && values.length > 0)
    faults.push(`${factor.metric} takes bins of ranges`);
  else if (kind !== 'int' && ranges.length > 0)
    faults.push(`${factor.metric} takes bins of values`);
  else if (kind === 'int') faults.push(...rangeFaults(ranges, 'bin', 0), ...turns(factor, ranges));
  else faults.push(...valueFaults(factor, values, kind));

  for (const { points } of bins) if (points > max) faults.push(`a bin gives ${points} of ${max}`);
  if (missingPoints > max) faults.push(`missingPoints gives ${missingPoints} of ${max}`);
  const best = Math.max(...bins.map(({ points }) => points));
  if (best < max) faults.push(`the best bin gives ${best} of ${max}: nobody can earn max`);
  return faults;
}

/** Points that go against the way the factor declares. */
function turns({ monotone }: Factor, bins: readonly RangeBin[]): string[] {
  return bins.slice(1).flatMap((bin, place) => {
    const before = bins[place]!;
    const rise = bin.points - before.points;
    if (rise === 0 || rise > 0 === (monotone === 'up')) return [];
    return [
      `declared ${monotone}, but points go from ${before.points} to ${bin.points} at ${bin.lo}`,
    ];
  });
}

function valueFaults(factor: Factor, bins: readonly ValueBin[], kind: Kind): string[] {
  const { metric, monotone } = factor;
  const possible: readonly (string | boolean)[] = Array.isArray(kind) ? kind : [true, false];
  const faults: string[] = [];
  for (const value of possible) {
    const count = bins.filter(({ eq }) => eq === value).length;
    if (count === 0) faults.push(`the value ${value} of ${metric} has no bin`);
    if (count > 1) faults.push(`the value ${value} of ${metric} has ${count} bins`);
  }
  for (const { eq } of bins) {
    if (!possible.includes(eq)) faults.push(`a bin for ${eq}, which ${metric} can't be`);
  }
  // The values of an enumeration have no order of their own: A, B, C stand best first.
  const points = (flag: boolean) => bins.find(({ eq }) => eq === flag)?.points ?? 0;
  const rise = points(true) - points(false);
  if (kind === 'bool' && rise !== 0 && rise > 0 !== (monotone === 'up'))
    faults.push(`declared ${monotone}, but false gives ${points(false)} and true ${points(true)}`);
  return faults;
}
