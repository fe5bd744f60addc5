import { DatabaseError } from './database.js';
import type { Database } from './database.js';

export const DEFAULT_DATABASE_URL = 'pglite:.liyu/db';

/**
 * Opens `pglite:DIR`, `pglite:memory` or `postgres://…`. Throws a DatabaseError that says what is
 * wrong. The caller closes it, else the process doesn't end.
 */
export async function openDatabase(url: string = DEFAULT_DATABASE_URL): Promise<Database> {
  if (url.startsWith('pglite:') && url.length > 'pglite:'.length) {
    const { openPglite } = await import('./pglite.js');
    return openPglite(url.slice('pglite:'.length));
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres.js');
    return openPostgres(url);
  }
  throw new DatabaseError('DATABASE_URL: must be pglite:DIR, pglite:memory or postgres://…');
}
