import type { Policy } from '@liyu/policy';
import type { Database, Queryable } from '../db/database.js';
import { latestMetrics } from '../db/metrics-table.js';
import type { MetricsRow } from '../db/metrics-table.js';
import { PolicyDiff } from './policy-diff.js';
import type { Label, PolicyDifference } from './policy-diff.js';

/** Customers who are looked up in one statement. */
const PAGE = 1_000;

/**
 * What changes for every customer with metrics when `after` replaces `before`; reads only. A metric that
 * has no column yet is unknown.
 */
export async function diffBook(
  db: Database,
  before: Policy,
  after: Policy,
): Promise<PolicyDifference> {
  const diff = new PolicyDiff(before, after, await branchesOf(db));
  let rows: MetricsRow[] = [];
  const flush = async () => {
    const known = await customersOf(db, rows);
    for (const { customer, metrics } of rows) {
      const { branch, consents } = known.get(customer) ?? { branch: null, consents: null };
      diff.add({ customer, metrics, branch, consents });
    }
    rows = [];
  };
  for await (const row of latestMetrics(db, await storedMetrics(db, before, after))) {
    if (rows.push(row) === PAGE) await flush();
  }
  await flush();
  return diff.sum();
}

/** The metrics of either policy that have a column. */
async function storedMetrics(db: Queryable, before: Policy, after: Policy) {
  const present = await db.query<{ name: string }>(
    `SELECT column_name::text AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = 'metrics'`,
  );
  const columns = new Set(present.map(({ name }) => name));
  const all = [...before.files.metrics.metrics, ...after.files.metrics.metrics];
  const byId = new Map(all.map((metric) => [metric.id, metric]));
  const metrics = [...byId.values()].filter(({ id }) => columns.has(id));
  return { ...after.files.metrics, metrics };
}

async function branchesOf(db: Queryable): Promise<Map<string, Label>> {
  const rows = await db.query<{ branch: string; name: string; name_en: string | null }>(
    'SELECT branch, name, name_en FROM branches',
  );
  return new Map(
    rows.map(({ branch, name, name_en: english }) => {
      return [branch, { 'zh-CN': name, en: english ?? name }];
    }),
  );
}

async function customersOf(db: Queryable, rows: readonly MetricsRow[]) {
  const found = await db.query<{
    customer: string;
    branch: string | null;
    consents: string[] | null;
  }>(
    `SELECT c.customer, c.branch, c.consents FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN customers c ON c.customer = k.customer`,
    [JSON.stringify(rows.map(({ customer }) => customer))],
  );
  return new Map(found.map((one) => [one.customer, one]));
}
