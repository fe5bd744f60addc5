import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { fileBlob, kept } from '../../../../test/kept.mjs';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import type { Database } from '../db/database.js';
import { migrate } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { databaseOf, parsers } from '../db/pglite.js';
import { createDatabase } from './create-database.js';

/** The database of `startMigratedPostgres` that others are made from. */
export const TEMPLATE = 'liyu_migrated';

/** A PGlite in memory with the schema, and the columns of the policy that comes with Liyu. */
export async function openMigratedPglite(): Promise<Database> {
  const path = await kept(`pglite-${schemaDigest()}.tar`, async (own) => {
    const pglite = await PGlite.create({ dataDir: 'memory://', parsers });
    await migrate(databaseOf(pglite), loadPolicy());
    const tar = await pglite.dumpDataDir('none');
    await pglite.close();
    writeFileSync(own, Buffer.from(await tar.arrayBuffer()));
  });
  const loadDataDir = fileBlob(path);
  return databaseOf(await PGlite.create({ dataDir: 'memory://', parsers, loadDataDir }));
}

/** A PostgreSQL with a database TEMPLATE that has the same. */
export function startMigratedPostgres(): Promise<RunningPostgres> {
  return startPostgres([], {
    digest: schemaDigest(),
    fill: async (url) => {
      const db = await openDatabase(await createDatabase(url, TEMPLATE));
      await migrate(db, loadPolicy());
      await db.close();
    },
  });
}

/** Of all that says what a migrated database is like. */
function schemaDigest(): string {
  const hash = createHash('sha256');
  const dir = fileURLToPath(new URL('../db', import.meta.url));
  const sources = readdirSync(dir).filter((name) => !name.endsWith('.test.ts'));
  for (const name of sources.sort()) hash.update(name).update(readFileSync(join(dir, name)));
  hash.update(readFileSync(join(DEFAULT_POLICY_DIR, 'metrics.json')));
  hash.update(readFileSync(fileURLToPath(import.meta.resolve('@electric-sql/pglite'))));
  return hash.digest('hex').slice(0, 16);
}
