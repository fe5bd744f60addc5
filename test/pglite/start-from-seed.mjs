// Loaded before tests (`--import`): a new PGlite begins with a copy of a cluster that was made once, since
// initdb takes four times as long as all the rest of its start. The copy lies in node_modules/.cache.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Blob } from 'node:buffer';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const ENTRY = createRequire(import.meta.url).resolve('@electric-sql/pglite');
const { version } = JSON.parse(readFileSync(join(ENTRY, '../../package.json'), 'utf8'));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/liyu', import.meta.url));
const SEED = join(CACHE, `pglite-${version}.tar`);

const create = PGlite.create.bind(PGlite);

PGlite.create = async (options) => {
  const { dataDir } = options;
  // PGlite's own call, by which it runs initdb.
  if (dataDir === undefined) return create(options);
  const isNew = dataDir === 'memory://' || !existsSync(join(dataDir, 'PG_VERSION'));
  return create(isNew ? { ...options, loadDataDir: await seed() } : options);
};

async function seed() {
  if (!existsSync(SEED)) {
    const pglite = await create({ dataDir: 'memory://' });
    const tar = Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer());
    await pglite.close();
    mkdirSync(CACHE, { recursive: true });
    // Whole or not at all: another process may be reading.
    const own = `${SEED}.${process.pid}`;
    writeFileSync(own, tar);
    renameSync(own, SEED);
  }
  // Not a blob of the file: one that isn't read to its end keeps the process.
  return new Blob([readFileSync(SEED)]);
}
