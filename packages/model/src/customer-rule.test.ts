import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomerActor, aStaffActor } from './actors.testing.js';
import { CUSTOMER_REJECTS, customerRule } from './customer-rule.js';
import type { Actor, Doc, Verdict } from './define-collection.js';
import { taken } from './verdicts.testing.js';

const both = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const policy: Doc = {
  id: 'current',
  rev: 1,
  files: {
    'care-playbook': {
      channels: ['APP', 'PHONE', 'INTERNAL'],
      channelLabels: {
        APP: both('手机银行', 'App'),
        PHONE: both('电话', 'Phone'),
        INTERNAL: both('内部任务', 'Internal task'),
      },
    },
  },
};
const preferences = {
  channel: 'APP',
  channelLabel: both('手机银行', 'App'),
  contactTime: null,
  care: true,
  surveys: true,
  personalised: true,
};
const held: Doc = { id: 'c1', rev: 3, locale: 'zh-CN', preferences };

interface Circumstances {
  master?: Doc | null;
  actor?: Actor;
  related?: Doc;
}

function judge(
  change: object,
  { master = held, actor = aCustomerActor(), related = policy }: Circumstances = {},
): Verdict {
  const next = { ...held, preferences: { ...preferences, ...change } };
  return customerRule(master, next, {
    actor,
    now: '2026-11-22T00:00:00.000Z',
    related: new Map([['policies/current', related]]),
  });
}

describe('preferences', () => {
  const changes: [what: string, change: object, expected: object][] = [
    ['a channel gets its name', { channel: 'PHONE' }, { channelLabel: both('电话', 'Phone') }],
    ['no channel has no name', { channel: null }, { channelLabel: null }],
    ['others leave the name alone', { care: false, personalised: false, surveys: false }, {}],
    ['a time of day', { contactTime: 'EVENING' }, {}],
  ];
  for (const [what, change, expected] of changes) {
    it(`are the customer's: ${what}`, () => {
      assert.deepEqual(judge(change), {
        master: { ...held, preferences: { ...preferences, ...change, ...expected } },
        also: [],
      });
    });
  }

  it('can still be changed under a policy that no longer has the channel', () => {
    const verdict = judge({ care: false }, { related: { id: 'current', rev: 1, files: {} } });
    assert.deepEqual(taken(verdict).also, []);
  });

  const refused: [why: string, code: string, change: object, context?: Circumstances][] = [
    ["another customer's", 'forbidden', { care: false }, { actor: aCustomerActor('c2') }],
    ['staff', 'forbidden', { care: false }, { actor: aStaffActor('client-manager') }],
    ['a customer the bank does not know', 'forbidden', {}, { master: null }],
    ['a channel that is none', 'channel_unknown', { channel: 'PIGEON' }],
    ['a name of an object', 'channel_unknown', { channel: 'constructor' }],
    ['a channel among staff', 'channel_unknown', { channel: 'INTERNAL' }],
  ];
  for (const [why, code, change, context] of refused) {
    it(`are refused as ${code}: ${why}`, () => {
      assert.deepEqual(judge(change, context), { reject: code });
    });
  }

  it('are refused with every code there is', () => {
    assert.deepEqual(new Set(refused.map(([, code]) => code)), new Set(CUSTOMER_REJECTS));
  });
});
