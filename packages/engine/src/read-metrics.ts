import type { PolicyFiles } from '@liyu/policy';
import { checkMetrics } from './check-metrics.js';
import type { MetricFault } from './check-metrics.js';
import { readMetricsOf } from './own-places.js';
import type { Register, RegisterFile, Registers } from './registers.js';

/** A customer's metrics by the names of metrics.json; a left-out one is unknown. `id` names the customer. */
export type MetricsRow = Readonly<Record<string, unknown>>;

/** Metrics that can't be graded: every value at fault, with the rule of data-quality.json it breaks. */
export class MetricsError extends Error {
  override readonly name = 'MetricsError';

  constructor(
    /** The customer, where the row says. */
    readonly id: string | null,
    readonly faults: readonly MetricFault[],
  ) {
    const list = faults.map(({ field, message }) => `${field}: ${message}`).join('; ');
    super(`${id === null ? '' : `customer ${id}: `}${list}`);
  }
}

/** Highest age in years, and highest number (DQ2, exprRule). */
export const OLDEST = 120;
const MOST = Number.MAX_SAFE_INTEGER;

/**
 * Fills registers from a row: stages 1 and 2 of metrics.json `evaluationStages` (nullMeans, the total of
 * deposits and investments, the monthly card spend). Throws a MetricsError for a row that breaks DQ2 or
 * DQ3. The check by name, which words the faults, runs only for a row that looks wrong.
 */
export function compileReadMetrics(
  metrics: PolicyFiles['metrics'],
  file: RegisterFile,
): (row: MetricsRow, registers: Registers) => void {
  const readers = metrics.metrics
    .filter(({ derived }) => derived === undefined)
    .map(({ id, unit }): Reader => {
      const { name, slot, type, values } = file.of(id);
      return { name, slot, type, values, most: unit === 'years' ? OLDEST : MOST };
    });
  const names = readers.map(({ name }) => name);
  const known = new Set([...names, 'id']);
  const values: unknown[] = readers.map(() => undefined);
  const nothingKnown = file.fresh();
  for (const { id, nullMeans } of metrics.metrics) {
    if (nullMeans !== undefined) nothingKnown[file.of(id).slot] = Number(nullMeans);
  }
  const settle = compileTotals(file);
  const isConsistent = compileConsistency(file);

  return (row, registers) => {
    readMetricsOf(row, names, values);
    registers.set(nothingKnown);
    let isPlain = true;
    let present = row.id === undefined ? 0 : 1;
    for (let i = 0; i < readers.length; i++) {
      const value = values[i];
      if (value !== undefined) present += 1;
      if (value === null || value === undefined) continue;
      const reader = readers[i]!;
      const code = codeOf(reader, value);
      if (code < 0) isPlain = false;
      registers[reader.slot] = code;
    }
    // More than was read: perhaps a key that no metric has, or a total of the core system, which DQ3 reads.
    if (countKeys(row) !== present) for (const key in row) if (!known.has(key)) isPlain = false;
    settle(registers);
    if (!isPlain || !isConsistent(registers)) {
      const faults = checkMetrics(metrics, row);
      if (faults.length > 0) {
        throw new MetricsError(typeof row.id === 'string' ? row.id : null, faults);
      }
    }
  };
}

/** Own and inherited, as a key is read. */
function countKeys(row: MetricsRow): number {
  let count = 0;
  for (const _key in row) count += 1;
  return count;
}

interface Reader extends Register {
  /** Greatest value of a number. */
  most: number;
}

/** What a register holds for a value; -1 for one that the metric can't have. */
function codeOf({ type, values, most }: Reader, value: unknown): number {
  if (typeof value === 'number') {
    return type === 'int' && value >= 0 && value <= most && Math.floor(value) === value
      ? value
      : -1;
  }
  if (typeof value === 'boolean') return type === 'bool' ? Number(value) : -1;
  return type === 'enum' ? values.indexOf(value as string) : -1;
}

/** Sets what metrics.json derives: the total, null when both are; the twelfth of a year's card spend. */
export function compileTotals(file: RegisterFile): (registers: Registers) => void {
  const { slot: total } = file.of('aum_avg_3m_fen');
  const { slot: deposits } = file.of('deposit_avg_3m_fen');
  const { slot: invested } = file.of('invest_avg_3m_fen');
  const { slot: monthly } = file.of('card_spend_month_avg_fen');
  const { slot: yearly } = file.of('card_spend_12m_fen');
  return (registers) => {
    const a = registers[deposits]!;
    const b = registers[invested]!;
    registers[total] = Number.isNaN(a) ? b : Number.isNaN(b) ? a : a + b;
    if (Number.isNaN(registers[monthly])) registers[monthly] = Math.floor(registers[yearly]! / 12);
  };
}

/** DQ3, but for a supplied total, and the bound of 2^53 on the computed one. */
function compileConsistency(file: RegisterFile): (registers: Registers) => boolean {
  const { slot: run } = file.of('overdue_max_run_24m');
  const { slot: months } = file.of('overdue_months_24m');
  const { slot: spend } = file.of('card_spend_12m_fen');
  const { slot: limit } = file.of('card_limit_fen');
  const { slot: total } = file.of('aum_avg_3m_fen');
  return (registers) =>
    !(registers[run]! > registers[months]!) &&
    !(registers[spend]! > 0 && registers[limit] === 0) &&
    !(registers[total]! > Number.MAX_SAFE_INTEGER);
}
