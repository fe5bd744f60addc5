import type { Database, Queryable } from '../db/database.js';

/** A statement that went to the database. */
export interface Statement {
  /** Number of its transaction; null outside of one. */
  transaction: number | null;
  sql: string;
  params: readonly unknown[];
}

/** The database, which notes each statement before it runs it. */
export function recorded(db: Database): { db: Database; statements: Statement[] } {
  const statements: Statement[] = [];
  let transactions = 0;
  const note = (inner: Queryable, transaction: number | null): Queryable => ({
    query: (sql, params = []) => {
      statements.push({ transaction, sql, params });
      return inner.query(sql, params);
    },
  });
  return {
    statements,
    db: {
      ...db,
      ...note(db, null),
      transaction: (work) => {
        const number = ++transactions;
        return db.transaction((tx) => work(note(tx, number)));
      },
      close: () => db.close(),
    },
  };
}
