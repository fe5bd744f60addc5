// Loaded before tests (`--import`): makes PGlite start sooner. A new one begins with a copy of a cluster that
// was made once, since initdb takes four times as long as all the rest of its start; the program is
// compiled once for all those of a process.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { fileBlob, kept } from '../kept.mjs';

const DIST = join(createRequire(import.meta.url).resolve('@electric-sql/pglite'), '..');
const { version } = JSON.parse(readFileSync(join(DIST, '../package.json'), 'utf8'));

const create = PGlite.create.bind(PGlite);
let program;

PGlite.create = async (options) => {
  const { dataDir, loadDataDir } = options;
  // Without a folder it is PGlite's own call, by which it runs initdb.
  if (dataDir === undefined) return create(options);
  program ??= globalThis.WebAssembly.compile(readFileSync(join(DIST, 'pglite.wasm')));
  const quick = { ...options, pgliteWasmModule: await program };
  const isNew = dataDir === 'memory://' || !existsSync(join(dataDir, 'PG_VERSION'));
  if (!isNew || loadDataDir !== undefined) return create(quick);
  return create({ ...quick, loadDataDir: await seed() });
};

async function seed() {
  const path = await kept(`pglite-${version}.tar`, async (own) => {
    const pglite = await create({ dataDir: 'memory://' });
    const tar = await pglite.dumpDataDir('none');
    await pglite.close();
    writeFileSync(own, Buffer.from(await tar.arrayBuffer()));
  });
  return fileBlob(path);
}
