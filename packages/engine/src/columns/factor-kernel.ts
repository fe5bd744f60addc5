import type { CompiledFactor, Factor } from '../compile-core.js';
import { TRUE } from '../truth.js';
import { CHUNK } from './column-graph.js';
import type { ColumnGraph } from './column-graph.js';

/** Edges that are compared without a loop; a factor with more goes through them one by one. */
const UNROLLED = 4;

/** Points of a factor for every customer of the chunk. */
export type FactorKernel = () => Uint8Array;

export function factorKernel(
  factor: Factor,
  { slot, points }: CompiledFactor,
  graph: ColumnGraph,
): FactorKernel {
  const out = new Uint8Array(CHUNK);
  const [missing = 0, ...byBin] = points;
  const { bins, treatAsMissingWhen } = factor;
  const fill = bins.every((bin) => 'lo' in bin)
    ? byRange(
        bins.slice(1).map((bin) => ('lo' in bin ? bin.lo : NaN)),
        Uint8Array.from(byBin),
        missing,
      )
    : byCode(codes(factor, graph), missing);
  const isMissing = treatAsMissingWhen === undefined ? null : graph.condition(treatAsMissingWhen);
  return () => {
    fill(graph.columns[slot]!, out, graph.count);
    if (isMissing !== null) {
      const truth = isMissing.read();
      for (let i = 0; i < graph.count; i++) if (truth[i] === TRUE) out[i] = missing;
    }
    return out;
  };
}

type Fill = (column: Float64Array, out: Uint8Array, count: number) => void;

/** The bin is the number of edges that a value has reached; NaN reaches none. */
function byRange(edges: readonly number[], byBin: Uint8Array, missing: number): Fill {
  if (edges.length > UNROLLED) {
    return (column, out, count) => {
      for (let i = 0; i < count; i++) {
        const value = column[i]!;
        let bin = 0;
        for (const edge of edges) if (value >= edge) bin += 1;
        out[i] = value === value ? byBin[bin]! : missing;
      }
    };
  }
  const [a = Infinity, b = Infinity, c = Infinity, d = Infinity] = edges;
  // The last place is for what is unknown: no branch, whatever the values.
  const table = Uint8Array.from({ length: UNROLLED + 2 }, (_, bin) => byBin[bin] ?? missing);
  table[UNROLLED + 1] = missing;
  return (column, out, count) => fillByRange(column, out, count, table, a, b, c, d);
}

function fillByRange(
  column: Float64Array,
  out: Uint8Array,
  count: number,
  table: Uint8Array,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  for (let i = 0; i < count; i++) {
    const value = column[i]!;
    const bin = Number(value >= a) + Number(value >= b) + Number(value >= c) + Number(value >= d);
    out[i] = table[bin + Number(value !== value) * (UNROLLED + 1)]!;
  }
}

function byCode(byCodes: Uint8Array, missing: number): Fill {
  return (column, out, count) => {
    for (let i = 0; i < count; i++) {
      const code = column[i]!;
      out[i] = code === code ? byCodes[code]! : missing;
    }
  };
}

/** Points by code of a flag or an enumeration. */
function codes({ bins, id, metric }: Factor, graph: ColumnGraph): Uint8Array {
  const { type, values } = graph.register(metric);
  const all: (boolean | string)[] = type === 'bool' ? [false, true] : [...values];
  return Uint8Array.from(all, (value) => {
    const bin = bins.find((one) => 'eq' in one && one.eq === value);
    if (bin === undefined) throw new RangeError(`${id}: ${String(value)} of ${metric} fits no bin`);
    return bin.points;
  });
}
