import { resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Database } from './database.js';
import { lockFolder } from './folder-lock.js';

/** int8 as a number, a date as it is written. */
export const parsers = { 20: Number, 1082: String };

/**
 * Opens PGlite: PostgreSQL in this process with a single connection, for trying and developing, not
 * a system of record. `target` is `memory` or a folder, which one process at a time may use.
 */
export async function openPglite(target: string): Promise<Database> {
  const dir = target === 'memory' ? null : resolve(target);
  const release = dir === null ? () => undefined : lockFolder(dir);
  try {
    return databaseOf(await PGlite.create({ dataDir: dir ?? 'memory://', parsers }), release);
  } catch (error) {
    release();
    throw error;
  }
}

/** `release` is called when it is closed. */
export function databaseOf(pglite: PGlite, release: () => void = () => undefined): Database {
  return {
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) =>
      (await pglite.query<Row>(sql, [...params])).rows,
    transaction: (work) =>
      pglite.transaction((tx) =>
        work({
          query: async <Row extends object>(sql: string, params: readonly unknown[] = []) =>
            (await tx.query<Row>(sql, [...params])).rows,
        }),
      ),
    close: async () => {
      await pglite.close();
      release();
    },
  };
}
