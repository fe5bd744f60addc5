import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomerActor, aStaffActor, UUID } from './actors.testing.js';
import { caseContains } from './case-contains.js';
import { caseRule } from './case-rule.js';
import type { Case, CaseStep } from './case.js';
import type { Actor, Doc } from './define-collection.js';
import { taken } from './verdicts.testing.js';

const step = (state: CaseStep['state'], text: string): CaseStep => ({
  at: '2026-11-22T00:00:00.000Z',
  by: 'customer',
  name: null,
  state,
  text,
});
const sent: Case = {
  id: UUID,
  rev: 0,
  customer: 'c1',
  kind: 'callback',
  topic: null,
  about: null,
  text: '请回电',
  state: 'RECEIVED',
  openedAt: '2026-11-22T00:00:00.000Z',
  receivedAt: null,
  dueOn: null,
  handler: null,
  receipt: null,
  steps: [],
};
const staff = aStaffActor('complaints');

function take(master: Case | null, next: Case, actor: Actor = aCustomerActor()): Case {
  const context = { actor, now: '2026-11-23T00:00:00.000Z', related: new Map<string, Doc>() };
  const verdict = caseRule(master, next, context);
  return taken(verdict).master as unknown as Case;
}

describe('a case holds what was sent once already', () => {
  const held = take(null, sent);
  const spoke = { ...held, steps: [step(null, '下午方便')] };
  const left = { ...held, state: 'WITHDRAWN' as const };
  const accepted = take(held, { ...held, state: 'ACCEPTED' }, staff);

  it('a new one, also when it has moved on', () => {
    assert.equal(caseContains(held, sent), true);
    assert.equal(caseContains(accepted, sent), true);
  });

  it('not when somebody else said the same', () => {
    const theirs = take(held, { ...held, steps: [step(null, '下午方便')] }, staff);
    assert.equal(caseContains(theirs, spoke), false);
  });

  it('a step, also when others follow', () => {
    const then = take(held, spoke);
    assert.equal(caseContains(then, spoke), true);
    assert.equal(caseContains(take(then, { ...then, state: 'ACCEPTED' }, staff), spoke), true);
  });

  it('a state that came without a step', () => {
    assert.equal(caseContains(take(held, left), left), true);
  });

  it('but not what it does not have yet', () => {
    assert.equal(caseContains(held, spoke), false);
    assert.equal(caseContains(held, left), false);
    assert.equal(caseContains(accepted, { ...held, steps: [step(null, '下午方便')] }), false);
    assert.equal(caseContains(held, { ...sent, text: '不用回电' }), false);
  });

  it('nor a second answer after a reopening', () => {
    const answered = take(
      accepted,
      { ...accepted, steps: [...accepted.steps, step('ANSWERED', '已回电')] },
      staff,
    );
    const again = take(answered, { ...answered, state: 'REOPENED' });
    assert.equal(caseContains(again, { ...again, state: 'ANSWERED' }), false);
  });
});
