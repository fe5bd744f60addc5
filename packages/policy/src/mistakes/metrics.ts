import type { PolicyFiles } from '../files.js';
import { sayTwice } from './say.js';
import type { Say } from './say.js';

/** Metrics that grading reads by name: totals, DQ3, the age that benefits ask for. */
const READ_BY_NAME = {
  deposit_avg_3m_fen: 'int',
  invest_avg_3m_fen: 'int',
  aum_avg_3m_fen: 'int',
  card_spend_12m_fen: 'int',
  card_spend_month_avg_fen: 'int',
  card_limit_fen: 'int',
  overdue_months_24m: 'int',
  overdue_max_run_24m: 'int',
  age_years: 'int',
} as const;

export function checkMetricsFile({ metrics: { metrics } }: PolicyFiles, say: Say): void {
  sayTwice(
    say,
    metrics.map(({ id }) => id),
  );
  for (const metric of metrics) {
    const { id, type, values, nullMeans } = metric;
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(id))
      say(id, 'must be of a-z, 0-9 and _, since it names a column');
    if (nullMeans !== undefined && type !== 'bool') say(id, 'only a flag can have nullMeans');
    if (type !== 'enum') continue;
    if (values === undefined || values.length === 0) say(id, 'an enum needs values');
    sayTwice((value, reason) => say(id, `value ${value}: ${reason}`), values ?? []);
    for (const value of values ?? []) {
      if (metric.valueLabels?.[value] === undefined) say(id, `the value ${value} has no label`);
    }
  }
  for (const [name, type] of Object.entries(READ_BY_NAME)) {
    const found = metrics.find(({ id }) => id === name);
    if (found === undefined) say(name, 'is missing, and grading reads it by this name');
    else if (found.type !== type) say(name, `must be of type ${type}`);
  }
}
