import type { PolicyFiles } from '@liyu/policy';
import type { Database, Queryable } from './database.js';

type Metric = PolicyFiles['metrics']['metrics'][number];
type Metrics = PolicyFiles['metrics'];

/** Metrics of a customer on a day, by the names of metrics.json; a left-out one is unknown. */
export interface MetricsRow {
  customer: string;
  asOf: string;
  metrics: Readonly<Record<string, number | boolean | string | null>>;
}

export const COLUMN_TYPES: Record<Metric['type'], string> = {
  int: 'bigint',
  bool: 'boolean',
  enum: 'text',
};
export const PAGE = 1_000;

/** Adds the columns that table metrics lacks for this policy. Returns their names. */
export async function addMetricColumns(tx: Queryable, metrics: Metrics): Promise<string[]> {
  const present = await tx.query<{ name: string }>(
    `SELECT column_name::text AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = 'metrics'`,
  );
  const names = new Set(present.map((column) => column.name));
  const missing = stored(metrics).filter((metric) => !names.has(metric.id));
  for (const metric of missing) {
    await tx.query(
      `ALTER TABLE metrics ADD COLUMN ${quote(metric.id)} ${COLUMN_TYPES[metric.type]}`,
    );
  }
  return missing.map((metric) => metric.id);
}

/** Stores rows whose customer and day aren't there yet; others stay as they are. */
export async function addMetrics(
  db: Queryable,
  metrics: Metrics,
  rows: readonly MetricsRow[],
): Promise<void> {
  const columns = ['customer', 'as_of', ...stored(metrics).map((metric) => metric.id)].map(quote);
  const records = rows.map((row) => ({ ...row.metrics, customer: row.customer, as_of: row.asOf }));
  await db.query(
    `INSERT INTO metrics (${columns.join(', ')})
     SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::metrics, $1::jsonb)
     ON CONFLICT (customer, as_of) DO NOTHING`,
    [JSON.stringify(records)],
  );
}

/**
 * The latest metrics of every customer, of days up to `until`, in the order of customers, a page in
 * memory at a time.
 */
export async function* latestMetrics(
  db: Database,
  metrics: Metrics,
  until = 'infinity',
): AsyncGenerator<MetricsRow> {
  const page = latestSql(stored(metrics).map((metric) => quote(metric.id)));
  let after = '';
  for (;;) {
    const rows = await db.query<Record<string, number | boolean | string | null>>(page, [
      after,
      until,
    ]);
    for (const { customer, as_of: asOf, ...values } of rows) {
      yield { customer: String(customer), asOf: String(asOf), metrics: values };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = String(last.customer);
  }
}

/** SELECTs columns of the latest metrics of days up to $2, of the customers after $1, a page in order. */
export function latestSql(columns: readonly string[]): string {
  return `${latestWhere('customer > $1', columns)} LIMIT ${PAGE}`;
}

/** The same of those customers that the JSON array $1 names. */
export function latestOfSql(columns: readonly string[]): string {
  return latestWhere('customer IN (SELECT jsonb_array_elements_text($1::jsonb))', columns);
}

function latestWhere(condition: string, columns: readonly string[]): string {
  return `SELECT DISTINCT ON (customer) ${['customer', 'as_of', ...columns].join(', ')}
    FROM metrics WHERE ${condition} AND as_of <= $2::date
    ORDER BY customer, as_of DESC`;
}

/** The metrics with a column: all but the total, which is computed, never taken from the input. */
export function stored(metrics: Metrics): Metric[] {
  return metrics.metrics.filter((metric) => metric.derived === undefined);
}

/** A name from the policy as an identifier. Throws unless it's plain, so that no quoting can break. */
export function quote(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error(`metric ${name} can't name a column`);
  return `"${name}"`;
}
