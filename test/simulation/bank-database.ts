import { collections } from '@liyu/model/schemas';
import { policyInForce } from '../../packages/server/src/bank/policy-in-force.js';
import type { Database } from '../../packages/server/src/db/database.js';
import { migrateSchema } from '../../packages/server/src/db/migrate.js';
import { publishPolicy } from '../../packages/server/src/sync/publish-policy.js';
import { openPreparedPglite } from './prepared-pglite.js';

const TABLES = ['scope', 'doc', 'entry', 'outbox', 'member', 'managers'];

/** The rows of each table, as JSON. */
export type Rows = ReadonlyMap<string, string>;

/**
 * One PGlite for all seeds, with the schema and the policy. It is put back to what it was in place of
 * a fresh one, which would take seconds. The audit trail begins anew each time and is not looked at.
 */
export class BankDatabase {
  private constructor(
    readonly db: Database,
    readonly first: Rows,
  ) {}

  static async open(): Promise<BankDatabase> {
    const db = await openPreparedPglite();
    await migrateSchema(db);
    await publishPolicy(db, collections, await policyInForce(db, undefined));
    return new BankDatabase(db, await backup(db));
  }

  /** Puts the tables back to how they were; the audit trail starts new chains. */
  async restore(rows: Rows): Promise<void> {
    await this.db.transaction(async (tx) => {
      const trail = await tx.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables
         WHERE table_schema = 'public' AND table_name IN ('audit_key', 'audit_head')`,
      );
      for (const { name } of trail) await tx.query(`DELETE FROM ${name}`);
      await tx.query(`TRUNCATE ${TABLES.join(', ')}`);
      for (const [table, json] of rows) {
        await tx.query(
          `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(null::${table}, $1::jsonb)`,
          [json],
        );
      }
    });
  }

  backup(): Promise<Rows> {
    return backup(this.db);
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

async function backup(db: Database): Promise<Rows> {
  const rows = new Map<string, string>();
  for (const table of TABLES) {
    const [found] = await db.query<{ json: string }>(
      `SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text AS json FROM ${table} t`,
    );
    rows.set(table, found!.json);
  }
  return rows;
}
