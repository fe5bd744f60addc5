import type { PolicyFiles } from '@liyu/policy';
import type { Value } from './registers.js';

type Values = Readonly<Record<string, Value>>;

export interface MetricFault {
  /** The metric, or `id`. */
  field: string;
  rule: 'DQ2' | 'DQ3';
  message: string;
}

/**
 * Why a row can't be graded (data-quality.json): DQ2, a value outside what its metric can be; DQ3,
 * values that contradict each other. Null and left-out metrics are unknown, never at fault.
 */
export function checkMetrics(
  metrics: PolicyFiles['metrics'],
  row: Readonly<Record<string, unknown>>,
): MetricFault[] {
  const faults: MetricFault[] = [];
  const byId = new Map(metrics.metrics.map((metric) => [metric.id, metric]));
  for (const [field, value] of Object.entries(row)) {
    if (field === 'id') continue;
    const metric = byId.get(field);
    const message = metric === undefined ? 'no such metric' : validity(metric, value);
    if (message !== null) faults.push({ field, rule: 'DQ2', message });
  }
  if (faults.length === 0) faults.push(...contradictions(row as Values));
  return faults;
}

type Metric = PolicyFiles['metrics']['metrics'][number];

function validity(metric: Metric, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (metric.type === 'bool') return typeof value === 'boolean' ? null : 'must be true or false';
  if (metric.type === 'enum') {
    const allowed = metric.values ?? [];
    return allowed.includes(value as string) ? null : `must be one of ${allowed.join(', ')}`;
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'must be an integer';
  if (value < 0) return 'must not be negative';
  if (!Number.isSafeInteger(value)) return 'must be below 2^53';
  if (metric.unit === 'years' && value > 120) return 'must be 120 or less';
  return null;
}

function contradictions(row: Values): MetricFault[] {
  const faults: MetricFault[] = [];
  const deposits = row.deposit_avg_3m_fen;
  const invested = row.invest_avg_3m_fen;
  if (
    typeof deposits === 'number' &&
    typeof invested === 'number' &&
    deposits + invested > Number.MAX_SAFE_INTEGER
  ) {
    faults.push({
      field: 'aum_avg_3m_fen',
      rule: 'DQ2',
      message: 'the total of deposits and investments must be below 2^53',
    });
  }
  const above = (a: string, b: string) => {
    const [left, right] = [row[a], row[b]];
    return typeof left === 'number' && typeof right === 'number' && left > right;
  };
  if (above('deposit_avg_3m_fen', 'aum_avg_3m_fen')) {
    faults.push({
      field: 'aum_avg_3m_fen',
      rule: 'DQ3',
      message: 'assets: below deposit_avg_3m_fen',
    });
  }
  if (above('overdue_max_run_24m', 'overdue_months_24m')) {
    faults.push({
      field: 'overdue_max_run_24m',
      rule: 'DQ3',
      message: 'credit: above overdue_months_24m',
    });
  }
  const spend = row.card_spend_12m_fen;
  if (typeof spend === 'number' && spend > 0 && row.card_limit_fen === 0) {
    faults.push({
      field: 'card_spend_12m_fen',
      rule: 'DQ3',
      message: 'activity: spend with a card_limit_fen of 0',
    });
  }
  return faults;
}
