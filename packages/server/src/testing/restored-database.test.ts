import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../db/database.js';
import { openMigratedPglite } from './migrated.js';
import { RestoredDatabase } from './restored-database.js';

/** What a test may leave behind. */
const CHANGES = [
  `INSERT INTO branches (branch, name) VALUES ('b-1', '鼓楼支行')`,
  `INSERT INTO audit (chain, n, at, action, version, records, actor_kind, hash)
   VALUES (gen_random_uuid(), 1, now(), 'push', 1, 1, 'bank', '\\x00')`,
  'DELETE FROM migration WHERE id = 3',
  `INSERT INTO migration (id, name) VALUES (9999, 'of a newer release')`,
  'DROP TABLE migration',
  'CREATE TABLE added (id int)',
  'ALTER TABLE metrics ADD COLUMN added int',
  'ALTER TABLE audit DISABLE TRIGGER audit_only_grows',
  'DROP POLICY owner_all ON member',
  'REVOKE INSERT ON audit FROM liyu_request',
  'CREATE FUNCTION added() RETURNS int RETURN 1',
];

describe('a restored database', () => {
  let restored: RestoredDatabase;
  let asNew: string[];
  before(async () => {
    restored = await RestoredDatabase.of(await openMigratedPglite());
    asNew = await contents(restored.db);
  });
  after(() => restored.db.close());

  for (const change of CHANGES) {
    it(`is as new after ${change.split('\n')[0]}`, async () => {
      await restored.db.query(change);
      assert.notDeepEqual(await contents(restored.db), asNew);
      await restored.restore();
      assert.deepEqual(await contents(restored.db), asNew);
    });
  }
});

/** Rows, columns, rights, policies, triggers and functions as text. */
async function contents(db: Database): Promise<string[]> {
  const told = await db.query<{ line: string }>(
    `SELECT concat_ws(' ', c.relname, a.attname, a.atttypid, a.attnotnull, c.relacl, c.relforcerowsecurity)
       AS line FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE relnamespace = 'public'::regnamespace AND a.attnum > 0
     UNION ALL SELECT concat_ws(' ', tablename, policyname, roles, cmd, qual, with_check) FROM pg_policies
     UNION ALL SELECT concat_ws(' ', tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT proname || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
     ORDER BY 1`,
  );
  const tables = await db.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    // Not when a step was taken.
    const what = name === 'migration' ? 'id, name' : '*';
    rows.push(name, JSON.stringify(await db.query(`SELECT ${what} FROM ${name} ORDER BY 1`)));
  }
  return [...told.map(({ line }) => line), ...rows];
}
