import type { PolicyFiles } from '@liyu/policy';
import type { MetricFault } from '../check-metrics.js';
import { jsonConstant, quote, textConstant } from './sql-text.js';

type Metric = PolicyFiles['metrics']['metrics'][number];
type Case = readonly [when: string, fault: MetricFault];

const MOST = String(Number.MAX_SAFE_INTEGER);
/** Highest age in years (DQ2). */
const OLDEST = 120;

/**
 * The faults of a row as a JSON array, null when there is none: the twin of checkMetrics, its messages
 * included, for a row whose keys stand in the order of metrics.json. The columns of `metrics` are
 * bigint, boolean or text.
 */
export function faultsSql(metrics: readonly Metric[]): string {
  const invalid = isInvalid(metrics);
  const contradicting = contradictions(metrics);
  const cases = [
    ...(invalid === '' ? [] : [`WHEN ${invalid} THEN ${listSql(metrics.map(validity))}`]),
    `WHEN ${contradicting.map(([when]) => when).join(' OR ')}
      THEN ${listSql(contradicting.map((one) => [one]))}`,
  ];
  return `CASE ${cases.join('\n    ')} END`;
}

/** Of each group the first fault that holds. */
function listSql(groups: readonly (readonly Case[])[]): string {
  const of = ([when, fault]: Case) => `WHEN ${when} THEN ${jsonConstant([fault])}`;
  return groups
    .filter((cases) => cases.length > 0)
    .map((cases) => `CASE ${cases.map(of).join(' ')} ELSE '[]'::jsonb END`)
    .join(' || ');
}

/**
 * Whether any value is outside what its metric can be; in few terms, since it is asked of every row:
 * integers from 0 to below 2^53 have no bit in common with the sign and the bits above.
 */
function isInvalid(metrics: readonly Metric[]): string {
  const numbers = metrics.filter(({ type }) => type === 'int');
  const bits = numbers.map(({ id }) => `coalesce(${quote(id)}, 0)`);
  const terms = bits.length === 0 ? [] : [`(${bits.join(' | ')}) NOT BETWEEN 0 AND ${MOST}`];
  for (const metric of metrics) {
    const [last] = validity(metric).slice(-1);
    const isBounded = metric.type === 'enum' || metric.unit === 'years';
    if (isBounded && last !== undefined) terms.push(last[0]);
  }
  return terms.join(' OR ');
}

function validity({ id, type, unit, values = [] }: Metric): Case[] {
  const column = quote(id);
  const fault = (message: string): MetricFault => ({ field: id, rule: 'DQ2', message });
  if (type === 'bool') return [];
  if (type === 'enum') {
    const others = values.map((value) => `${column} <> ${textConstant(value)}`).join(' AND ');
    return [
      [
        `(${others === '' ? `${column} IS NOT NULL` : others})`,
        fault(`must be one of ${values.join(', ')}`),
      ],
    ];
  }
  return [
    [`${column} < 0`, fault('must not be negative')],
    [`${column} > ${MOST}`, fault('must be below 2^53')],
    ...(unit === 'years'
      ? [[`${column} > ${OLDEST}`, fault(`must be ${OLDEST} or less`)] as const]
      : []),
  ];
}

/** Asked only where every value is valid. */
function contradictions(metrics: readonly Metric[]): Case[] {
  const [deposits, invested, total] = [
    quote('deposit_avg_3m_fen'),
    quote('invest_avg_3m_fen'),
    quote('aum_avg_3m_fen'),
  ];
  const dq3 = (when: string, field: string, message: string): Case => {
    return [when, { field, rule: 'DQ3', message }];
  };
  const isSupplied = metrics.some(({ id }) => id === 'aum_avg_3m_fen');
  return [
    [
      `${deposits} > ${MOST} - ${invested}`,
      {
        field: 'aum_avg_3m_fen',
        rule: 'DQ2',
        message: 'the total of deposits and investments must be below 2^53',
      },
    ],
    ...(isSupplied
      ? [dq3(`${deposits} > ${total}`, 'aum_avg_3m_fen', 'assets: below deposit_avg_3m_fen')]
      : []),
    dq3(
      '"overdue_max_run_24m" > "overdue_months_24m"',
      'overdue_max_run_24m',
      'credit: above overdue_months_24m',
    ),
    dq3(
      '"card_spend_12m_fen" > 0 AND "card_limit_fen" = 0',
      'card_spend_12m_fen',
      'activity: spend with a card_limit_fen of 0',
    ),
  ];
}
