import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { checkMetrics } from './check-metrics.js';

const { metrics } = loadPolicy().files;

describe('a row is refused with the field and the reason', () => {
  const cases: [why: string, row: Record<string, unknown>, field: string | null, rule?: string][] =
    [
      ['nothing known', {}, null],
      ['unknown values', { age_years: null, education: null }, null],
      ['a negative amount', { deposit_avg_3m_fen: -1 }, 'deposit_avg_3m_fen', 'DQ2'],
      ['a fraction', { txn_month_avg: 1.5 }, 'txn_month_avg', 'DQ2'],
      ['a number in quotes', { txn_month_avg: '12' }, 'txn_month_avg', 'DQ2'],
      ['a number beyond 2^53', { card_limit_fen: 2 ** 53 }, 'card_limit_fen', 'DQ2'],
      ['an age above 120', { age_years: 121 }, 'age_years', 'DQ2'],
      ['an age of 120', { age_years: 120 }, null],
      ['a value that the metric has not', { education: 'PHD' }, 'education', 'DQ2'],
      ['a flag as a number', { owns_property: 1 }, 'owns_property', 'DQ2'],
      ['a misspelt metric', { depositAvg: 1 }, 'depositAvg', 'DQ2'],
      [
        'a total below deposits',
        { aum_avg_3m_fen: 9, deposit_avg_3m_fen: 10 },
        'aum_avg_3m_fen',
        'DQ3',
      ],
      ['a total without deposits', { aum_avg_3m_fen: 9, deposit_avg_3m_fen: null }, null],
      [
        'a run longer than all months',
        { overdue_max_run_24m: 3, overdue_months_24m: 2 },
        'overdue_max_run_24m',
        'DQ3',
      ],
      [
        'spend on a card without a limit',
        { card_spend_12m_fen: 1, card_limit_fen: 0 },
        'card_spend_12m_fen',
        'DQ3',
      ],
    ];
  for (const [why, row, field, rule] of cases) {
    it(why, () => {
      const found = checkMetrics(metrics, row).map((fault) => [fault.field, fault.rule]);
      assert.deepEqual(found, field === null ? [] : [[field, rule]]);
    });
  }
});
