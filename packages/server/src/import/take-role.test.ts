import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import { DatabaseError } from '../db/database.js';
import type { Database } from '../db/database.js';
import { migrate } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { createDatabase } from '../testing/create-database.js';
import { onEveryEngine } from '../testing/engines.js';
import { importFiles, readPlan } from './import-files.js';
import { runStatement } from './run-statement.js';
import { parseStatements } from './sql-tree.js';
import { prepareRole } from './take-role.js';
import { fixtures } from './testing/fixture.js';

const policy = loadPolicy();

onEveryEngine((fresh) => {
  it('has rights that reach the six tables and nothing else, should a check be passed', async () => {
    const db = await fresh();
    const beyond = [
      'DELETE FROM customers',
      'TRUNCATE customers',
      'SELECT * FROM doc',
      'INSERT INTO entry SELECT * FROM entry',
      'UPDATE audit SET actor = NULL',
      'SELECT * FROM outbox',
      'CREATE TABLE mine (a int)',
      'ALTER TABLE customers ADD COLUMN a int',
      'SELECT * FROM pg_authid',
      "SELECT pg_read_file('PG_VERSION')",
      "ALTER SYSTEM SET work_mem = '1MB'",
    ];
    for (const sql of beyond) {
      const attempt = db.transaction(async (tx) => {
        await (await prepareRole(tx)).take();
        await tx.query(sql);
      });
      await assert.rejects(attempt, /permission denied|must be owner|cannot run inside/, sql);
    }
    await db.transaction(async (tx) => {
      const role = await prepareRole(tx);
      await role.take();
      for (const table of ['branches', 'managers', 'customers', 'holdings', 'metrics', 'events']) {
        await tx.query(`SELECT * FROM ${table}`);
      }
      await tx.query('SELECT age_years FROM metrics');
      await role.leave();
      await tx.query('SELECT * FROM doc');
    });
  });

  it('notices a statement that got rid of the role', async () => {
    const db = await fresh();
    const [statement] = await parseStatements(
      `INSERT INTO branches (branch, name) SELECT 'b', set_config('role', 'none', true)`,
    );
    assert.ok(statement);
    const attempt = db.transaction(async (tx) =>
      runStatement(tx, await prepareRole(tx), statement, []),
    );
    await assert.rejects(attempt, /a statement of import\.sql changed its role/);
    assert.deepEqual(await db.query('SELECT * FROM branches'), []);
    const [now] = await db.query<{ left: boolean }>(`SELECT current_user = session_user AS left`);
    assert.equal(now?.left, true);
  });
});

describe('a login of PostgreSQL that is no superuser', () => {
  const write = fixtures();
  let server: RunningPostgres;
  let admin: Database;
  let count = 0;
  before(async () => {
    server = await startPostgres();
    admin = await openDatabase(server.url);
  });
  beforeEach(async () => {
    const [role] = await admin.query(`SELECT FROM pg_roles WHERE rolname = 'liyu_import'`);
    if (role === undefined) return;
    for (let n = 1; n <= count; n++) {
      const there = await openDatabase(urlOf(server.url, `bank_${n}`));
      await there.query('DROP OWNED BY liyu_import');
      await there.close();
    }
    await admin.query('DROP ROLE liyu_import');
  });
  after(async () => {
    await admin.close();
    await server.stop();
  });

  /** A database of its own for a login with these attributes. */
  async function asLogin(attributes: string, work: (db: Database, login: string) => Promise<void>) {
    const login = `bank_${++count}`;
    const url = new URL(await createDatabase(server.url, login));
    await admin.query(`CREATE ROLE "${login}" LOGIN PASSWORD 'x' ${attributes}`);
    await admin.query(`ALTER DATABASE ${login} OWNER TO ${login}`);
    url.username = login;
    url.password = 'x';
    const db = await openDatabase(url.href);
    try {
      await work(db, login);
    } finally {
      await db.close();
    }
  }

  async function importPeople(db: Database): Promise<void> {
    const { dir, data } = write();
    await importFiles(db, await readPlan(dir), data, () => Promise.resolve(0));
    assert.equal((await db.query('SELECT FROM customers')).length, 3);
  }

  it('makes the role when it may create roles', async () => {
    await asLogin('CREATEROLE', async (db) => {
      await migrate(db, policy);
      await importPeople(db);
    });
  });

  it('migrates without the role, and is told what to do before it imports', async () => {
    await asLogin('', async (db, login) => {
      await migrate(db, policy);
      await assert.rejects(importPeople(db), (error: Error) => {
        assert.ok(error instanceof DatabaseError);
        assert.match(
          error.message,
          /liyu_import is missing .*CREATE ROLE liyu_import NOLOGIN; GRANT/,
        );
        return true;
      });
      await admin.query('CREATE ROLE liyu_import NOLOGIN');
      await assert.rejects(importPeople(db), (error: Error) => {
        assert.ok(error instanceof DatabaseError);
        assert.match(
          error.message,
          new RegExp(`${login} may not take the role .*GRANT liyu_import`),
        );
        return true;
      });
      await admin.query(`GRANT liyu_import TO ${login}`);
      await importPeople(db);
    });
  });

  it('refuses a role that has other rights', async () => {
    await asLogin('CREATEROLE', async (db) => {
      await migrate(db, policy);
      await admin.query('GRANT pg_read_server_files TO liyu_import');
      await assert.rejects(importPeople(db), /liyu_import has rights of its own or of other roles/);
    });
  });

  it('makes the role once when several databases of a cluster migrate together', async () => {
    const urls: string[] = [];
    for (let n = 0; n < 6; n++) {
      urls.push(await createDatabase(server.url, `together_${n}`));
    }
    const all = await Promise.all(urls.map((url) => openDatabase(url)));
    await Promise.all(all.map((db) => migrate(db, policy)));
    for (const db of all) {
      await importPeople(db);
      await db.query('DROP OWNED BY liyu_import');
      await db.close();
    }
  });
});

function urlOf(url: string, name: string): string {
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
