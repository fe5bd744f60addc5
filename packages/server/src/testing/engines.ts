import { after, afterEach, before, describe } from 'node:test';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import type { Database } from '../db/database.js';
import { openDatabase } from '../db/open-database.js';

/** Opens a database with nothing in it; closed after the test. */
export type FreshDatabase = () => Promise<Database>;

/** Runs a suite on PGlite and on a real PostgreSQL, one server for the file. */
export function onEveryEngine(suite: (fresh: FreshDatabase) => void): void {
  describe('on PGlite', () => {
    let shared: Database;
    before(async () => {
      shared = await openDatabase('pglite:memory');
    });
    after(() => shared.close());
    suite(async () => {
      await shared.query('DROP SCHEMA public CASCADE');
      await shared.query('CREATE SCHEMA public');
      return { ...shared, close: () => Promise.resolve() };
    });
  });

  describe('on PostgreSQL', () => {
    let server: RunningPostgres;
    let count = 0;
    const open: Database[] = [];
    before(async () => {
      server = await startPostgres();
    });
    afterEach(async () => {
      for (const db of open.splice(0)) await db.close();
    });
    after(() => server.stop());
    suite(async () => {
      const db = await openDatabase(await createDatabase(server.url, `test_${++count}`));
      open.push(db);
      return db;
    });
  });
}

/** The URL of a new database of the server. */
export async function createDatabase(url: string, name: string): Promise<string> {
  const admin = await openDatabase(url);
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.close();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
