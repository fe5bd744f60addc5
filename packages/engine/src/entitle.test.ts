import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { validTo } from './assessment-of.js';
import { compilePolicy } from './compile-policy.js';
import { compileEntitlements } from './entitle.js';

const { files } = loadPolicy();
const grader = compilePolicy(files);
const entitle = compileEntitlements(files);
const clean = {
  overdue_months_24m: 0,
  overdue_max_run_24m: 0,
  overdue_max_days_60m: 0,
  debt_ratio_bp: 1000,
  relationship_months: 60,
  age_years: 40,
};

function benefitsOf(
  rung: string,
  metrics: object = {},
  consents: string[] = [],
  used: [string, number][] = [],
) {
  const grade = grader.grade({ ...clean, ...metrics });
  const list = entitle({ rung, grade, consents: new Set(consents), used: new Map(used) });
  return new Map(list.map((benefit) => [benefit.benefit, benefit]));
}

describe('entitle', () => {
  it('takes the count of the rung, then of the class, then of the benefit', () => {
    assert.equal(benefitsOf('VIP-2').get('B-V3')?.quota, 12);
    assert.equal(benefitsOf('LARGE-4').get('B-V3')?.quota, 24);
    assert.equal(benefitsOf('VIP-1').get('B-V5')?.quota, 2);
    assert.equal(benefitsOf('VIP-1').get('B-V1')?.addBp, 5);
  });

  it('locks what a higher rung grants and names the lowest such rung', () => {
    const team = benefitsOf('VIP-1').get('B-V10');
    assert.deepEqual([team?.state, team?.because, team?.opensAt], ['LOCKED', 'rung', 'VIP-2']);
  });

  it('leaves out what no higher rung grants', () => {
    assert.equal(benefitsOf('VIP-1').has('B-N1'), false);
    assert.equal(benefitsOf('VIP-1', { relationship_months: 5 }).get('B-N1')?.state, 'AVAILABLE');
  });

  it('suspends credit benefits at high credit risk, also where requires does not name it', () => {
    const risky = benefitsOf('VIP-1', { debt_ratio_bp: 7000 });
    assert.equal(risky.get('B-V8')?.state, 'SUSPENDED');
    assert.equal(risky.get('B-Q6')?.state, 'SUSPENDED');
  });

  it('suspends the free card while the credit record is not known to be clean', () => {
    assert.equal(benefitsOf('VIP-1').get('B-Q1')?.state, 'AVAILABLE');
    assert.equal(
      benefitsOf('VIP-1', { overdue_max_days_60m: null }).get('B-Q1')?.state,
      'SUSPENDED',
    );
  });

  it('opens the insurance with consent, the longevity gift at 60, the higher limit by the side rule', () => {
    assert.equal(benefitsOf('ORDINARY').get('B-O2')?.because, 'consent');
    assert.equal(benefitsOf('ORDINARY', {}, ['INSURANCE_SHARE']).get('B-O2')?.state, 'AVAILABLE');
    assert.equal(benefitsOf('ORDINARY', { age_years: 59 }).get('B-A4')?.because, 'age');
    assert.equal(benefitsOf('ORDINARY', { age_years: null }).get('B-A4')?.because, 'age');
    assert.equal(benefitsOf('ORDINARY', { age_years: 60 }).get('B-A4')?.state, 'AVAILABLE');
    assert.equal(benefitsOf('VIP-1').get('B-Q6')?.because, 'sideRule');
    const spender = { card_spend_month_avg_fen: 4, card_limit_fen: 11 };
    assert.equal(benefitsOf('VIP-1', spender).get('B-Q6')?.state, 'AVAILABLE');
  });

  it('keeps every benefit when a customer rises from rung to rung', () => {
    const rungs = [...files['tier-ladder'].rungs].sort((a, b) => a.rank - b.rank).slice(1);
    rungs.slice(1).forEach((rung, index) => {
      const held = (code: string) =>
        [...benefitsOf(code).values()]
          .filter((item) => item.because !== 'rung')
          .map((item) => item.benefit);
      const higher = held(rung.code);
      for (const benefit of held(rungs[index]?.code ?? ''))
        assert.ok(higher.includes(benefit), `${rung.code} loses ${benefit}`);
    });
  });

  it('counts what was used', () => {
    assert.equal(benefitsOf('VIP-1', {}, [], [['B-V3', 2]]).get('B-V3')?.used, 2);
  });
});

describe('validTo is the last day before the earliest possible downgrade', () => {
  const ladder = files['tier-ladder'];
  const cases: [
    tierClass: string,
    failStreak: number,
    assessedOn: string,
    expected: string | null,
  ][] = [
    ['VIP', 0, '2026-11-01', '2027-02-28'],
    ['VIP', 1, '2026-11-01', '2027-01-31'],
    ['LARGE', 0, '2026-11-01', '2027-05-31'],
    ['QUALITY', 0, '2027-11-01', '2028-02-29'],
    ['ORDINARY', 0, '2026-11-01', null],
  ];
  for (const [tierClass, failStreak, assessedOn, expected] of cases) {
    it(`${tierClass} with ${failStreak} failing months, assessed on ${assessedOn}`, () => {
      assert.equal(validTo(ladder, tierClass, failStreak, assessedOn), expected);
    });
  }
});
