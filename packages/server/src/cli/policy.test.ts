import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import { createDatabase } from '../testing/create-database.js';
import { liyu } from '../testing/liyu-command.js';
import { TEMPLATE, startMigratedPostgres } from '../testing/migrated.js';
import { textTable, widthOf } from './text-table.js';

const shipped = loadPolicy();
let dir: string;
let postgres: RunningPostgres;
let count = 0;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'liyu-policy-cli-'));
  postgres = await startMigratedPostgres();
});
after(async () => {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** A folder with the shipped rules, one text in the ladder replaced everywhere. */
function folder(from = '', to = ''): string {
  const copy = join(dir, `rules-${++count}`);
  cpSync(DEFAULT_POLICY_DIR, copy, { recursive: true });
  const ladder = join(copy, 'tier-ladder.json');
  writeFileSync(ladder, readFileSync(ladder, 'utf8').replaceAll(from, to));
  return copy;
}
const dearer = () => folder(' 50000000\n', ' 190000000\n');
const unreachable = () => folder(' 1000000000\n', ' 3000000000\n');
/** The settings of a database without rows; a folder of PGlite's takes each command a second to open. */
const fresh = async () => ({
  DATABASE_URL: await createDatabase(postgres.url, `policy_${++count}`, TEMPLATE),
});

/** What is used wrongly opens no database. */
const NONE = { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' };

describe('liyu policy', () => {
  it('ends with 2 and its usage when it is used wrongly', async () => {
    const cases: [args: string[], message: RegExp][] = [
      [[], /policy: check, diff or publish$/m],
      [['frob'], /policy: check, diff or publish, not frob/],
      [['constructor'], /policy: check, diff or publish, not constructor/],
      [['check'], /policy check: which directory/],
      [['check', '--all'], /policy check: which directory/],
      [['check', 'a', 'b'], /Unexpected argument 'b'/],
      [['diff', 'a'], /policy diff: which two directories/],
      [['diff', 'a', '--json'], /policy diff: which two directories/],
      [['diff', 'a', 'b', '--xml'], /--xml/],
      [['publish', '--maker', 'm'], /policy publish: which directory/],
      [['publish', 'a', '--checker', 'c'], /policy publish: --maker: who made the rules/],
      [['publish', 'a', '--maker', 'm'], /policy publish: --checker: who checked the rules/],
      [
        ['publish', 'a', '--maker', ' ', '--checker', 'c'],
        /policy publish: --maker: who made the rules/,
      ],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await liyu(['policy', ...args], NONE);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, message);
      assert.match(stderr, /liyu policy check DIR/);
    }
  });

  it('check says version and hash of good rules', async () => {
    const { code, stdout, stderr } = await liyu(['policy', 'check', folder()]);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(stdout, `${JSON.stringify({ version: shipped.version, hash: shipped.hash })}\n`);
  });

  it('check tells each mistake on a line, with file and item', async () => {
    const twice = folder('"VIP-1"', '"VIP-2"');
    const cases: [dir: string, lines: RegExp[]][] = [
      [twice, [/^tier-ladder\.json: VIP-2: this id stands twice$/]],
      [unreachable(), [/^tier-ladder\.json: LARGE-2: no customer can reach it$/]],
      [join(dir, 'nowhere'), [/nowhere: not a folder that can be read$/]],
    ];
    for (const [path, lines] of cases) {
      const { code, stdout, stderr } = await liyu(['policy', 'check', path]);
      assert.deepEqual([code, stdout], [1, '']);
      const told = stderr.trimEnd().split('\n');
      for (const line of lines)
        assert.ok(
          told.some((one) => line.test(one)),
          stderr,
        );
    }
  });

  it('publish refuses one person for two, and rules with a mistake, and writes nothing', async () => {
    const env = await fresh();
    const publish = (path: string, maker: string, checker: string) =>
      liyu(['policy', 'publish', path, '--maker', maker, '--checker', checker], env);
    for (const [maker, checker] of [
      ['m-1', 'm-1'],
      ['m-1 ', ' M-1'],
      ['Ｍ-1', 'm-1'],
    ] as const) {
      const { code, stdout, stderr } = await publish(folder(), maker, checker);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /^liyu: --checker: .* made the rules; somebody else must check them\n$/);
    }
    const wrong = await publish(unreachable(), 'm-1', 'm-2');
    assert.deepEqual([wrong.code, wrong.stdout], [1, '']);
    assert.equal(wrong.stderr, 'tier-ladder.json: LARGE-2: no customer can reach it\n');
    const first = await publish(folder(), 'm-1', 'm-2');
    assert.equal((JSON.parse(first.stdout) as { published: boolean }).published, true);
  });

  it('publish puts rules in force for the commands that follow, once', async () => {
    const env = await fresh();
    const rules = dearer();
    const { hash, version } = loadPolicy(rules);
    const sample = await liyu(['sample', '--customers', '60'], env);
    assert.equal(sample.code, 0, sample.stderr);
    const rungs = async (more: Record<string, string> = {}) => {
      const { stdout } = await liyu(['grade'], { ...env, ...more });
      return stdout.split('\n').filter((line) => line.includes('"rung":"VIP-1"')).length;
    };
    const before = await rungs();
    const publish = ['policy', 'publish', rules, '--maker', 'm-1', '--checker', 'm-2'];
    const first = await liyu(publish, env);
    assert.deepEqual([first.code, first.stderr], [0, '']);
    assert.deepEqual(JSON.parse(first.stdout), { published: true, version, hash });
    const diff = await liyu(['policy', 'diff', DEFAULT_POLICY_DIR, rules, '--json'], env);
    const { notices } = JSON.parse(diff.stdout) as { notices: { from: string; to: string }[] };
    assert.ok(notices.length > 0);
    const now = await rungs();
    assert.ok(now < before, `${now} of ${before} VIP-1`);
    assert.equal(await rungs({ LIYU_POLICY_DIR: rules }), now);
    assert.equal(await rungs({ LIYU_POLICY_DIR: DEFAULT_POLICY_DIR }), before);

    const second = await liyu(publish, env);
    assert.deepEqual(JSON.parse(second.stdout), { published: false, version, hash });
    assert.match(second.stderr, /is in force already; nothing written/);
    const other = await liyu(publish, { ...env, LIYU_POLICY_DIR: DEFAULT_POLICY_DIR });
    assert.match(other.stderr, /LIYU_POLICY_DIR is set/);
  });

  it('diff prints tables for people, and refuses rules that cannot be used', async () => {
    const env = await fresh();
    await liyu(['sample', '--customers', '60'], env);
    const rules = dearer();
    const { code, stdout, stderr } = await liyu(['policy', 'diff', DEFAULT_POLICY_DIR, rules], env);
    assert.deepEqual([code, stderr], [0, '']);
    for (const title of [
      /^规则 Rules$/m,
      /^等级变动/m,
      /^按网点 By branch$/m,
      /^按年龄段 By age band$/m,
      /^按与本行往来年限/m,
      /^权益增减/m,
      /^公平性，按年龄段/m,
      /^公平性，按家庭状况/m,
      /^应告知客户 Owed a notice: [1-9]/m,
    ]) {
      assert.match(stdout, title);
    }
    const broken = await liyu(['policy', 'diff', DEFAULT_POLICY_DIR, join(dir, 'no')], env);
    assert.deepEqual([broken.code, broken.stdout], [1, '']);
    assert.match(broken.stderr, /no: not a folder/);
  });
});

describe('textTable', () => {
  it('aligns by the columns that a terminal gives: two for a Chinese letter', () => {
    const rows = [
      ['', '客户', '份额'],
      ['普通客户', 7, '5.00%'],
      ['VIP-1', 120, '—'],
    ];
    const table = textTable(rows);
    assert.equal(
      table,
      ['          客户   份额', '普通客户     7  5.00%', 'VIP-1      120      —'].join('\n'),
    );
    const widths = table.split('\n').map(widthOf);
    assert.deepEqual(widths, [21, 21, 21]);
  });
});
