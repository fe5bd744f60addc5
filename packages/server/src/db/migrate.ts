import type { Policy } from '@liyu/policy';
import { DatabaseError } from './database.js';
import type { Database, Queryable } from './database.js';
import { addMetricColumns } from './metrics-table.js';
import { MIGRATIONS } from './migrations.js';
import { forceRowSecurity } from './row-security.js';

/**
 * Brings the schema up to date, and the columns of table metrics up to the policy. Several processes
 * may call it at once: a row that each step locks lets one at a time through. Returns what was
 * applied, one line each; an up-to-date database returns none.
 */
export async function migrate(db: Database, policy: Policy): Promise<string[]> {
  return [...(await migrateSchema(db)), ...(await migrateMetrics(db, policy))];
}

/** The part of `migrate` that needs no policy: after it, one can be read from the database. */
export async function migrateSchema(db: Database): Promise<string[]> {
  await createLedger(db);
  const applied: string[] = [];
  for (const migration of MIGRATIONS) {
    const done = await db.transaction(async (tx) => {
      await tx.query('SELECT id FROM migration WHERE id = 0 FOR UPDATE');
      const [row] = await tx.query('SELECT id FROM migration WHERE id = $1', [migration.id]);
      if (row !== undefined) return false;
      for (const statement of migration.statements) await tx.query(statement);
      await record(tx, migration.id, migration.name);
      return true;
    });
    if (done) applied.push(`${migration.id} ${migration.name}`);
  }
  return applied;
}

/** The part of `migrate` that gives table metrics the columns that a policy knows. */
export async function migrateMetrics(db: Database, policy: Policy): Promise<string[]> {
  const columns = await db.transaction(async (tx) => {
    await tx.query('SELECT id FROM migration WHERE id = 0 FOR UPDATE');
    return addMetricColumns(tx, policy.files.metrics);
  });
  return columns.length === 0 ? [] : [`metrics: ${columns.length} columns from the policy`];
}

/** Row 0 stands for the ledger itself: it is what concurrent processes lock. */
async function createLedger(db: Database): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await db.query(
        `CREATE TABLE IF NOT EXISTS migration (
          id int PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
        )`,
      );
      await closeLedger(db);
      await db.query(
        `INSERT INTO migration (id, name) VALUES (0, 'ledger') ON CONFLICT DO NOTHING`,
      );
      return;
    } catch (error) {
      // IF NOT EXISTS is not atomic: two first starts at once can collide in the catalogue.
      const { code, message } = error as { code?: string; message: string };
      if (code === '42501') {
        throw new DatabaseError(
          `the login of DATABASE_URL may not create or fill tables: ${message}`,
        );
      }
      if (attempt === 5 || !['23505', '42P07', '42710'].includes(code ?? '')) throw error;
    }
  }
}

/** Not a step: who waits to take one holds the ledger, which this must have for itself. */
async function closeLedger(db: Database): Promise<void> {
  const [ledger] = await db.query<{ closed: boolean }>(
    `SELECT relrowsecurity AND relforcerowsecurity AS closed FROM pg_class
     WHERE oid = 'migration'::regclass`,
  );
  if (ledger?.closed === true) return;
  await db.transaction(async (tx) => {
    for (const statement of forceRowSecurity('migration')) await tx.query(statement);
  });
}

async function record(tx: Queryable, id: number, name: string): Promise<void> {
  await tx.query('INSERT INTO migration (id, name) VALUES ($1, $2)', [id, name]);
}
