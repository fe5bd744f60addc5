import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { compilePolicy } from './compile-policy.js';
import { compileGradings, maintenanceOf, productPreference } from './gradings.js';
import type { Gradings } from './gradings.js';

const { files } = loadPolicy();
const grader = compilePolicy(files);
const gradingsOf = compileGradings(files);
const of = (metrics: object, heldClass = 'ORDINARY') =>
  gradingsOf(grader.grade(metrics as never), heldClass);
const CLEAN = { overdue_months_24m: 0, overdue_max_run_24m: 0, overdue_max_days_60m: 0 };

describe('gradings beside the ladder', () => {
  const cases: [
    why: string,
    metrics: object,
    read: (one: Gradings) => unknown,
    expected: unknown,
  ][] = [
    ['value HIGH by assets', { deposit_avg_3m_fen: 50_000_000 }, (g) => g.value.grade, 'HIGH'],
    [
      'value HIGH by contribution',
      { annual_contribution_fen: 1_000_000 },
      (g) => g.value.grade,
      'HIGH',
    ],
    ['value MEDIUM by use', { txn_month_avg: 10 }, (g) => g.value.grade, 'MEDIUM'],
    [
      'value LOW just below',
      { txn_month_avg: 9, deposit_avg_3m_fen: 4_999_999 },
      (g) => g.value.rule,
      'V3',
    ],
    [
      'value LOW unknown',
      {},
      (g) => g.value,
      {
        grade: 'LOW',
        rule: 'V3',
        unknown: ['aum_avg_3m_fen', 'annual_contribution_fen', 'txn_month_avg'],
      },
    ],
    [
      'needs of an enterprise',
      { customer_type: 'ENTERPRISE' },
      (g) => g.needs.grade,
      'PROFESSIONAL',
    ],
    ['needs by assets', { invest_avg_3m_fen: 600_000_000 }, (g) => g.needs.rule, 'N1'],
    ['needs by products', { complex_products_held: 2 }, (g) => g.needs.grade, 'ADVANCED'],
    ['needs unknown', {}, (g) => g.needs.grade, 'BASIC'],
    ['credit risk LOW', { ...CLEAN, debt_ratio_bp: 4999 }, (g) => g.risk.CREDIT?.grade, 'LOW'],
    ['credit risk by debts', { ...CLEAN, debt_ratio_bp: 7000 }, (g) => g.risk.CREDIT?.rule, 'RC1'],
    ['credit risk unknown', {}, (g) => g.risk.CREDIT?.rule, 'RC4'],
    ['AML HIGH', { cash_txn_large_30d: 5 }, (g) => g.risk.AML?.grade, 'HIGH'],
    [
      'AML MEDIUM by transfers',
      { crossborder_txn_30d: 4, cash_txn_large_30d: 0 },
      (g) => g.risk.AML?.rule,
      'RA2',
    ],
    ['AML LOW', { crossborder_txn_30d: 3, cash_txn_large_30d: 1 }, (g) => g.risk.AML?.grade, 'LOW'],
    ['AML unknown is never low', {}, (g) => g.risk.AML?.grade, 'MEDIUM'],
    ['operation HIGH', { misoperation_90d: 3 }, (g) => g.risk.OPERATION?.grade, 'HIGH'],
    ['operation unknown', {}, (g) => g.risk.OPERATION?.grade, 'LOW'],
    ['marketing EXIT', { ...CLEAN, debt_ratio_bp: 7000 }, (g) => g.marketing.grade, 'EXIT'],
    ['marketing ORDINARY', {}, (g) => g.marketing.grade, 'ORDINARY'],
    ['band at the edge', { deposit_avg_3m_fen: 10_000_000 }, (g) => g.depositBand, 'D1'],
    ['band below the edge', { deposit_avg_3m_fen: 9_999_999 }, (g) => g.depositBand, 'D2'],
    ['no band', {}, (g) => g.depositBand, null],
    ['life stage at 30', { age_years: 30 }, (g) => g.lifeStage, 'MID'],
    ['life stage at 29', { age_years: 29 }, (g) => g.lifeStage, 'YOUNG'],
    ['life stage at 60', { age_years: 60 }, (g) => g.lifeStage, 'RETIRED'],
    ['no life stage at 17', { age_years: 17 }, (g) => g.lifeStage, null],
    [
      'a side rule',
      { card_spend_month_avg_fen: 4, card_limit_fen: 11 },
      (g) => g.sideRules,
      ['limit_increase_eligible'],
    ],
  ];
  for (const [why, metrics, read, expected] of cases) {
    it(why, () => assert.deepEqual(read(of(metrics)), expected));
  }

  it('takes the class of the held rung, which a watch keeps', () => {
    assert.equal(of({}, 'VIP').marketing.grade, 'KEY');
  });
});

describe('productPreference', () => {
  const value = (
    deposit: number | null,
    loan: number | null,
    invest: number | null,
    intermediary: number | null,
  ) => productPreference({ deposit, loan, invest, intermediary });
  it('names the kind with 60% of the value', () => {
    assert.equal(value(60, 20, 20, 0), 'DEPOSIT');
    assert.equal(value(5999, 4001, 0, 0), 'BALANCED');
    assert.equal(value(null, null, 1, null), 'INVEST');
    assert.equal(value(0, 0, 0, Number.MAX_SAFE_INTEGER), 'INTERMEDIARY');
  });
  it('says nothing of nothing, and refuses what is no amount', () => {
    assert.equal(value(null, null, null, null), null);
    assert.equal(value(0, 0, 0, 0), null);
    assert.throws(() => value(-1, 0, 0, 0), /deposit: must be an amount/);
    assert.throws(() => value(0, NaN, 0, 0), /loan: must be an amount/);
  });
});

describe('maintenanceOf', () => {
  it('gives the cells of the matrix', () => {
    const found = maintenanceOf(files, {
      productPreference: 'DEPOSIT',
      marketingGrade: 'KEY',
      behaviourType: 'PRICE',
    });
    assert.deepEqual(
      found.productPreference.map(({ kind }) => kind),
      ['DAILY', 'SPECIAL', 'CARE'],
    );
    assert.equal(found.marketingGrade[1]?.action['zh-CN'], '当日响应、上门');
    assert.deepEqual(found.behaviourType?.methods, ['DIFF']);
  });
  it('infers no behaviour, and refuses an id that is none', () => {
    const type = { productPreference: null, marketingGrade: 'EXIT', behaviourType: null };
    assert.equal(maintenanceOf(files, type).behaviourType, null);
    assert.throws(() => maintenanceOf(files, { ...type, behaviourType: 'MOODY' }), /MOODY/);
  });
});
