import { after, afterEach, before, describe } from 'node:test';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import type { Database } from '../db/database.js';
import { openDatabase } from '../db/open-database.js';
import { createDatabase } from './create-database.js';
import { TEMPLATE, openMigratedPglite, startMigratedPostgres } from './migrated.js';
import { RestoredDatabase } from './restored-database.js';

/** Opens a database without rows, as new; closed after the test. */
export type FreshDatabase = () => Promise<Database>;

/**
 * Runs a suite on PGlite and on a real PostgreSQL, one server for the file. Its databases have the
 * schema and the columns of the policy that comes with Liyu.
 */
export function onEveryEngine(suite: (fresh: FreshDatabase) => void): void {
  describe('on PGlite', () => {
    let shared: RestoredDatabase;
    before(async () => {
      shared = await RestoredDatabase.of(await openMigratedPglite());
    });
    after(() => shared.db.close());
    suite(async () => {
      await shared.restore();
      return { ...shared.db, close: () => Promise.resolve() };
    });
  });
  onPostgres(suite, startMigratedPostgres, TEMPLATE);
}

/** The same with databases that have nothing in them, not even the schema: for tests of how it is made. */
export function onEveryEmptyEngine(suite: (fresh: FreshDatabase) => void): void {
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
  onPostgres(suite, startPostgres);
}

function onPostgres(
  suite: (fresh: FreshDatabase) => void,
  start: () => Promise<RunningPostgres>,
  template?: string,
): void {
  describe('on PostgreSQL', () => {
    let server: RunningPostgres;
    let count = 0;
    const open: Database[] = [];
    before(async () => {
      server = await start();
    });
    afterEach(async () => {
      for (const db of open.splice(0)) await db.close();
    });
    after(() => server.stop());
    suite(async () => {
      const db = await openDatabase(await createDatabase(server.url, `test_${++count}`, template));
      open.push(db);
      return db;
    });
  });
}
