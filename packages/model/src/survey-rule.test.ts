import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomerActor } from './actors.testing.js';
import type { Doc, Verdict } from './define-collection.js';
import { invitationId, surveyRule } from './survey-rule.js';
import { taken } from './verdicts.testing.js';

const NOW = '2026-11-22T15:30:00.000Z';
const template = {
  id: 'T',
  type: 'CSAT',
  items: [
    { id: 'q1', score: true, text: {} },
    { id: 'q2', kind: 'rating5', text: {} },
    { id: 'q3', kind: 'choice', options: [{}, {}], text: {} },
    { id: 'q4', kind: 'yesno', text: {} },
    { id: 'q5', kind: 'text', max: 5, text: {} },
  ],
};
const policy: Doc = { id: 'current', rev: 1, files: { surveys: { templates: [template] } } };
const invited: Doc = {
  id: 's1',
  rev: 1,
  customer: 'c1',
  template: 'T',
  subject: null,
  on: '2026-11-18',
  expiresOn: '2026-11-22',
  state: 'invited',
  answers: null,
  callBack: false,
  submittedAt: null,
  receivedAt: null,
  receipt: null,
};
const invitation: Doc = {
  id: invitationId({ id: 's1', customer: 'c1' }),
  rev: 1,
  state: 'invited',
};

interface Circumstances {
  master?: Doc | null;
  customer?: string;
  now?: string;
}

function judge(
  change: object,
  { master = invited, customer = 'c1', now = NOW }: Circumstances = {},
): Verdict {
  return surveyRule(
    master,
    { ...invited, state: 'submitted', answers: { q1: 5 }, ...change },
    {
      actor: aCustomerActor(customer),
      now,
      related: new Map([
        ['policies/current', policy],
        [`careEvents/${invitation.id}`, invitation],
      ]),
    },
  );
}

describe('an answer to a survey', () => {
  it('is stamped by the server and closes the invitation in the timeline', () => {
    const verdict = taken(judge({ answers: { q1: 2, q5: '好' }, callBack: true }));
    assert.equal(verdict.master.receivedAt, NOW);
    assert.match(String(verdict.master.receipt), /^DC20261122-[0-9A-Z]{4}$/);
    assert.equal(verdict.master.callBack, true);
    assert.deepEqual(verdict.also, [{ coll: 'careEvents', doc: { ...invitation, state: 'done' } }]);
  });

  it('asks for a call back only after a low score', () => {
    const verdict = judge({ answers: { q1: 3 }, callBack: true });
    assert.equal(taken(verdict).master.callBack, false);
  });

  it('may be declined; then no answers are kept and the invitation is withdrawn', () => {
    const verdict = taken(judge({ state: 'declined', answers: { q1: 1 }, callBack: true }));
    assert.deepEqual([verdict.master.answers, verdict.master.callBack], [null, false]);
    assert.equal(verdict.also[0]?.doc.state, 'cancelled');
  });

  const refused: [why: string, code: string, change: object, context?: Circumstances][] = [
    ["another customer's", 'forbidden', {}, { customer: 'c2' }],
    ['a second one', 'already_submitted', {}, { master: { ...invited, state: 'submitted' } }],
    ['one after declining', 'already_declined', {}, { master: { ...invited, state: 'declined' } }],
    ['one without a score', 'answer_missing', { answers: { q2: 3 } }],
    ['none at all', 'answer_missing', { answers: null }],
    ['a score off the scale', 'answer_invalid', { answers: { q1: 6 } }],
    ['half a point', 'answer_invalid', { answers: { q1: 4.5 } }],
    ['a score in words', 'answer_invalid', { answers: { q1: '5' } }],
    ['an option that is not there', 'answer_invalid', { answers: { q1: 5, q3: 2 } }],
    ['a yes in words', 'answer_invalid', { answers: { q1: 5, q4: 'yes' } }],
    ['a text beyond its length', 'answer_too_long', { answers: { q1: 5, q5: '123456' } }],
    ['an answer to no question', 'answer_unknown', { answers: { q1: 5, q9: 1 } }],
    ['a draft', 'not_answered', { state: 'invited' }],
    ['to a template that is gone', 'template_unknown', { template: 'X' }],
    ['one that nobody invited to', 'not_invited', {}, { master: null }],
    ['after the last day in Shanghai', 'expired', {}, { now: '2026-11-22T16:00:00.000Z' }],
  ];
  for (const [why, code, change, context] of refused) {
    it(`is refused as ${code}: ${why}`, () => {
      assert.deepEqual(judge(change, context), { reject: code });
    });
  }

  it('may start without an invitation under an id that only a customer makes', () => {
    const id = '01935c9e-7a10-7c3e-9d2b-0123456789ab';
    const made = { id, subject: { 'zh-CN': '?', en: '?' }, expiresOn: '2099-01-01', receipt: 'X' };
    const verdict = taken(judge(made, { master: null }));
    assert.deepEqual(verdict.also, []);
    const { subject, expiresOn, on, receipt } = verdict.master;
    assert.deepEqual([subject, expiresOn, on], [null, null, '2026-11-22']);
    assert.notEqual(receipt, 'X');
  });
});
