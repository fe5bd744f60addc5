import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pointsBalance } from './points-balance.js';
import type { PointsEntry } from './points-entry.js';

const entry = (id: string, points: number, more: Partial<PointsEntry> = {}): PointsEntry => ({
  id,
  rev: 1,
  customer: 'c1',
  type: points > 0 ? 'EARN' : 'SPEND',
  points,
  on: '2026-01-10',
  expiresOn: points > 0 ? '2028-01-31' : null,
  rule: null,
  of: null,
  title: { 'zh-CN': '积分', en: 'Points' },
  ...more,
});
const older = entry('older', 100, { on: '2024-11-03', expiresOn: '2026-11-30' });
const newer = entry('newer', 500, { on: '2026-03-05', expiresOn: '2028-03-31' });

describe('a balance of points', () => {
  const cases: [
    what: string,
    ledger: PointsEntry[],
    day: string,
    balance: number,
    lots: unknown,
  ][] = [
    ['is nothing without entries', [], '2026-11-22', 0, []],
    [
      'is the sum of what was earned, oldest expiry first',
      [newer, older],
      '2026-11-22',
      600,
      [
        { points: 100, expiresOn: '2026-11-30' },
        { points: 500, expiresOn: '2028-03-31' },
      ],
    ],
    [
      'is spent from the oldest expiry',
      [newer, entry('s', -150, { on: '2026-06-01' }), older],
      '2026-11-22',
      450,
      [{ points: 450, expiresOn: '2028-03-31' }],
    ],
    [
      'can be used on the last day',
      [older],
      '2026-11-30',
      100,
      [{ points: 100, expiresOn: '2026-11-30' }],
    ],
    ['has lapsed the day after, before any entry says so', [older], '2026-12-01', 0, []],
    [
      'does not lapse twice when an entry says so',
      [older, newer, entry('x', -100, { type: 'EXPIRE', on: '2026-12-01', of: 'older' })],
      '2026-12-02',
      500,
      [{ points: 500, expiresOn: '2028-03-31' }],
    ],
    [
      'lets an entry that names no lot take what has lapsed',
      [older, newer, entry('x', -100, { type: 'EXPIRE', on: '2026-12-01' })],
      '2026-12-02',
      500,
      [{ points: 500, expiresOn: '2028-03-31' }],
    ],
    [
      'is not spent from what had lapsed that day',
      [older, newer, entry('s', -200, { on: '2026-12-05' })],
      '2026-12-06',
      300,
      [{ points: 300, expiresOn: '2028-03-31' }],
    ],
    [
      'loses what a refund reverses from the points of that purchase',
      [older, newer, entry('r', -80, { type: 'REVERSE', on: '2026-06-01', of: 'newer' })],
      '2026-11-22',
      520,
      [
        { points: 100, expiresOn: '2026-11-30' },
        { points: 420, expiresOn: '2028-03-31' },
      ],
    ],
    [
      'falls below nothing when spent points are refunded',
      [
        newer,
        entry('s', -500, { on: '2026-04-01' }),
        entry('r', -500, { type: 'REVERSE', on: '2026-05-01', of: 'newer' }),
      ],
      '2026-11-22',
      -500,
      [],
    ],
    [
      'gets back what a cancelled spending took',
      [
        newer,
        entry('s', -200, { on: '2026-04-01' }),
        entry('r', 200, {
          type: 'REVERSE',
          on: '2026-05-01',
          of: 's',
          expiresOn: '2028-03-31',
        }),
      ],
      '2026-11-22',
      500,
      [
        { points: 300, expiresOn: '2028-03-31' },
        { points: 200, expiresOn: '2028-03-31' },
      ],
    ],
    [
      'keeps what never expires for last',
      [entry('gift', 10, { expiresOn: null }), newer, entry('s', -495)],
      '2030-01-01',
      10,
      [{ points: 10, expiresOn: null }],
    ],
  ];
  for (const [what, ledger, day, balance, lots] of cases) {
    it(what, () => {
      assert.deepEqual(pointsBalance(ledger, day), { balance, lots });
      assert.deepEqual(pointsBalance([...ledger].reverse(), day).balance, balance);
    });
  }
});
