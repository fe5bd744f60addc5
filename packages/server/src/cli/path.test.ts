import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY_DIR } from '@liyu/policy/node';
import { liyu } from '../testing/liyu-command.js';

interface GoldenPath {
  id: string;
  input: Record<string, unknown>;
  from_: string;
  target: string;
  expect: object;
}

const { paths } = JSON.parse(readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8')) as {
  paths: GoldenPath[];
};
const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const find = (target: string, ...rows: object[]) =>
  liyu(
    ['path', '--target', target, '--in', '-'],
    {},
    rows.map((row) => JSON.stringify(row)).join('\n'),
  );

describe('liyu path', () => {
  for (const { id, input, from_: from, target, expect } of paths) {
    it(`gives the golden path ${id}`, async () => {
      const { code, stdout, stderr } = await find(target, { id, ...input });
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual(lines(stdout), [{ id, from, target, ...expect }]);
      assert.deepEqual(Object.keys(lines(stdout)[0]!), [
        ...['id', 'from', 'target', 'cost', 'moves', 'rung', 'score'],
      ]);
    });
  }

  it('says why a rung is closed and which is open, with exit code 0', async () => {
    const { code, stdout } = await find('VIP-1', { id: 'c-1', relationship_months: 3 });
    assert.equal(code, 0);
    const [told] = lines(stdout);
    assert.deepEqual(Object.keys(told!), ['id', 'closed', 'because', 'nearest']);
    assert.deepEqual([told!.closed, told!.nearest], [true, 'NEW']);
    assert.ok((told!.because as string[]).includes('unknown:deposit_avg_3m_fen'));
  });

  it('tells bad rows and does the rest', async () => {
    const good = { id: 'good', ...paths[0]!.input };
    const { code, stdout, stderr } = await find(
      'VIP-1',
      { ...good, id: 'bad', txn_month_avg: -3 },
      good,
    );
    assert.equal(code, 1);
    assert.deepEqual(
      lines(stdout).map(({ id }) => id),
      ['good'],
    );
    assert.deepEqual(lines(stderr), [
      { line: 1, id: 'bad', field: 'txn_month_avg', message: 'must not be negative' },
    ]);
  });

  it('refuses what it does not understand', async () => {
    const cases: [args: string[], message: RegExp][] = [
      [['--in', '-'], /--target: which rung/],
      [['--target', 'VIP-1'], /--in: which file/],
      [['--target', 'GOLD', '--in', '-'], /--target: GOLD is no rung/],
      [['--target', 'VIP-1', '--in', '-', '--variant', 'x'], /--variant: no variant x/],
    ];
    for (const [args, message] of cases) {
      const { code, stderr } = await liyu(['path', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  });
});
