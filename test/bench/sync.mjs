// How much sync costs beside the bare database: `npm run bench -- sync [--quick]`.
import { openDatabase } from '../../packages/server/src/db/open-database.js';
import { migrateSchema } from '../../packages/server/src/db/migrate.js';
import { createDatabase } from '../../packages/server/src/testing/create-database.js';
import { startPostgres } from '../postgres/start-postgres.js';
import { writeRows } from './report.mjs';
import { fillBank } from './sync-bank.mjs';
import { browserRows } from './sync-browser.mjs';
import { pullRows, pullsAtOnce } from './sync-pull.mjs';
import { pushRow, pushesAtOnce } from './sync-push.mjs';
import { streamsRow } from './sync-streams.mjs';

const isQuick = process.argv.includes('--quick');
const SIZES = isQuick
  ? { customers: [30, 300], runs: 3, times: 3, streams: 100, pings: 50, records: 2_000, changes: 5 }
  : {
      customers: [300, 3_000, 30_000],
      runs: 5,
      times: 20,
      streams: 1_000,
      pings: 240,
      records: 10_000,
      changes: 15,
    };

const server = await startPostgres(['shared_buffers=512MB', 'max_connections=60']);
const rows = [];
try {
  for (const [n, customers] of SIZES.customers.entries()) {
    const url = await createDatabase(server.url, `bench_${n}`);
    const db = await openDatabase(url);
    await migrateSchema(db);
    const filled = await fillBank(db, customers);
    const of = `${customers.toLocaleString('en')} customers`;
    console.log(`${of}: ${filled} records`);
    rows.push(...(await pullRows(db, of, SIZES)), await pushRow(db, of, customers, SIZES));
    const pulls = (await pullsAtOnce(db, customers)).toFixed(0);
    const pushes = (await pushesAtOnce(db, customers)).toFixed(0);
    console.log(`${of}, 16 clients: ${pulls} pulls and ${pushes} pushes a second`);
    await db.close();
  }
  const db = await openDatabase(await createDatabase(server.url, 'bench_browser'));
  await migrateSchema(db);
  await fillBank(db, 1, SIZES.records);
  rows.push(...(await browserRows(db, SIZES.records, SIZES)));
  await db.close();
} finally {
  await server.stop();
}
rows.push(await streamsRow(SIZES));
await writeRows('sync', rows, { isQuick });
