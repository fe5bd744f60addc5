import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { compilePolicy } from '@liyu/engine';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { addMetrics } from '../db/metrics-table.js';
import { migrate } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { LiyuCommand, liyu } from '../testing/liyu-command.js';

interface Golden {
  id: string;
  input: Record<string, unknown>;
  expect: Record<string, unknown>;
}

const golden = (
  JSON.parse(readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8')) as { assess: Golden[] }
).assess;
/** A database in memory, gone with the command. */
const SQL: [args: string[], env: Record<string, string>] = [
  ['--engine', 'sql'],
  { DATABASE_URL: 'pglite:memory' },
];
const KEYS = [
  ...['id', 'rung', 'score', 'neutralScore'],
  ...['points', 'knockouts', 'creditKnown', 'reasons'],
];

let dir: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'liyu-grade-'));
});
after(() => {
  rmSync(dir, { recursive: true, force: true });
});

function ndjson(rows: object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function parse(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('liyu grade', () => {
  const rows = golden.map(({ id, input }) => ({ id, ...input }));

  it('grades the golden cases, opening no database', async () => {
    const file = join(dir, 'golden.ndjson');
    writeFileSync(file, ndjson(rows));
    const { code, stdout, stderr } = await liyu(['grade', '--in', file], {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
    });
    assert.deepEqual([code, stderr], [0, '']);
    const found = parse(stdout);
    assert.deepEqual(
      found.map((row) => Object.keys(row)),
      found.map(() => KEYS),
    );
    assert.deepEqual(
      found,
      golden.map(({ id, expect }) => ({ id, ...expect })),
    );
  });

  it('reads standard input with a byte-order mark, CRLF, empty lines and no last line end', async () => {
    const text = `\ufeff${ndjson(rows.slice(0, 3)).replaceAll('\n', '\r\n\r\n').trimEnd()}`;
    const { code, stdout, stderr } = await liyu(['grade', '--in', '-'], {}, text);
    assert.deepEqual([code, stderr, parse(stdout).length], [0, '', 3]);
  });

  it('tells every bad row, does the rest, and ends with 1', async () => {
    const good = { id: 'good', txn_month_avg: 3 };
    const lines: [
      text: string | Uint8Array,
      said: [id: string | null, field: string | null] | null,
    ][] = [
      [JSON.stringify(good), null],
      ['{"id": "broken"', [null, null]],
      ['[1]', [null, null]],
      ['null', [null, null]],
      [JSON.stringify({ txn_month_avg: 1 }), [null, 'id']],
      [JSON.stringify({ ...good, id: 7 }), [null, 'id']],
      [JSON.stringify({ ...good, txn_month_avg: -1 }), ['good', 'txn_month_avg']],
      [JSON.stringify({ ...good, txn_month_avg: 1.5 }), ['good', 'txn_month_avg']],
      [JSON.stringify({ ...good, txn_month_avg: 1e300 }), ['good', 'txn_month_avg']],
      [JSON.stringify({ ...good, txn_month_avg: true }), ['good', 'txn_month_avg']],
      [JSON.stringify({ ...good, education: 'PH\0D' }), ['good', 'education']],
      [JSON.stringify({ ...good, place: 1 }), ['good', 'place']],
      [JSON.stringify({ ...good, education: 'PHD' }), ['good', 'education']],
      [JSON.stringify({ ...good, txn_month_average: 1 }), ['good', 'txn_month_average']],
      [
        JSON.stringify({ ...good, overdue_max_run_24m: 3, overdue_months_24m: 2 }),
        ['good', 'overdue_max_run_24m'],
      ],
      [Buffer.from([0x7b, 0xff, 0x7d]), [null, null]],
      [JSON.stringify({ ...good, id: 'x'.repeat(2 ** 20) }), [null, null]],
      [JSON.stringify({ ...good, id: 'last' }), null],
    ];
    const input = Buffer.concat(
      lines.flatMap(([text]) => [Buffer.from(text as string), Buffer.from('\n')]),
    );
    const told = await liyu(['grade', '--in', '-'], {}, input);
    const [sql, env] = SQL;
    assert.deepEqual(await liyu(['grade', '--in', '-', ...sql], env, input), told);
    const { code, stdout, stderr } = told;
    assert.equal(code, 1);
    assert.deepEqual(
      parse(stdout).map((row) => row.id),
      ['good', 'last'],
    );
    const said = parse(stderr);
    assert.deepEqual(
      said.map(({ line, id, field }) => [line, id, field]),
      lines.flatMap(([, fault], index) => (fault === null ? [] : [[index + 1, ...fault]])),
    );
    assert.match(String(said.at(-1)?.message), /longer than 1 MiB/);
    for (const row of said) {
      assert.deepEqual(Object.keys(row), ['line', 'id', 'field', 'message']);
      assert.equal(typeof row.message, 'string');
    }
  });

  it('grades neutrally on demand: no dropped factor counts, nor is it a reason', async () => {
    const { scorecard } = loadPolicy().files;
    const dropped = scorecard.variants.find(({ id }) => id === 'neutral')?.drop ?? [];
    const weak = { id: 'weak', ...golden[0]?.input, education: 'BELOW', occupation_group: 'C' };
    const graded = async (...more: string[]) => {
      const { stdout } = await liyu(['grade', '--in', '-', ...more], {}, ndjson([weak]));
      return parse(stdout)[0] as { reasons: string[]; neutralScore: number };
    };
    const plain = await graded();
    const neutral = await graded('--variant', 'neutral');
    assert.ok(dropped.length > 0);
    assert.ok(plain.reasons.some((reason) => dropped.includes(reason)));
    assert.ok(!neutral.reasons.some((reason) => dropped.includes(reason)));
    assert.equal(neutral.neutralScore, plain.neutralScore);
  });

  it('grades in the database as it does here, to the byte, and changes nothing there', async () => {
    const lines = [
      ...rows,
      { id: 'total', aum_avg_3m_fen: 10, deposit_avg_3m_fen: 11 },
      { id: 'huge', deposit_avg_3m_fen: 2 ** 53 - 1, invest_avg_3m_fen: 1 },
      { txn_month_avg: -1, age_years: 121, education: 'PHD', id: 'order', products_held: 2 ** 53 },
      { id: 'both', overdue_max_run_24m: 1, overdue_months_24m: 0, aum_avg_3m_fen: 0 },
      { id: 'spend', card_limit_fen: 0, card_spend_12m_fen: 1, deposit_avg_3m_fen: null },
      { id: 'nothing' },
    ];
    const url = `pglite:${join(dir, 'untouched')}`;
    for (const more of [
      [],
      ['--full'],
      ['--variant', 'neutral'],
      ['--variant', 'neutral', '--full'],
    ]) {
      const here = await liyu(['grade', '--in', '-', ...more], {}, ndjson(lines));
      const args = ['grade', '--in', '-', '--engine', 'sql', ...more];
      assert.deepEqual(
        await liyu(args, { DATABASE_URL: url }, ndjson(lines)),
        here,
        more.join(' '),
      );
      assert.equal(here.code, 1);
    }
    const db = await openDatabase(url);
    const tables = await db.query(
      `SELECT 1 FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`,
    );
    await db.close();
    assert.deepEqual(tables, []);
  });

  it('tells all of a grade on demand', async () => {
    const { stdout } = await liyu(['grade', '--in', '-', '--full'], {}, ndjson(rows.slice(0, 1)));
    const { id, ...told } = parse(stdout)[0]!;
    const { id: _, ...metrics } = rows[0]!;
    assert.deepEqual([id, told], [rows[0]!.id, compilePolicy(loadPolicy().files).grade(metrics)]);
  });

  it('takes 30,000 rows from a slow reader without holding them', async () => {
    const command = new LiyuCommand(['grade', '--in', '-']);
    const { child } = command;
    child.stdout.pause();
    const text = ndjson(Array.from({ length: 30_000 }, (_, n) => ({ ...rows[0], id: `c${n}` })));
    child.stdin.end(text);
    setTimeout(() => child.stdout.resume(), 1_000);
    const { code, stdout } = await command.result();
    const ids = parse(stdout).map((row) => row.id);
    assert.deepEqual([code, ids.length, ids[0], ids.at(-1)], [0, 30_000, 'c0', 'c29999']);
  });

  it('is quiet when its reader has seen enough', async () => {
    const command = new LiyuCommand(['grade', '--in', '-']);
    command.child.stdin.end(ndjson(Array.from({ length: 20_000 }, () => rows[0] as object)));
    command.child.stdout.once('data', () => command.child.stdout.destroy());
    const { code, stderr } = await command.result();
    assert.deepEqual([code, stderr], [0, '']);
  });

  it("grades the database's latest metrics of every customer, in order", async () => {
    const url = `pglite:${join(dir, 'db')}`;
    const policy = loadPolicy();
    const db = await openDatabase(url);
    await migrate(db, policy);
    const metrics = rows.map(({ id: customer, ...values }, index) => ({
      customer: `${index % 2 === 0 ? 'b' : 'A'}-${customer}`,
      asOf: '2026-10-31',
      metrics: values,
    }));
    const old = metrics.map((row) => ({ ...row, asOf: '2026-09-30', metrics: {} }));
    await addMetrics(db, policy.files.metrics, [...old, ...metrics]);
    await db.close();
    const { code, stdout, stderr } = await liyu(['grade'], { DATABASE_URL: url });
    assert.deepEqual([code, stderr], [0, '']);
    const expected = golden.map(({ expect }, index) => ({
      id: metrics[index]?.customer,
      ...expect,
    }));
    const sorted = expected.sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
    assert.deepEqual(parse(stdout), sorted);
    for (const more of [[], ['--variant', 'neutral', '--full']]) {
      const [here, there] = [
        await liyu(['grade', ...more], { DATABASE_URL: url }),
        await liyu(['grade', '--engine', 'sql', ...more], { DATABASE_URL: url }),
      ];
      assert.deepEqual(there, here);
    }
  });
});

describe('the liyu command', () => {
  it('ends with 2 and its usage when it is used wrongly', async () => {
    const wrong = [
      [],
      ['frobnicate'],
      ['__proto__'],
      ['grade', '--inn', 'x'],
      ['grade', '--in'],
      ['grade', 'x.ndjson'],
      ['grade', '--engine', 'rust'],
      ['grade', '--variant', 'harsh'],
      ['serve', '--port', '1'],
      ['migrate', 'now'],
    ];
    for (const args of wrong) {
      const { code, stdout, stderr } = await liyu(args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /^liyu: .+\n\n.*liyu grade/s);
    }
  });

  it('prints its usage on demand', async () => {
    for (const args of [['--help'], ['grade', '--help']]) {
      const { code, stdout } = await liyu(args);
      assert.equal(code, 0);
      assert.match(stdout, /liyu grade \[--in FILE\]/);
    }
  });

  it('ends with 1 when a file is not there', async () => {
    const { code, stderr } = await liyu(['grade', '--in', join(dir, 'nothing.ndjson')]);
    assert.equal(code, 1);
    assert.match(stderr, /^liyu: ENOENT[^\n]*\n$/);
  });
});
