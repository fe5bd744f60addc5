import { loadPolicy } from '@liyu/policy/node';
import type { Database, Queryable } from '../db/database.js';
import { migrate } from '../db/migrate.js';

/** The oid from which on objects are no part of PostgreSQL itself. */
const FIRST = 16_384;

/**
 * A migrated database that is put back to how it was between tests: far quicker than to make it anew,
 * which is done only when a test changed more than rows.
 */
export class RestoredDatabase {
  private constructor(
    readonly db: Database,
    private objects: string,
    private readonly ledger: string,
  ) {}

  static async of(db: Database): Promise<RestoredDatabase> {
    return new RestoredDatabase(db, await objectsOf(db), await ledgerOf(db));
  }

  async restore(): Promise<void> {
    const { db } = this;
    if ((await objectsOf(db)) === this.objects) {
      await db.transaction(async (tx) => this.#restoreRows(tx));
      return;
    }
    await db.query('DROP SCHEMA public CASCADE');
    await db.query('CREATE SCHEMA public');
    await migrate(db, loadPolicy());
    this.objects = await objectsOf(db);
  }

  async #restoreRows(tx: Queryable): Promise<void> {
    const [found] = await tx.query<{ deletes: string }>(
      `SELECT string_agg(format('DELETE FROM %I;', tablename), ' ') AS deletes
       FROM pg_tables WHERE schemaname = 'public'`,
    );
    // Past the trigger that keeps the audit trail.
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query(`DO $$ BEGIN ${found!.deletes} END $$`);
    await tx.query(
      'INSERT INTO migration SELECT * FROM jsonb_populate_recordset(NULL::migration, $1::jsonb)',
      [this.ledger],
    );
  }
}

/** The rows of the only table that has some from the start. */
async function ledgerOf(db: Database): Promise<string> {
  const [found] = await db.query<{ rows: string }>(
    'SELECT jsonb_agg(to_jsonb(m))::text AS rows FROM migration m',
  );
  return found!.rows;
}

/** Another one after any table, column, function, policy, trigger, right or role was changed. */
async function objectsOf(db: Database): Promise<string> {
  // `xmin` is the transaction that wrote a row.
  const [found] = await db.query<{ digest: string }>(
    `SELECT md5(string_agg(o::text, ',' ORDER BY o::text)) AS digest FROM (
       SELECT tableoid, oid, 0, xmin FROM pg_class WHERE oid >= ${FIRST}
       UNION ALL SELECT tableoid, attrelid, attnum, xmin FROM pg_attribute WHERE attrelid >= ${FIRST}
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_attrdef
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_constraint WHERE oid >= ${FIRST}
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_trigger
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_policy
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_proc WHERE oid >= ${FIRST}
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_operator WHERE oid >= ${FIRST}
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_type WHERE oid >= ${FIRST}
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_namespace
       UNION ALL SELECT tableoid, oid, 0, xmin FROM pg_authid
       UNION ALL SELECT tableoid, member, roleid::int, xmin FROM pg_auth_members
     ) o`,
  );
  return found!.digest;
}
