import type { Core } from '../compile-core.js';
import { MetricsError } from '../read-metrics.js';
import type { MetricsRow } from '../read-metrics.js';
import type { MetricFault } from '../check-metrics.js';
import { unknownIn } from './metric-column.js';
import type { Columns, MetricColumn } from './metric-column.js';

export interface ColumnsOfRows {
  columns: Columns;
  /** Place among the rows of each customer of the columns. */
  places: Uint32Array;
  /** Rows that can't be graded, which the columns leave out. */
  refused: { place: number; id: string | null; faults: readonly MetricFault[] }[];
}

/** Rows as columns for `gradeColumns`; every bad row is told with its customer and metrics, and left out. */
export function toColumns({ core }: { core: Core }, rows: readonly MetricsRow[]): ColumnsOfRows {
  const { registers } = core;
  const supplied = core.supplied.map((name) => core.file.of(name));
  const columns = supplied.map(() => new Float64Array(rows.length));
  const places = new Uint32Array(rows.length);
  const refused: ColumnsOfRows['refused'] = [];
  let length = 0;
  rows.forEach((row, place) => {
    try {
      core.read(row);
    } catch (error) {
      if (!(error instanceof MetricsError)) throw error;
      refused.push({ place, id: error.id, faults: error.faults });
      return;
    }
    places[length] = place;
    supplied.forEach(({ slot }, n) => {
      columns[n]![length] = registers[slot]!;
    });
    length += 1;
  });
  return {
    columns: Object.fromEntries(
      supplied.map(({ name }, n) => [name, narrowed(columns[n]!.subarray(0, length))]),
    ),
    places: places.slice(0, length),
    refused,
  };
}

/** As bytes or words where all values fit, else a copy. */
function narrowed(column: Float64Array): MetricColumn {
  let most = 0;
  for (const value of column) if (value > most) most = value;
  for (const Kind of [Uint8Array, Uint16Array]) {
    const narrow = new Kind(column.length);
    const unknown = unknownIn(narrow);
    if (most >= unknown) continue;
    for (let i = 0; i < column.length; i++) {
      narrow[i] = Number.isNaN(column[i]) ? unknown : column[i]!;
    }
    return narrow;
  }
  return column.slice();
}
