import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { compilePolicy } from './compile-policy.js';
import type { MetricsRow } from './read-metrics.js';

interface Golden {
  assess: {
    id: string;
    why: string;
    input: Record<string, unknown>;
    expect: Record<string, unknown>;
  }[];
}

const policy = loadPolicy();
const grader = compilePolicy(policy.files);
const golden = JSON.parse(readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8')) as Golden;
const base = golden.assess[0]!.input;

describe('grade gives what the golden file says', () => {
  for (const { id, why, input, expect } of golden.assess) {
    it(`${id}: ${why}`, () => {
      const grade = grader.grade(input) as unknown as Record<string, unknown>;
      const found = Object.fromEntries(Object.keys(expect).map((key) => [key, grade[key]]));
      assert.deepEqual(found, expect);
    });
  }
});

describe('grade', () => {
  it('computes managed assets itself and ignores a supplied total', () => {
    const grade = grader.grade({ ...base, aum_avg_3m_fen: 90_000_000_000 });
    assert.equal(grade.inputs.aum_avg_3m_fen, 15_000_000);
    assert.equal(grade.rung, 'QUALITY-1');
  });

  it('prefers a supplied monthly card spend to the twelfth of a year', () => {
    const over = grader.grade({ ...base, card_spend_month_avg_fen: 333_334 });
    const notOver = grader.grade({ ...base, card_spend_month_avg_fen: 333_333 });
    assert.deepEqual([over.points.F10, notOver.points.F10], [2, 0]);
  });

  it('knows the credit record once one knock-out is certain, whatever else is unknown', () => {
    const grade = grader.grade({ ...base, malicious_overdraft: true, overdue_months_24m: null });
    assert.deepEqual([grade.knockouts, grade.creditKnown], [['K4'], true]);
  });

  it('names what is missing in the order of the dictionary and how much it knows', () => {
    const grade = grader.grade({ ...base, education: null, card_limit_fen: null });
    assert.deepEqual(grade.missing, ['card_limit_fen', 'education']);
    assert.equal(grade.confidenceBp, 9600);
  });

  it('decides without occupation and education in the neutral variant', () => {
    const closed = {
      ...base,
      card_spend_12m_fen: 100_000,
      occupation_group: 'A',
      education: 'POSTGRAD',
      income_month_fen: 2_000_000,
      products_held: 4,
      txn_month_avg: 30,
    };
    assert.equal(grader.grade(closed).rung, 'QUALITY-1');
    const neutral = grader.grade(closed, { variant: 'neutral' });
    assert.equal(neutral.rung, 'ORDINARY');
    assert.ok(!neutral.reasons.includes('F13') && !neutral.reasons.includes('F18'));
  });

  it('grades credit risk from the knock-outs and the debts', () => {
    const risk = (change: object) => grader.grade({ ...base, ...change }).creditRisk;
    assert.equal(risk({}), 'LOW');
    assert.equal(risk({ debt_ratio_bp: 7000 }), 'HIGH');
    assert.equal(risk({ debt_ratio_bp: null }), 'MEDIUM');
    assert.equal(risk({ overdue_max_days_60m: 90 }), 'HIGH');
  });

  const faulty: [why: string, row: Record<string, unknown>, message: RegExp][] = [
    ['a wrong type', { txn_month_avg: '12' }, /^customer c-1: txn_month_avg: must be an integer/],
    ['a negative amount', { deposit_avg_3m_fen: -1 }, /deposit_avg_3m_fen: must not be negative/],
    ['NaN', { debt_ratio_bp: NaN }, /debt_ratio_bp: must be an integer/],
    ['2^53', { card_limit_fen: 2 ** 53 }, /card_limit_fen: must be below 2\^53/],
    ['a value out of the list', { education: 'PHD' }, /education: must be one of/],
    ['an unknown key', { depozit: 1 }, /depozit: no such metric/],
    ['a key without a name', { '': 1 }, /^customer c-1: : no such metric/],
    [
      'a contradiction',
      { overdue_max_run_24m: 3, overdue_months_24m: 2 },
      /overdue_max_run_24m: credit: above overdue_months_24m/,
    ],
  ];
  for (const [why, row, message] of faulty) {
    it(`refuses ${why}, naming customer and metric, and never takes it for 0`, () => {
      for (const method of ['grade', 'decide'] as const) {
        assert.throws(() => grader[method]({ ...base, id: 'c-1', ...row }), { message });
      }
    });
  }

  it('takes a key that is there without a value as unknown', () => {
    const left: MetricsRow = { ...base, education: undefined };
    assert.deepEqual(grader.grade(left).missing, ['education']);
  });
});
