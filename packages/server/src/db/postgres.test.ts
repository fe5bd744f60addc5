import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import { isUnavailable } from './database.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';

describe('a transaction on PostgreSQL', () => {
  let postgres: RunningPostgres;
  let db: Database;
  before(async () => {
    postgres = await startPostgres();
    db = await openDatabase(postgres.url);
    await db.query('CREATE TABLE counter (n bigint NOT NULL)');
    await db.query('INSERT INTO counter VALUES (0)');
  });
  after(async () => {
    await db.close();
    await postgres.stop();
  });

  /** Adds 10 in a transaction that loses (40001) to one that adds 1, the first `losses` times. */
  const add = async (losses: number) => {
    let attempts = 0;
    const outcome = db.transaction(async (tx) => {
      attempts++;
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await tx.query('SELECT n FROM counter');
      if (attempts <= losses) await db.query('UPDATE counter SET n = n + 1');
      await tx.query('UPDATE counter SET n = n + 10');
    });
    const code = await outcome.then(
      () => null,
      (error: unknown) => (error as { code?: string }).code,
    );
    const [row] = await db.query<{ n: number }>('SELECT n FROM counter');
    return { attempts, code, n: row?.n };
  };

  it('runs again after it lost to another one, and counts once', async () => {
    assert.deepEqual(await add(0), { attempts: 1, code: null, n: 10 });
    assert.deepEqual(await add(4), { attempts: 5, code: null, n: 24 });
  });

  it('gives up after five times, having written nothing', async () => {
    assert.deepEqual(await add(99), { attempts: 5, code: '40001', n: 29 });
  });

  it('that loses again and again to others like it gets its turn', async () => {
    const [before] = await db.query<{ n: number }>('SELECT n FROM counter');
    const crowd = Array.from({ length: 4 }, () =>
      db.transaction(async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
        const [row] = await tx.query<{ n: number }>('SELECT n FROM counter');
        await tx.query('UPDATE counter SET n = $1', [(row?.n ?? 0) + 1]);
      }),
    );
    await Promise.all(crowd);
    const [row] = await db.query<{ n: number }>('SELECT n FROM counter');
    assert.equal(row?.n, (before?.n ?? 0) + 4);
  });

  it('fails alone, as out of reach, when its connection dies between two statements', async () => {
    const cut = db.transaction(async (tx) => {
      const [own] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await db.query('SELECT pg_terminate_backend($1)', [own?.pid]);
      await sleep(100);
      await tx.query('SELECT 1');
    });
    await assert.rejects(cut, isUnavailable);
    assert.deepEqual(await db.query('SELECT 1 AS one'), [{ one: 1 }]);
  });
});
