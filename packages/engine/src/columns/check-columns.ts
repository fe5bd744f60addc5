import type { PolicyFiles } from '@liyu/policy';
import { checkMetrics } from '../check-metrics.js';
import { MetricsError, OLDEST } from '../read-metrics.js';
import { decode } from '../registers.js';
import type { RegisterFile, Value } from '../registers.js';

/**
 * Columns of metrics by their names, all of one length, coded as registers are: an integer as it is, a flag
 * as 1 or 0, a value of an enumeration as its place in the metric's `values`, NaN where unknown. A left-out
 * column is unknown for everyone.
 */
export type Columns = Readonly<Record<string, Float64Array>>;

/** How many customers the columns hold. Throws a RangeError for a column that no metric has or that is longer. */
export function lengthOf(columns: Columns, metrics: PolicyFiles['metrics']): number {
  const supplied = new Set(
    metrics.metrics.filter(({ derived }) => derived === undefined).map(({ id }) => id),
  );
  let length: number | null = null;
  for (const [name, column] of Object.entries(columns)) {
    if (!supplied.has(name)) throw new RangeError(`column ${name}: no such metric`);
    if (!(column instanceof Float64Array)) throw new RangeError(`column ${name}: no Float64Array`);
    if (length !== null && column.length !== length) {
      throw new RangeError(`column ${name}: ${column.length} values beside ${length}`);
    }
    length = column.length;
  }
  return length ?? 0;
}

/**
 * Refuses values that a metric can't have, in one pass a column over these customers: a MetricsError that names the first
 * customer at fault by place, `#7`, with everything that is wrong there.
 */
export function checkColumns(
  columns: Columns,
  from: number,
  count: number,
  metrics: PolicyFiles['metrics'],
  file: RegisterFile,
): void {
  for (const { id, unit } of metrics.metrics) {
    const column = columns[id];
    if (column === undefined) continue;
    const { type, values } = file.of(id);
    const most =
      type === 'bool'
        ? 1
        : type === 'enum'
          ? values.length - 1
          : unit === 'years'
            ? OLDEST
            : Number.MAX_SAFE_INTEGER;
    const place = firstOutside(column, from, from + count, most);
    if (place >= 0) throw faultsAt(columns, place, metrics, file);
  }
}

/** Place of the first value that is neither unknown nor a whole number from 0 to `most`; -1 without one. */
function firstOutside(column: Float64Array, from: number, to: number, most: number): number {
  let bad = 0;
  const half = most / 2;
  for (let i = from; i < to; i++) {
    const value = column[i]!;
    // Neither holds for NaN. The first is exact for whole numbers: below 0 or above `most`.
    bad |= Number(Math.abs(value - half) > half) | Number(Math.floor(value) < value);
  }
  if (bad === 0) return -1;
  return column.findIndex(
    (value, i) => i >= from && (value < 0 || value > most || Math.floor(value) < value),
  );
}

/** What is wrong with a customer of the columns, worded as for a row. */
export function faultsAt(
  columns: Columns,
  place: number,
  metrics: PolicyFiles['metrics'],
  file: RegisterFile,
): MetricsError {
  const row: Record<string, Value> = {};
  for (const [name, column] of Object.entries(columns)) {
    const register = file.of(name);
    const code = column[place]!;
    const isCoded = register.type === 'int' || code === 0 || code === 1 || code in register.values;
    // What is no code is shown as it is, and then is no flag and no value of the list.
    row[name] = isCoded || Number.isNaN(code) ? decode(register, code) : code;
  }
  return new MetricsError(`#${place}`, checkMetrics(metrics, row));
}
