import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { compilePolicy } from './compile-policy.js';

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
});
