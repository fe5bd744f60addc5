import type { PolicyFiles } from '@liyu/policy';
import { checkMetrics } from './check-metrics.js';
import type { MetricFault } from './check-metrics.js';
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

/** Highest age in years (DQ2). */
const OLDEST = 120;

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
    .map(({ id, unit, nullMeans }) => {
      const register = file.of(id);
      const unknown = nullMeans === undefined ? NaN : Number(nullMeans);
      return { id, slot: register.slot, unknown, codeOf: codeOf(register, unit) };
    });
  const settle = compileTotals(file);
  const isConsistent = compileConsistency(file);

  return (row, registers) => {
    let left = 0;
    for (const key in row) if (key !== 'id') left += 1;
    let isPlain = true;
    for (const { id, slot, unknown, codeOf } of readers) {
      const value = row[id];
      if (value !== undefined) left -= 1;
      if (value === undefined || value === null) {
        registers[slot] = unknown;
      } else {
        const code = codeOf(value);
        if (code < 0) isPlain = false;
        registers[slot] = code;
      }
    }
    settle(registers);
    // What is left over is a key that no metric has, or a total of the core system, which DQ3 reads.
    if (left !== 0 || !isPlain || !isConsistent(registers)) {
      const faults = checkMetrics(metrics, row);
      if (faults.length > 0) {
        throw new MetricsError(typeof row.id === 'string' ? row.id : null, faults);
      }
    }
  };
}

/** What a register holds for a value; -1 for one that the metric can't have. */
function codeOf({ type, values }: Register, unit: string): (value: unknown) => number {
  if (type === 'bool') return (value) => (value === true ? 1 : value === false ? 0 : -1);
  if (type === 'enum') return (value) => values.indexOf(value as string);
  const most = unit === 'years' ? OLDEST : Number.MAX_SAFE_INTEGER;
  return (value) =>
    typeof value === 'number' && value >= 0 && value <= most && Number.isInteger(value)
      ? value
      : -1;
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
