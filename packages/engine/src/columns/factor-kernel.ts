import type { CompiledFactor, Factor } from '../compile-core.js';
import { TRUE } from '../truth.js';
import { CHUNK } from './column-graph.js';
import type { Column, ColumnGraph } from './column-graph.js';

/** Adds what a factor earns to the tally of every customer of the chunk, `weight` times. */
export interface FactorKernel {
  add: (tally: Int32Array, weight: number) => void;
  /** Its points alone. */
  tell: (points: Uint8Array) => void;
}

/** Where points change, and by how much: a value earns the sum of the steps up to it, unknown none. */
interface Steps {
  edges: readonly number[];
  steps: readonly number[];
}

export function factorKernel(
  factor: Factor,
  compiled: CompiledFactor,
  graph: ColumnGraph,
): FactorKernel {
  const { slot, points } = compiled;
  const missing = points[0]!;
  const { edges, steps } = stepsOf(compiled);
  const { treatAsMissingWhen } = factor;
  const exception = treatAsMissingWhen === undefined ? null : graph.condition(treatAsMissingWhen);
  const earned = new Int32Array(CHUNK);
  const run = (tally: Int32Array, weight: number) => {
    const column = graph.columns[slot]!;
    const { count } = graph;
    addConstant(tally, missing * weight, count);
    // Four edges a pass: nearly every factor has no more.
    for (let n = 0; n < edges.length; n += 4) {
      const at = (i: number) => edges[n + i] ?? Infinity;
      const by = (i: number) => (steps[n + i] ?? 0) * weight;
      if (n + 2 >= edges.length) addTwo(column, tally, count, at(0), at(1), by(0), by(1));
      else {
        addFour(column, tally, count, at(0), at(1), at(2), at(3), by(0), by(1), by(2), by(3));
      }
    }
  };
  const alone = () => {
    earned.fill(0);
    run(earned, 1);
    if (exception !== null) {
      const truth = exception.read();
      for (let i = 0; i < graph.count; i++) if (truth[i] === TRUE) earned[i] = missing;
    }
    return earned;
  };
  return {
    add: exception === null ? run : (tally, weight) => addAll(tally, alone(), weight, graph.count),
    tell: (out) => out.set(alone().subarray(0, graph.count)),
  };
}

/** The first step leads from missingPoints to the first bin, and is made by whatever is known. */
function stepsOf({ ends, places, points }: CompiledFactor): Steps {
  const byRange = places.map((place) => points[place + 1]!);
  const all = byRange.map((one, n) => ({
    edge: n === 0 ? 0 : ends[n - 1]!,
    step: one - (n === 0 ? points[0]! : byRange[n - 1]!),
  }));
  const real = all.filter(({ step }) => step !== 0);
  return { edges: real.map(({ edge }) => edge), steps: real.map(({ step }) => step) };
}

// No branch on values, which nobody can foresee: a comparison is a number to multiply by.

function addTwo(
  column: Column,
  tally: Int32Array,
  count: number,
  a: number,
  b: number,
  byA: number,
  byB: number,
): void {
  for (let i = 0; i < count; i++) {
    const value = column[i]!;
    tally[i] = tally[i]! + Number(value >= a) * byA + Number(value >= b) * byB;
  }
}

function addFour(
  column: Column,
  tally: Int32Array,
  count: number,
  a: number,
  b: number,
  c: number,
  d: number,
  byA: number,
  byB: number,
  byC: number,
  byD: number,
): void {
  for (let i = 0; i < count; i++) {
    const value = column[i]!;
    const low = Number(value >= a) * byA + Number(value >= b) * byB;
    tally[i] = tally[i]! + low + Number(value >= c) * byC + Number(value >= d) * byD;
  }
}

function addConstant(tally: Int32Array, constant: number, count: number): void {
  if (constant !== 0) for (let i = 0; i < count; i++) tally[i] = tally[i]! + constant;
}

function addAll(tally: Int32Array, points: Int32Array, weight: number, count: number): void {
  for (let i = 0; i < count; i++) tally[i] = tally[i]! + points[i]! * weight;
}
