import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { forCustomers } from '@liyu/policy';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { compilePolicy } from './compile-policy.js';
import { conditionsOf } from './conditions.js';
import { explain, suppliedMetrics } from './explain.js';
import { nextRung, progressBp } from './next-rung.js';
import type { MetricsRow } from './read-metrics.js';
import { whatIfStops } from './what-if-stops.js';

const policy = loadPolicy();
const { files } = policy;
const grader = compilePolicy(files);
const { assess: golden } = JSON.parse(
  readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8'),
) as { assess: { id: string; input: MetricsRow }[] };
const base = golden[0]!.input;

describe('explain', () => {
  it('gives points and bin of each factor, by block, and the reasons with their loss', () => {
    const grade = grader.grade(base);
    const found = explain(files, grade);
    assert.deepEqual(found.blocks, [
      { id: 'credit', points: 30, max: 30 },
      { id: 'assets', points: 17, max: 30 },
      { id: 'activity', points: 14, max: 20 },
      { id: 'stability', points: 13, max: 20 },
    ]);
    const deposits = found.factors.find(({ id }) => id === 'F04');
    assert.deepEqual(deposits?.bin, { lo: 10_000_000, hi: 30_000_000, points: 9 });
    assert.deepEqual(found.reasons[0], { factor: 'F05', points: 2, max: 8, loss: 6 });
    assert.deepEqual(
      found.knockouts.map(({ truth }) => truth),
      [false, false, false, false, false],
    );
    assert.deepEqual(found.versions, { ladder: '1.0.0', scorecard: '1.0.0' });
    assert.ok(found.dataUsed.includes('deposit_avg_3m_fen'));
    assert.ok(!found.dataUsed.includes('cash_txn_large_30d'));
  });

  it('names the same bins as grading does', () => {
    for (const { id, input } of golden) {
      const grade = grader.grade(input);
      const bins = explain(files, grade).factors.map(({ bin }, i) => {
        const { bins: all } = files.scorecard.factors[i]!;
        return bin === null ? -1 : (all as unknown[]).indexOf(bin);
      });
      assert.deepEqual(bins, [...grade.bins], id);
    }
  });

  it('says which points are those of what is missing', () => {
    const never = explain(files, grader.grade({ ...base, credit_active_months: 0 }));
    const record = never.factors.find(({ id }) => id === 'F01');
    assert.deepEqual([record?.isMissing, record?.points, record?.value], [true, 5, 0]);
    const unknown = explain(files, grader.grade({ ...base, overdue_max_days_60m: null }));
    assert.equal(unknown.knockouts.find(({ id }) => id === 'K3')?.truth, null);
  });

  it('leaves out what the neutral variant does not read', () => {
    const grade = grader.grade(base, { variant: 'neutral' });
    const found = explain(files, grade, { variant: 'neutral' });
    assert.equal(found.score, 75);
    assert.equal(found.factors.length, 16);
    assert.ok(!found.dataUsed.includes('occupation_group'));
  });

  it('works from what a device has', () => {
    const onDevice = forCustomers(policy) as unknown as typeof files;
    const again = compilePolicy(onDevice).grade(suppliedMetrics(onDevice, base as never));
    const grade = grader.grade(base);
    const { inputs: _all, creditRisk: _risk, ...rest } = grade;
    const { inputs: _some, creditRisk: _none, ...found } = again;
    assert.deepEqual({ ...found }, { ...rest });
    assert.deepEqual(explain(onDevice, again).blocks, explain(files, grade).blocks);
  });
});

it('suppliedMetrics gives the row that grades to the same', () => {
  for (const { id, input } of golden) {
    const grade = grader.grade(input);
    const again = grader.grade(suppliedMetrics(files, grade.inputs));
    assert.deepEqual(again, grade, id);
  }
});

describe('conditionsOf', () => {
  it('takes a criterion apart, and keeps alternatives together', () => {
    const found = conditionsOf(files, 'QUALITY-2', grader.grade(base));
    assert.deepEqual(
      found.map(({ truth, alternatives }) => [truth, alternatives.map((one) => one.truth)]),
      [
        [true, []],
        [true, [false, false, true, false]],
        [false, []],
      ],
    );
  });

  it('leaves out the occupation in the neutral variant, and needs a rung', () => {
    const [, gate] = conditionsOf(files, 'QUALITY-1', grader.grade(base), { variant: 'neutral' });
    assert.equal(gate?.alternatives.length, 3);
    assert.throws(() => conditionsOf(files, 'GOLD', grader.grade(base)), /GOLD is no rung/);
  });
});

describe('the next rung', () => {
  it('is the least above, from ORDINARY and NEW the first with a level', () => {
    const next = (held: string) => nextRung(files, held)?.code;
    assert.deepEqual(['NEW', 'ORDINARY', 'QUALITY-3', 'VIP-3', 'LARGE-5'].map(next), [
      'QUALITY-1',
      'QUALITY-1',
      'VIP-1',
      'LARGE-1',
      undefined,
    ]);
  });

  it('is progressed to in basis points, never quite before it is reached', () => {
    const grade = grader.grade(base);
    assert.equal(progressBp(files, 'QUALITY-1', grade), 9866);
    assert.equal(progressBp(files, 'ORDINARY', grade), 9999);
    assert.equal(progressBp(files, 'QUALITY-3', grade), 3000);
    assert.equal(progressBp(files, 'LARGE-5', grade), null);
    const unknown = grader.grade({ relationship_months: 9 });
    assert.equal(progressBp(files, 'QUALITY-3', unknown), null);
  });
});

describe('whatIfStops', () => {
  it('rests on the present value, every edge, and what is left to a total', () => {
    const stops = whatIfStops(grader, files, base, 'invest_avg_3m_fen');
    assert.deepEqual(stops, [
      ...[0, 1, 3_000_000, 5_000_000, 20_000_000, 38_000_000, 50_000_000],
      ...[188_000_000, 488_000_000],
    ]);
    assert.deepEqual(whatIfStops(grader, files, base, 'txn_month_avg'), [0, 3, 10, 12, 30]);
    assert.throws(() => whatIfStops(grader, files, base, 'age_years'), /no lever moves age_years/);
  });
});
