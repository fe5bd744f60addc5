import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import { openDatabase } from '../db/open-database.js';
import { dump, fixtures } from '../import/testing/fixture.js';
import { createDatabase } from '../testing/create-database.js';
import { liyu } from '../testing/liyu-command.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const DATA = process.env.LIYU_TEST_DATA ?? join(ROOT, '../shared/data');
/** Longest import of 30,000 rows, in milliseconds. */
const LIMIT = 60_000;

const write = fixtures();
let dir: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'liyu-import-command-'));
});
after(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** Of a file of real data: a reason to skip a test, which is also said aloud. */
function missing(file: string): string | false {
  if (existsSync(join(DATA, file))) return false;
  const reason = `${file} is not in ${DATA}; LIYU_TEST_DATA names another directory`;
  console.log(`SKIPPED: import of real data: ${reason}`);
  return reason;
}

describe('liyu import', () => {
  it('brings an empty database up to date, imports, and says what it did', async () => {
    const env = { DATABASE_URL: `pglite:${join(dir, 'small')}` };
    const { dir: mapping, data } = write();
    const { code, stdout, stderr } = await liyu(['import', mapping, '--data', data], env);
    assert.deepEqual([code, stderr], [0, '']);
    const all = { inserted: 3, updated: 0, unchanged: 0 };
    assert.equal(
      stdout,
      `${JSON.stringify({ read: { people: 3 }, tables: { customers: all, metrics: all }, documents: 3 })}\n`,
    );
  });

  it('ends with 1 and one line that names the place when the input is bad', async () => {
    const url = `pglite:${join(dir, 'bad')}`;
    const { dir: mapping, data } = write({ people: 'id,姓名,age\n1,张三,30\nx,a,1\n' });
    const { code, stdout, stderr } = await liyu(['import', mapping, '--data', data], {
      DATABASE_URL: url,
    });
    assert.deepEqual([code, stdout], [1, '']);
    assert.equal(
      stderr,
      'liyu: people.csv: line 3, column 1 (id): must be a whole number, such as 1200\n',
    );
    const db = await openDatabase(url);
    const { migration, ...rows } = await dump(db);
    await db.close();
    assert.ok(migration);
    assert.ok(Object.values(rows).every((table) => table.length === 0));
  });

  it('ends with 2 when it is used wrongly', async () => {
    for (const args of [[], ['--data', dir], [dir], [dir, '--data'], [dir, dir, '--data', dir]]) {
      const { code, stdout, stderr } = await liyu(['import', ...args]);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /^liyu: .+\n\n.*liyu import DIR --data D/s);
    }
  });
});

describe('the import of real data', () => {
  let server: RunningPostgres;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());

  const cards = missing('UCI_Credit_Card.csv');
  const churn = missing('Customer-Churn-Records.csv');
  const engines: [name: string, url: () => Promise<string>][] = [
    ['PGlite', () => Promise.resolve(`pglite:${mkdtempSync(join(dir, 'real-'))}`)],
    ['PostgreSQL', () => createDatabase(server.url, `real_${++count}`)],
  ];
  let count = 0;

  // A minute of PGlite, which `LIYU_LONG=1` adds; what the statements do there, other tests see.
  const inShort = (engine: string) =>
    engine === 'PGlite' && process.env.LIYU_LONG === undefined ? 'LIYU_LONG is not set' : false;

  for (const [engine, freshUrl] of engines) {
    it(
      `grades 30,000 card customers as their credit record says, on ${engine}`,
      { skip: cards || inShort(engine) },
      async () => {
        const env = { DATABASE_URL: await freshUrl() };
        const command = ['import', join(ROOT, 'test/import/uci-credit-card'), '--data', DATA];
        const began = performance.now();
        const first = await liyu(command, env);
        const took = performance.now() - began;
        assert.deepEqual([first.code, first.stderr], [0, '']);
        const all = { inserted: 30_000, updated: 0, unchanged: 0 };
        assert.deepEqual(JSON.parse(first.stdout), {
          read: { uci: 30_000 },
          tables: { customers: all, metrics: all },
          documents: 30_000,
        });
        assert.ok(took < LIMIT, `${Math.round(took)} ms`);

        const graded = await liyu(['grade'], env);
        assert.deepEqual([graded.code, graded.stderr], [0, '']);
        const knockouts = graded.stdout
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { knockouts: string[] }).knockouts);
        const carrying = (id: string) => knockouts.filter((ids) => ids.includes(id)).length;
        const any = knockouts.filter((ids) => ids.length > 0).length;
        assert.deepEqual(
          [knockouts.length, ...['K1', 'K2', 'K3'].map(carrying), any],
          [30_000, 3_297, 1_341, 1_193, 3_487],
        );

        const again = await liyu(command, env);
        const none = { inserted: 0, updated: 0, unchanged: 30_000 };
        assert.deepEqual(JSON.parse(again.stdout), {
          read: { uci: 30_000 },
          tables: { customers: none, metrics: none },
          documents: 0,
        });
      },
    );

    it(
      `brings in 10,000 customers to page and search, once, on ${engine}`,
      { skip: churn },
      async () => {
        const env = { DATABASE_URL: await freshUrl() };
        const command = ['import', join(ROOT, 'test/import/churn-records'), '--data', DATA];
        const first = await liyu(command, env);
        assert.deepEqual([first.code, first.stderr], [0, '']);
        const { tables, documents } = JSON.parse(first.stdout) as Summary;
        const inserted = Object.entries(tables).map(([name, table]) => [name, table.inserted]);
        assert.deepEqual(Object.fromEntries(inserted), {
          branches: 3,
          managers: 3,
          customers: 10_000,
          holdings: 7_055,
          metrics: 10_000,
        });
        assert.equal(documents, 17_055);
        const again = JSON.parse((await liyu(command, env)).stdout) as Summary;
        assert.deepEqual(
          [again.documents, ...Object.values(again.tables).map((table) => table.updated)],
          [0, 0, 0, 0, 0, 0],
        );
      },
    );
  }
});

interface Summary {
  tables: Record<string, { inserted: number; updated: number }>;
  documents: number;
}
