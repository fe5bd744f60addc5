import type { PolicyFiles } from '@liyu/policy';
import { checkMetrics } from '../check-metrics.js';
import { MetricsError, OLDEST } from '../read-metrics.js';
import { decode } from '../registers.js';
import type { RegisterFile, Value } from '../registers.js';
import { unknownIn } from './metric-column.js';
import type { Columns, NarrowColumn } from './metric-column.js';

const KINDS = [Float64Array, Uint8Array, Uint16Array];

/** How many customers the columns hold. Throws a RangeError for a column that no metric has or that is longer. */
export function lengthOf(columns: Columns, metrics: PolicyFiles['metrics']): number {
  const supplied = new Set(
    metrics.metrics.filter(({ derived }) => derived === undefined).map(({ id }) => id),
  );
  let length: number | null = null;
  for (const [name, column] of Object.entries(columns)) {
    if (!supplied.has(name)) throw new RangeError(`column ${name}: no such metric`);
    if (!KINDS.some((kind) => column instanceof kind)) {
      throw new RangeError(`column ${name}: no Float64Array, Uint8Array or Uint16Array`);
    }
    if (length !== null && column.length !== length) {
      throw new RangeError(`column ${name}: ${column.length} values beside ${length}`);
    }
    length = column.length;
  }
  return length ?? 0;
}

/** What a column of a metric may hold. */
export interface Highest {
  id: string;
  slot: number;
  /** The highest number that the metric can have. */
  most: number;
}

export function highestOf(metrics: PolicyFiles['metrics'], file: RegisterFile): Highest[] {
  return metrics.metrics.map(({ id, unit }) => {
    const { slot, type, values } = file.of(id);
    if (type === 'bool') return { id, slot, most: 1 };
    if (type === 'enum') return { id, slot, most: values.length - 1 };
    return { id, slot, most: unit === 'years' ? OLDEST : Number.MAX_SAFE_INTEGER };
  });
}

/**
 * Whether every value of these customers is unknown or one that its metric can have, in one pass a column; but
 * columns in `lookedUp` slots tell by OUTSIDE.
 */
export function areWithin(
  columns: Columns,
  from: number,
  count: number,
  highest: readonly Highest[],
  lookedUp: ReadonlySet<number>,
): boolean {
  return highest.every(({ id, slot, most }) => {
    const column = columns[id];
    if (column === undefined) return true;
    if (lookedUp.has(slot) && !(column instanceof Uint16Array)) return true;
    if (column instanceof Float64Array) return isWithin(column, from, from + count, most);
    const unknown = unknownIn(column);
    if (most >= unknown - 1) return true;
    return isNarrowWithin(column, from, from + count, most, unknown);
  });
}

// Loops of their own, so that each is compiled for the kind of column it sees.

function isWithin(column: Float64Array, from: number, to: number, most: number): boolean {
  let bad = 0;
  const half = most / 2;
  for (let i = from; i < to; i++) {
    bad |= outsideOf(column[i]!, half);
  }
  return bad === 0;
}

/** 1 for what is neither unknown nor a whole number from 0 to twice `half`, without a branch. */
export function outsideOf(value: number, half: number): number {
  // Neither holds for NaN. The first is exact for whole numbers.
  return Number(Math.abs(value - half) > half) | Number(Math.floor(value) < value);
}

function isNarrowWithin(
  column: NarrowColumn,
  from: number,
  to: number,
  most: number,
  unknown: number,
): boolean {
  let bad = 0;
  for (let i = from; i < to; i++) {
    const value = column[i]!;
    bad |= Number(value > most) & Number(value < unknown);
  }
  return bad === 0;
}

/** The first of these customers at fault by place, `#7`, with everything that is wrong there, worded as for a row. */
export function faultsAmong(
  columns: Columns,
  from: number,
  count: number,
  metrics: PolicyFiles['metrics'],
  file: RegisterFile,
): MetricsError {
  for (let place = from; place < from + count; place++) {
    const faults = checkMetrics(metrics, rowAt(columns, place, file));
    if (faults.length > 0) return new MetricsError(`#${place}`, faults);
  }
  throw new RangeError('no customer is at fault');
}

function rowAt(columns: Columns, place: number, file: RegisterFile): Record<string, Value> {
  const row: Record<string, Value> = {};
  for (const [name, column] of Object.entries(columns)) {
    const register = file.of(name);
    const value = column[place]!;
    const isUnknown = !(column instanceof Float64Array) && value === unknownIn(column);
    const code = isUnknown ? NaN : value;
    const isCoded = register.type === 'int' || code === 0 || code === 1 || code in register.values;
    // What is no code is shown as it is, and then is no flag and no value of the list.
    row[name] = isCoded || Number.isNaN(code) ? decode(register, code) : code;
  }
  return row;
}
