import type { PolicyFiles } from '@liyu/policy';
import { checkMetrics } from './check-metrics.js';
import type { MetricFault } from './check-metrics.js';
import { compileReadValues } from './own-places.js';
import type { RegisterFile, Registers, Value } from './registers.js';

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
 * Fills the registers from a row: stages 1 and 2 of metrics.json `evaluationStages` (nullMeans, the total of
 * deposits and investments, the monthly card spend). Gives what the row says of each metric that may be
 * supplied, in the order of `supplied`, null where it says nothing. Throws a MetricsError for a row that
 * breaks DQ2 or DQ3.
 */
export type ReadMetrics = (row: MetricsRow) => Value[];

export function compileReadMetrics(
  metrics: PolicyFiles['metrics'],
  file: RegisterFile,
  /** Numbers first, then flags, then texts. */
  supplied: readonly string[],
  registers: Registers,
): ReadMetrics {
  const readers = supplied.map((id) => file.of(id));
  const names = readers.map(({ name }) => name);
  const readValues = compileReadValues(names);
  const known = new Set([...names, 'id']);
  const slots = Int32Array.from(readers, ({ slot }) => slot);
  const firstFlag = readers.filter(({ type }) => type === 'int').length;
  const firstText = readers.filter(({ type }) => type !== 'enum').length;
  const codesOf = readers.map(({ values }) => values);
  const years = metrics.metrics
    .filter(({ unit }) => unit === 'years')
    .map(({ id }) => file.of(id).slot);
  const unknown = file.fresh();
  for (const { id, nullMeans } of metrics.metrics) {
    if (nullMeans !== undefined) unknown[file.of(id).slot] = Number(nullMeans);
  }
  // Registers that no row fills come behind the metrics.
  const firstOther = metrics.metrics.length;
  const settle = compileTotals(file);
  const isConsistent = compileConsistency(file);

  // The check by name, which words the faults, runs only for a row that looks wrong.
  return (row) => {
    const values = readValues(row);
    for (let other = firstOther; other < registers.length; other++) registers[other] = NaN;
    let isPlain = true;
    let absent = 0;
    let n = 0;
    for (; n < firstFlag; n++) {
      const value = values[n];
      const slot = slots[n]!;
      if (typeof value === 'number') {
        if (!(value >= 0 && value <= MOST && Math.floor(value) === value)) isPlain = false;
        registers[slot] = value;
      } else {
        if (value === undefined) absent += 1;
        else if (value !== null) isPlain = false;
        values[n] = null;
        registers[slot] = unknown[slot]!;
      }
    }
    for (; n < firstText; n++) {
      const value = values[n];
      const slot = slots[n]!;
      if (typeof value === 'boolean') registers[slot] = value ? 1 : 0;
      else {
        if (value === undefined) absent += 1;
        else if (value !== null) isPlain = false;
        values[n] = null;
        registers[slot] = unknown[slot]!;
      }
    }
    for (; n < slots.length; n++) {
      const value = values[n];
      const codes = codesOf[n]!;
      const slot = slots[n]!;
      if (typeof value === 'string') {
        let code = 0;
        while (code < codes.length && codes[code] !== value) code += 1;
        if (code === codes.length) isPlain = false;
        registers[slot] = code;
      } else {
        if (value === undefined) absent += 1;
        else if (value !== null) isPlain = false;
        values[n] = null;
        registers[slot] = unknown[slot]!;
      }
    }
    for (const slot of years) if (registers[slot]! > OLDEST) isPlain = false;
    // More than was read: perhaps a key that no metric has, or a total of the core system, which DQ3 reads.
    const present = names.length - absent + (row.id === undefined ? 0 : 1);
    if (countKeys(row) !== present) for (const key in row) if (!known.has(key)) isPlain = false;
    settle(registers);
    if (!isPlain || !isConsistent(registers)) {
      const faults = checkMetrics(metrics, row);
      if (faults.length > 0) {
        throw new MetricsError(typeof row.id === 'string' ? row.id : null, faults);
      }
    }
    return values as Value[];
  };
}

/** Own and inherited, as a key is read. */
function countKeys(row: MetricsRow): number {
  let count = 0;
  for (const _key in row) count += 1;
  return count;
}

/** Metrics that a register may know though the row doesn't: by nullMeans or compileTotals. */
export function filledInMetrics({ metrics }: PolicyFiles['metrics']): string[] {
  const byDefault = metrics.filter(({ nullMeans }) => nullMeans !== undefined).map(({ id }) => id);
  return [...byDefault, 'card_spend_month_avg_fen'];
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
