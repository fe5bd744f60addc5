import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomerActor, aStaffActor } from './actors.testing.js';
import type { Actor, Doc, Verdict } from './define-collection.js';
import { OFFER_REJECTS, offerRule } from './offer-rule.js';
import { taken } from './verdicts.testing.js';

const NOW = '2026-11-22T15:59:59.000Z';
const open: Doc = {
  id: 'o1',
  rev: 1,
  customer: 'c1',
  expiresOn: '2026-11-22',
  feedback: null,
  feedbackAt: null,
};

const judge = (
  change: object = {},
  master: Doc | null = open,
  actor: Actor = aCustomerActor(),
  now = NOW,
): Verdict =>
  offerRule(
    master,
    { ...open, ...master, feedback: 'NOT_NOW', ...change },
    { actor, now, related: new Map() },
  );

describe('feedback to an offer', () => {
  it('is dated by the server, to the end of the last day in Shanghai', () => {
    assert.deepEqual(judge(), {
      master: { ...open, feedback: 'NOT_NOW', feedbackAt: NOW },
      also: [],
    });
  });

  it('has all the time where the offer has no last day', () => {
    const verdict = judge({}, { ...open, expiresOn: null }, undefined, '2099-01-01T00:00:00.000Z');
    assert.equal(taken(verdict).master.feedback, 'NOT_NOW');
  });

  const refused: [why: string, code: string, verdict: Verdict][] = [
    ["another customer's", 'forbidden', judge({}, open, aCustomerActor('c2'))],
    ['staff', 'forbidden', judge({}, open, aStaffActor('client-manager'))],
    ['an offer that nobody made', 'forbidden', judge({}, null)],
    ['a second one', 'already_answered', judge({}, { ...open, feedback: 'NEVER' })],
    [
      'one taken back',
      'already_answered',
      judge({ feedback: null }, { ...open, feedback: 'NEVER' }),
    ],
    ['after the last day', 'expired', judge({}, open, undefined, '2026-11-22T16:00:00.000Z')],
  ];
  for (const [why, code, verdict] of refused) {
    it(`is refused as ${code}: ${why}`, () => {
      assert.deepEqual(verdict, { reject: code });
    });
  }

  it('is refused with every code there is', () => {
    assert.deepEqual(new Set(refused.map(([, code]) => code)), new Set(OFFER_REJECTS));
  });
});
