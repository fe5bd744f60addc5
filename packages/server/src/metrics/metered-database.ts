import type { Database, Queryable } from '../db/database.js';
import type { Meter } from './meter.js';

/** The same database, with its errors and the work under way counted. */
export function meteredDatabase(db: Database, meter: Meter): Database {
  const counted = new WeakSet<object>();
  const count = (error: unknown) => {
    if (error instanceof Error) {
      if (counted.has(error)) return;
      counted.add(error);
    }
    meter.databaseFailed(error);
  };
  const watched = (inner: Queryable): Queryable => ({
    query: async <Row extends object>(sql: string, params?: readonly unknown[]) => {
      try {
        return await inner.query<Row>(sql, params);
      } catch (error) {
        count(error);
        throw error;
      }
    },
  });
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const end = meter.database();
    try {
      return await work();
    } catch (error) {
      count(error);
      throw error;
    } finally {
      end();
    }
  };
  return {
    query: (sql, params) => timed(() => db.query(sql, params)),
    transaction: (work) => timed(() => db.transaction((tx) => work(watched(tx)))),
    close: () => db.close(),
  };
}
