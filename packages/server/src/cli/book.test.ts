import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { shanghaiDate } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import { openDatabase } from '../db/open-database.js';
import { startServer } from '../start-server.js';
import { createDatabase } from '../testing/create-database.js';
import { createIssuer } from '../testing/issuer.js';
import { LiyuCommand, liyu } from '../testing/liyu-command.js';
import { TEMPLATE, startMigratedPostgres } from '../testing/migrated.js';

let postgres: RunningPostgres;
let env: { DATABASE_URL: string };
before(async () => {
  postgres = await startMigratedPostgres();
  env = { DATABASE_URL: await createDatabase(postgres.url, 'book', TEMPLATE) };
});
after(() => postgres.stop());

const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string; cursor: string });

/** Sends `count` wishes of a sample customer through a real server. */
async function customersWrite(count: number): Promise<void> {
  const issuer = await createIssuer();
  const server = await startServer({
    database: env.DATABASE_URL,
    auth: issuer,
    policy: loadPolicy(),
  });
  try {
    const rows = Array.from({ length: count }, (_, n) => ({
      newDocumentState: {
        id: `01935b6e-0000-7000-8000-${String(n).padStart(12, '0')}`,
        rev: 0,
        customer: 'c-8f3a',
        kind: 'callback',
        topic: null,
        about: null,
        text: '请联系我',
        state: 'RECEIVED',
        openedAt: '2026-11-22T08:00:00.000Z',
        receivedAt: null,
        dueOn: null,
        handler: null,
        receipt: null,
        steps: [],
      },
    }));
    const answer = await fetch(`${server.url}/sync/v1/push`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await issuer.token('c-8f3a')}`,
      },
      body: JSON.stringify({
        coll: 'cases',
        scope: 'c:c-8f3a',
        sv: collections.cases!.version,
        rows,
      }),
    });
    assert.deepEqual(await answer.json(), { conflicts: [], rejects: [] });
  } finally {
    await server.close();
  }
}

describe('the commands on a book', () => {
  const today = shanghaiDate(new Date().toISOString());

  it('sample adds an invented bank once, graded', async () => {
    const first = await liyu(['sample', '--customers', '40', '--date', today], env);
    assert.deepEqual([first.code, first.stdout, first.stderr], [0, '{"added":40}\n', '']);
    const second = await liyu(['sample', '--customers', '41', '--date', today], env);
    assert.equal(second.stdout, '{"added":1}\n');
    const db = await openDatabase(env.DATABASE_URL);
    const counts = await db.query(
      `SELECT count(*) AS customers, count(body -> 'tier' ->> 'rung') AS graded
       FROM doc WHERE coll = 'customers'`,
    );
    await db.close();
    const [{ customers, graded }] = counts as [{ customers: number; graded: number }];
    assert.equal(customers, 41);
    assert.ok(graded >= 39, `${graded} of 41 graded`);
  });

  /** A day of the month after this one. */
  const next = (() => {
    const [year, month] = today.split('-').map(Number) as [number, number];
    return new Date(Date.UTC(year, month, 15)).toISOString().slice(0, 10);
  })();

  it('reassess writes what changed, says what it did, and nothing the second time', async () => {
    const first = await liyu(['reassess', '--date', next], env);
    const second = await liyu(['reassess', '--date', next], env);
    assert.deepEqual([first.code, second.code], [0, 0], first.stderr);
    const done = JSON.parse(first.stdout) as Record<string, number>;
    assert.equal(done.assessed! + done.standing!, 41);
    assert.ok(done.written! >= done.assessed!);
    assert.deepEqual(JSON.parse(second.stdout), { ...done, written: 0 });
  });

  it('export goes on where a consumer died in the middle of a line', async () => {
    await customersWrite(60);
    const command = new LiyuCommand(['export'], env);
    await new Promise<void>((resolve) => command.child.stdout.once('data', () => resolve()));
    command.child.kill('SIGKILL');
    // Half of what came: the consumer died over a line.
    const seen = command.stdout.slice(0, command.stdout.length / 2);
    const whole = lines(seen.slice(0, seen.lastIndexOf('\n') + 1));
    assert.ok(whole.length < 60, `${whole.length} lines before the death`);
    await command.result();
    const last = whole.at(-1);
    const rest = await liyu(['export', ...(last ? ['--since', last.cursor] : [])], env);
    assert.equal(rest.code, 0, rest.stderr);
    const ids = [...whole, ...lines(rest.stdout)].map(({ id }) => id);
    assert.equal(new Set(ids).size, 60);
  });

  it('epoch bump makes cursors of before void, and says so', async () => {
    const before = lines((await liyu(['export'], env)).stdout);
    assert.match((await liyu(['epoch', 'bump'], env)).stdout, /^\{"scopes":\d+\}\n$/);
    const again = await liyu(['export', '--since', before.at(-1)!.cursor], env);
    assert.deepEqual([again.code, again.stdout], [1, '']);
    assert.match(again.stderr, /--since: the cursor is of another history/);
    assert.equal(lines((await liyu(['export'], env)).stdout).length, before.length);
  });

  it('refuses what it does not understand', async () => {
    const cases: [args: string[], message: RegExp][] = [
      [['reassess'], /--date: which day/],
      [['reassess', '--date', '2026-02-30'], /--date: 2026-02-30 is no day/],
      [['reassess', '--date', '2999-01-01'], /--date: 2999-01-01 is later than the next month/],
      [['sample', '--customers', '0'], /--customers: must be a whole number/],
      [['sample', '--seed', 'x'], /--seed: must be a whole number/],
      [['epoch'], /epoch: bump/],
      [['export', '--until', 'x'], /--until/],
    ];
    for (const [args, message] of cases) {
      const { code, stderr } = await liyu(args, { DATABASE_URL: 'pglite:memory' });
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, message);
    }
    const live = await liyu(['sample'], { DATABASE_URL: 'pglite:memory', NODE_ENV: 'production' });
    assert.deepEqual([live.code, live.stdout], [1, '']);
    assert.match(live.stderr, /NODE_ENV: sample/);
  });
});
