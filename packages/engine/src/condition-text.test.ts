import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Expression } from '@liyu/policy';
import { loadPolicy } from '@liyu/policy/node';
import { compilePolicy } from './compile-policy.js';
import { conditionText, restoreText } from './condition-text.js';

const { files } = loadPolicy();
const of = (op: 'ge' | 'lt' | 'eq' | 'le' | 'gt', name: string, value: never): Expression => ({
  op,
  args: [{ var: name }, value],
});

describe('conditionText', () => {
  const cases: [expression: Expression, zh: string, en: string][] = [
    [
      of('ge', 'deposit_avg_3m_fen', 600_000_000 as never),
      '近3个月日均存款达到600万元',
      '3-month average deposits of at least ¥6,000,000',
    ],
    [
      of('ge', 'deposit_avg_3m_fen', 10_000_000_000 as never),
      '近3个月日均存款达到1亿元',
      '3-month average deposits of at least ¥100,000,000',
    ],
    [
      of('gt', 'card_spend_12m_fen', 123_456 as never),
      '近12个月信用卡消费超过1,234.56元',
      'card spend, 12 months above ¥1,234.56',
    ],
    [of('ge', 'score', 60 as never), '综合评分达到60分', 'Composite score of at least 60'],
    [
      of('lt', 'relationship_months', 6 as never),
      '与本行往来月数不满6个月',
      'months since first account below 6 months',
    ],
    [
      of('eq', 'occupation_group', 'A' as never),
      '职业类别为优质职业',
      'occupation group: preferred occupation',
    ],
    [
      of('le', 'debt_ratio_bp', 3050 as never),
      '负债比例不超过30.5%',
      'liabilities / assets of at most 30.5%',
    ],
    [
      { op: 'not', args: [{ var: 'knockout' }] },
      '信用记录无一票否决',
      'no knock-out in the credit record',
    ],
    [
      { var: 'card_spend_over_third' },
      '刷卡超额度三分之一',
      'Monthly spend above one third of limit',
    ],
    [
      { op: 'or', args: [of('ge', 'score', 60 as never), { var: 'owns_property' }] },
      '综合评分达到60分，或拥有房产',
      'Composite score of at least 60, or owns real estate',
    ],
  ];
  for (const [expression, zh, en] of cases) {
    it(zh, () => {
      assert.equal(conditionText(files, expression, 'zh-CN'), zh);
      assert.equal(conditionText(files, expression, 'en'), en);
    });
  }
});

it('restoreText names only what is not met', () => {
  const grade = compilePolicy(files).grade({
    deposit_avg_3m_fen: 49_000_000,
    relationship_months: 9,
  });
  assert.deepEqual(restoreText(files, 'VIP-1', grade), {
    'zh-CN': '近3个月日均管理资产达到50万元',
    en: '3-month average assets under management of at least ¥500,000',
  });
});
