import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postgresHints } from './change-hints.js';
import { DatabaseError } from './database.js';
import type { Database, Queryable } from './database.js';

const INT8 = 20;
const DATE = 1082;
/** How often a transaction that lost is run in all, and the longest pause before the second time, in ms;
 * it doubles. */
const ATTEMPTS = 5;
const PAUSE = 20;

/** Answers to a transaction that lost to another one: nothing was written, run it again. */
const LOST = new Set(['40001', '40P01']);

/** Of this pool alone: pg's own setTypeParser would change every pool of the process. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): ((value: never) => unknown) => {
    if (oid === INT8) return Number;
    if (oid === DATE) return String;
    return pg.types.getTypeParser(oid, format) as (value: never) => unknown;
  },
};

/** Opens a pool of connections to PostgreSQL 15 or later. Throws a DatabaseError when it can't. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'liyu',
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    types,
  });
  // A connection lost while idle; the next query gets another one or fails by itself.
  pool.on('error', () => undefined);
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await pool.end();
    const { code, message } = error as { code?: string; message: string };
    throw new DatabaseError(`DATABASE_URL: PostgreSQL doesn't answer (${code ?? message})`);
  }
  return {
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) =>
      (await pool.query<Row>(sql, [...params])).rows,
    transaction: async (work) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await runOnce(pool, work);
        } catch (error) {
          const { code } = error as { code?: string };
          if (attempt === ATTEMPTS || code === undefined || !LOST.has(code)) throw error;
          // At random, or those that collided would collide again.
          await sleep(Math.random() * PAUSE * 2 ** (attempt - 1));
        }
      }
    },
    hints: postgresHints(url, pool),
    close: () => pool.end(),
  };
}

const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

async function runOnce<T>(pool: pg.Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  let lost: Error | null = null;
  // Lost between two statements, or nobody would hear of it and the process would end; the next statement
  // only says that there is no connection.
  const onLost = (error: Error) => {
    lost ??= error;
  };
  client.on('error', onLost);
  try {
    const tx = lazily(client);
    const result = await work(tx);
    if (tx.isBegun()) await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw lost ?? error;
  } finally {
    client.off('error', onLost);
    client.release(broken);
  }
}

/** A transaction that begins with its first statement, in one round trip when that has no parameters. */
function lazily(client: pg.PoolClient): Queryable & { isBegun(): boolean } {
  let isBegun = false;
  return {
    isBegun: () => isBegun,
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => {
      if (!isBegun) {
        isBegun = true;
        if (params.length === 0) {
          const results = await client.query<Row>(`${BEGIN}; ${sql}`);
          return (results as unknown as pg.QueryResult<Row>[]).at(-1)!.rows;
        }
        await client.query(BEGIN);
      }
      return (await client.query<Row>(sql, [...params])).rows;
    },
  };
}
