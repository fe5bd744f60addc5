import type { Core, GradingFiles } from './compile-core.js';
import type { BandedFactor, FactorTable } from './factor-table.js';
import { compact, compileFillInputs, compileFillPoints, emptyInputs } from './own-places.js';
import { decode } from './registers.js';
import type { Value } from './registers.js';
import { placeOfRank, ranksOf, reasonOrder } from './reason-ranks.js';
import { filledInMetrics } from './read-metrics.js';
import { requiredMetrics } from './required-metrics.js';

/** What a grade says of the customer in hand; `values` are what the row says. */
export interface GradeTeller {
  points: () => Record<string, number>;
  bins: () => number[];
  reasons: (isNeutral: boolean) => string[];
  inputs: (values: Value[]) => Record<string, Value>;
  missing: () => string[];
}

export function compileGradeTeller(
  files: GradingFiles,
  { file, registers, factors, supplied }: Core,
  banded: readonly BandedFactor[],
  { bins: binOf, points: pointsOf, factorOf }: FactorTable,
  /** By factor: the cell that the customer in hand is in. */
  cells: Int32Array,
): GradeTeller {
  const factorIds = factors.map(({ id }) => id);
  const noPoints = compact(factorIds, 0);
  const fillPoints = compileFillPoints(factorIds, pointsOf, cells);
  const noBins = factors.map(() => 0);
  const order = reasonOrder(factors);
  const ranks = Int32Array.from(banded.flatMap((one) => ranksOf(one, order)));
  const neutralRanks = ranks.map((rank, cell) => (factors[factorOf[cell]!]!.isKept ? rank : 0));
  const byMost = [...factors.keys()].sort((a, b) => factors[b]!.max - factors[a]!.max);

  const told = [...files.metrics.metrics, ...files.scorecard.derived].map(({ id }) => file.of(id));
  const noInputs = emptyInputs(told.map(({ name }) => name));
  const computed = told.filter(({ name }) => !supplied.includes(name));
  const valueNames = [...supplied, ...computed.map(({ name }) => name)].map(
    (name) => file.of(name).name,
  );
  const fillInputs = compileFillInputs(valueNames);
  const filledIn = filledInMetrics(files.metrics).map((name) => {
    return { register: file.of(name), place: supplied.indexOf(name) };
  });
  const required = requiredMetrics(files);
  const requiredSlots = required.map((name) => file.of(name).slot);

  return {
    points: () => fillPoints({ ...noPoints }),
    bins: () => {
      const bins = noBins.slice();
      for (let n = 0; n < bins.length; n++) bins[n] = binOf[cells[n]!]!;
      return bins;
    },
    reasons: (isNeutral) => reasonsOf(isNeutral ? neutralRanks : ranks, cells, order, byMost),
    inputs: (values) => {
      for (const { register, place } of filledIn) {
        values[place] ??= decode(register, registers[register.slot]!);
      }
      for (let n = 0; n < computed.length; n++) {
        const register = computed[n]!;
        values[supplied.length + n] = decode(register, registers[register.slot]!);
      }
      return fillInputs({ ...noInputs }, values);
    },
    missing: () => {
      const missing: string[] = [];
      for (let n = 0; n < requiredSlots.length; n++) {
        if (Number.isNaN(registers[requiredSlots[n]!])) missing.push(required[n]!);
      }
      return missing;
    },
  };
}

/**
 * The ids of the four highest ranks: each rank sinks past those that are higher, without a branch. Factors that can
 * lose much come first: most of the others are then passed over, which the processor foresees.
 */
function reasonsOf(
  rankIn: Int32Array,
  cells: Int32Array,
  order: readonly string[],
  byMost: readonly number[],
): string[] {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (const factor of byMost) {
    let rank = rankIn[cells[factor]!]!;
    if (rank <= fourth) continue;
    let swap = (first ^ rank) & ((first - rank) >> 31);
    first ^= swap;
    rank ^= swap;
    swap = (second ^ rank) & ((second - rank) >> 31);
    second ^= swap;
    rank ^= swap;
    swap = (third ^ rank) & ((third - rank) >> 31);
    third ^= swap;
    rank ^= swap;
    fourth ^= (fourth ^ rank) & ((fourth - rank) >> 31);
  }
  if (fourth > 0) {
    return [
      order[placeOfRank(first)]!,
      order[placeOfRank(second)]!,
      order[placeOfRank(third)]!,
      order[placeOfRank(fourth)]!,
    ];
  }
  const reasons: string[] = [];
  for (const rank of [first, second, third, fourth]) {
    if (rank > 0) reasons.push(order[placeOfRank(rank)]!);
  }
  return reasons;
}
