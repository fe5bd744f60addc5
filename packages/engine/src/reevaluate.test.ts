import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { isStale, reevaluate } from './reevaluate.js';
import type { Holding } from './reevaluate.js';

interface History {
  id: string;
  why: string;
  start: string;
  expect: ({ qualified: string; knockout: boolean; event: string } & Holding)[];
}

const { files } = loadPolicy();
const { reeval } = JSON.parse(readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8')) as {
  reeval: History[];
};

describe('reevaluate follows the histories of the golden file', () => {
  for (const { id, why, start, expect } of reeval) {
    it(`${id}: ${why}`, () => {
      let state: Holding = { held: start, failStreak: 0 };
      for (const { qualified, knockout, ...expected } of expect) {
        const { newEnded: _, ...found } = reevaluate(files, state, { qualified, knockout });
        assert.deepEqual(found, expected);
        state = found;
      }
    });
  }
});

describe('reevaluate', () => {
  const from = (held: string, qualified: string, more: Partial<Holding> = {}) =>
    reevaluate(files, { held, failStreak: 0, ...more }, { qualified, knockout: false });

  it('tells the end of being new as such, a real rise as a rise', () => {
    const ended = from('NEW', 'ORDINARY');
    assert.deepEqual([ended.event, ended.held, ended.newEnded], ['UPGRADE', 'ORDINARY', true]);
    const risen = from('NEW', 'QUALITY-1');
    assert.deepEqual([risen.event, risen.newEnded], ['UPGRADE', false]);
  });

  it('gives ORDINARY no grace, and a first evaluation no history', () => {
    assert.equal(from('ORDINARY', 'NEW').event, 'DOWNGRADE');
    const first = reevaluate(files, null, { qualified: 'VIP-1', knockout: null });
    assert.deepEqual([first.event, first.held], ['KEEP', 'VIP-1']);
  });

  it('runs the normal watch on a QUALITY rung while a knock-out is unknown', () => {
    const before = { held: 'QUALITY-1', failStreak: 0 };
    const found = reevaluate(files, before, { qualified: 'ORDINARY', knockout: null });
    assert.deepEqual([found.event, found.failStreak], ['WATCH', 1]);
  });

  it('lets a knock-out on a VIP rung wait like any other failing month', () => {
    const before = { held: 'VIP-1', failStreak: 0 };
    const found = reevaluate(files, before, { qualified: 'ORDINARY', knockout: true });
    assert.equal(found.event, 'WATCH');
  });

  it('lands one rung below where the bank chose that', () => {
    const ladder = files['tier-ladder'];
    const gentle = {
      'tier-ladder': {
        ...ladder,
        reevaluation: { ...ladder.reevaluation, landing: 'one_rung' as const },
      },
    };
    const before = { held: 'VIP-3', failStreak: 3 };
    const found = reevaluate(gentle, before, { qualified: 'ORDINARY', knockout: false });
    assert.deepEqual([found.event, found.held], ['DOWNGRADE', 'VIP-2']);
  });
});

it('metrics are stale after 45 days', () => {
  assert.equal(isStale('2026-10-17', '2026-12-01'), false);
  assert.equal(isStale('2026-10-16', '2026-12-01'), true);
});
