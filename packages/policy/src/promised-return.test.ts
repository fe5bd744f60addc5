import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { promisedReturn } from './promised-return.js';

const PROMISES = [
  '本金保本，到期取回',
  '稳赚不赔的选择',
  '零风险，天天可取',
  '预期收益4%',
  '预期年化收益可观',
  '收益率高达4.25%',
  '收益率可达 4.25 ％',
  '年化3.6%起',
  '享4%年化',
  '我们保证收益',
  '收益有保障',
  'A guaranteed return for you',
  'Guaranteed returns',
  'capital-guaranteed product',
  'Risk-free saving',
  'A yield of 4.2%',
  '4.2% return a year',
  'Expected annual yield',
];
const HONEST = [
  '更高的理财产品收益率',
  'Higher wealth-product yield',
  '理财非存款，业绩比较基准不代表收益承诺。',
  '非保本浮动收益',
  '本产品不保本，不承诺收益',
  '在基本利率上加0.05个百分点',
  '本行按年收取千分之三的管理费',
  'The bank takes a management fee of 0.3% a year',
  'They are not deposits, and a benchmark is not a promised return.',
  'There is no guaranteed return.',
  '三年期大额存单预约',
];

describe('a promised return', () => {
  for (const text of PROMISES) {
    it(`is found: ${text}`, () => {
      assert.notEqual(promisedReturn(text), null);
    });
  }
  for (const text of HONEST) {
    it(`isn't read into: ${text}`, () => {
      assert.equal(promisedReturn(text), null);
    });
  }
});
