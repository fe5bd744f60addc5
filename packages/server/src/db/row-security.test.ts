import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import { eraseCustomer } from '../bank/erase.js';
import { publishRecords } from '../bank/publish-records.js';
import { reassess } from '../bank/reassess.js';
import { importFiles, readPlan } from '../import/import-files.js';
import { fixtures } from '../import/testing/fixture.js';
import { asCaller } from '../sync/as-caller.js';
import { collect } from '../sync/gc.js';
import type { Page } from '../sync/pull.js';
import { onEveryEngine } from '../testing/engines.js';
import { plainLogin } from '../testing/plain-login.js';
import { note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { openDatabase } from './open-database.js';
import { loginMight } from './prepare-request-role.js';

const policy = loadPolicy();
const start = testServers();

/** What requests may do with which table, whatever the rows. */
const DOORS = {
  audit: 'INSERT',
  audit_head: 'INSERT SELECT UPDATE',
  audit_key: 'INSERT SELECT',
  customers: 'SELECT',
  doc: 'INSERT SELECT UPDATE',
  entry: 'INSERT SELECT UPDATE',
  managers: 'SELECT',
  outbox: 'INSERT',
  reveal: 'INSERT SELECT',
  scope: 'INSERT SELECT UPDATE',
};

/** What stands open in the catalogue, one line each. */
async function gaps(db: Database): Promise<string[]> {
  const open = await db.query<{ gap: string }>(
    `SELECT relname || ' is not enabled and forced' AS gap FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
       AND NOT (relrowsecurity AND relforcerowsecurity)
     UNION ALL
     SELECT tablename || '.' || policyname || ' writes unchecked' FROM pg_policies
     WHERE schemaname = current_schema() AND cmd NOT IN ('SELECT', 'DELETE') AND with_check IS NULL
     UNION ALL
     SELECT tablename || '.' || policyname || ' is for anybody' FROM pg_policies
     WHERE schemaname = current_schema() AND 'public' = ANY (roles)
     UNION ALL
     SELECT tablename || '.' || policyname || ' asks for no scope' FROM pg_policies
     WHERE schemaname = current_schema() AND 'liyu_request' = ANY (roles)
       AND concat(qual, with_check) !~ 'liyu\\.|audit_key'
     UNION ALL
     SELECT relname || ' is a view, which reads as its owner' FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm')
     ORDER BY 1`,
  );
  return open.map(({ gap }) => gap);
}

onEveryEngine((fresh) => {
  it('is enabled and forced on every table, and checks every write', async () => {
    const db = await fresh();
    assert.deepEqual(await gaps(db), []);
    await db.query('CREATE TABLE added (customer text PRIMARY KEY)');
    assert.deepEqual(await gaps(db), ['added is not enabled and forced']);
    await db.query('ALTER TABLE added ENABLE ROW LEVEL SECURITY');
    assert.deepEqual(await gaps(db), ['added is not enabled and forced']);
    await db.query('ALTER TABLE added FORCE ROW LEVEL SECURITY');
    await db.query('CREATE POLICY added_update ON added FOR UPDATE TO CURRENT_USER USING (true)');
    assert.deepEqual(await gaps(db), ['added.added_update writes unchecked']);
    await db.query('DROP POLICY owner_all ON member');
    const lost = await db.query<{ relname: string }>(
      `SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
         AND relkind = 'r' AND NOT EXISTS (SELECT FROM pg_policies p
           WHERE p.tablename = relname AND p.policyname = 'owner_all'
             AND p.roles = ARRAY[current_user])`,
    );
    assert.deepEqual(lost.map(({ relname }) => relname).sort(), ['added', 'member']);
  });

  it('has a role for requests that is bound by it, can do nothing else and not log in', async () => {
    const db = await fresh();
    const [role] = await db.query(
      `SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb, rolreplication,
         EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS is_member
       FROM pg_roles r WHERE rolname = 'liyu_request'`,
    );
    assert.ok(role);
    assert.deepEqual(new Set(Object.values(role)), new Set([false]));
    const doors = await db.query<{ table: string; may: string }>(
      `SELECT relname AS table, string_agg(privilege, ' ' ORDER BY privilege) AS may
       FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER'])
         AS privilege
       WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
         AND CASE WHEN privilege IN ('SELECT', 'INSERT', 'UPDATE')
           THEN has_any_column_privilege('liyu_request', pg_class.oid, privilege)
           ELSE has_table_privilege('liyu_request', pg_class.oid, privilege) END
       GROUP BY relname ORDER BY relname`,
    );
    assert.deepEqual(Object.fromEntries(doors.map(({ table, may }) => [table, may])), DOORS);
  });
});

describe('a login of PostgreSQL that is bound by row-level security', () => {
  const write = fixtures();
  let server: RunningPostgres;
  let admin: Database;
  const open: Database[] = [];
  before(async () => {
    server = await startPostgres();
    admin = await openDatabase(server.url);
  });
  afterEach(async () => {
    for (const db of open.splice(0)) await db.close();
  });
  after(async () => {
    await admin.close();
    await server.stop();
  });
  const login = async (name: string, attributes = '') => {
    const db = await openDatabase(await plainLogin(server.url, name, attributes));
    open.push(db);
    return db;
  };

  it('is told what an administrator has to do, and takes no request before', async () => {
    const db = await login('poor');
    const refused = async (words: RegExp) => {
      await assert.rejects(start(db), { name: 'DatabaseError', message: words });
    };
    await refused(/liyu_request is missing .*CREATE ROLE liyu_request NOLOGIN; GRANT .* TO poor;/);
    await admin.query('CREATE ROLE liyu_request LOGIN');
    await refused(/liyu_request has rights of its own/);
    await admin.query('ALTER ROLE liyu_request NOLOGIN BYPASSRLS');
    await refused(/liyu_request has rights of its own/);
    await admin.query('ALTER ROLE liyu_request NOBYPASSRLS');
    await refused(/poor may not take the role .*GRANT liyu_request TO poor;/);
    await admin.query('GRANT liyu_request TO poor');
    const running = await start(db);
    assert.equal((await running.send('/readyz', {})).status, 200);
    assert.deepEqual(await gaps(db), []);
    await running.close();
    const there = new URL(server.url);
    there.pathname = '/poor';
    const owner = await openDatabase(there.href);
    await owner.query('DROP OWNED BY liyu_request');
    await owner.query('DROP ROLE liyu_request');
    await owner.close();
  });

  it('migrates, imports, evaluates, serves, feeds, collects and erases', async () => {
    const db = await login('bank', 'CREATEROLE');
    assert.equal(await loginMight(db), null);
    assert.equal(await loginMight(admin), 'superuser');
    await migrate(db, policy);
    assert.deepEqual(await gaps(db), []);
    const { dir, data } = write();
    const publish = () => publishRecords(db, withNotes, policy);
    const done = await importFiles(db, await readPlan(dir), data, publish);
    assert.equal(done.documents, 3);
    assert.equal((await reassess(db, withNotes, policy, '2026-12-01')).written > 0, true);

    const running = await start(db, { collections: withNotes, policy });
    const target = { coll: 'notes', scope: 'c:p-1', sv: 0 };
    const rows = [{ newDocumentState: note('p-1', 'a', 'x') }];
    const pushed = await running.post('/sync/v1/push', { ...target, rows }, 'p-1');
    assert.deepEqual(pushed.json, { conflicts: [], rejects: [] });
    const again = await running.post('/sync/v1/push', { ...target, rows }, 'p-1');
    assert.deepEqual(again.json, { conflicts: [], rejects: [] });
    for (const coll of ['notes', 'customers', 'assessments']) {
      const body = { ...target, coll, cp: null, limit: 10 };
      const { documents } = (await running.post('/sync/v1/pull', body, 'p-1')).json as Page;
      assert.equal(documents.length, 1, coll);
    }
    const own = { actor: actorOf('p-1'), scopes: ['c:p-1'] };
    const seen = await asCaller(db, own, (tx) =>
      tx.query<{ customer: string }>('SELECT DISTINCT customer FROM doc'),
    );
    assert.deepEqual(seen, [{ customer: 'p-1' }]);

    assert.equal((await collect(db, 0)).entries, 0);
    assert.ok(((await eraseCustomer(db, withNotes, 'p-1'))?.rows ?? 0) > 3);
    const gone = await running.post('/sync/v1/pull', { ...target, cp: null, limit: 10 }, 'p-1');
    assert.equal(gone.status, 403);
  });
});

function actorOf(customer: string) {
  const staff = { manager: null, branch: null, duties: [], name: null };
  return { role: 'customer', customer, ...staff } as const;
}
