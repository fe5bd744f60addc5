import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomerActor, aStaffActor, UUID } from './actors.testing.js';
import { caseMoves } from './case-moves.js';
import { CASE_REJECTS, caseRule } from './case-rule.js';
import { caseState } from './case.js';
import type { Case, CaseStep } from './case.js';
import type { Actor, Doc, Verdict } from './define-collection.js';
import { taken } from './verdicts.testing.js';

const NOW = '2026-11-22T15:30:00.000Z';
const LATER = '2026-12-01T02:00:00.000Z';
const both = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const policy: Doc = {
  id: 'current',
  rev: 1,
  files: {
    surveys: { templates: [], closedLoop: { slaHours: 48 } },
    complaints: {
      label: both('投诉处理', 'Complaint handling'),
      sla: { simpleDays: 15 },
      stateLabels: { RECEIVED: both('已收到', 'Received'), CLOSED: both('已办结', 'Closed') },
      taxonomy: [
        { id: 'FEE', label: both('收费与年费', 'Fees') },
        { id: 'TIER', label: both('等级评定', 'Tier assessment') },
      ],
    },
  },
};
const written: Case = {
  id: UUID,
  rev: 0,
  customer: 'c1',
  kind: 'complaint',
  topic: 'FEE',
  about: null,
  text: '年费重复扣收',
  state: 'RECEIVED',
  openedAt: '2026-11-20T01:00:00.000Z',
  receivedAt: null,
  dueOn: null,
  handler: null,
  receipt: null,
  steps: [],
};
const opened: Case = {
  ...written,
  receivedAt: NOW,
  dueOn: '2026-12-07',
  receipt: 'TS20261122-A1B2',
};
const step = (state: CaseStep['state'], text = '', by: CaseStep['by'] = 'customer'): CaseStep => ({
  at: '2026-11-30T00:00:00.000Z',
  by,
  name: null,
  state,
  text,
});
const customer = aCustomerActor();
const handler = aStaffActor('complaints');
const manager = aStaffActor('client-manager');

function judge(
  master: Case | null,
  change: Partial<Case>,
  actor: Actor = customer,
  now = LATER,
): Verdict {
  return caseRule(
    master,
    { ...(master ?? written), ...change },
    { actor, now, related: new Map([['policies/current', policy]]) },
  );
}
/** The case after a write that must hold. */
function after(...args: Parameters<typeof judge>): Case {
  return taken(judge(...args)).master as unknown as Case;
}

describe('a new case', () => {
  it('gets its number and the last day for an answer from the server', () => {
    const verdict = taken(judge(null, {}, customer, NOW));
    const { receipt, ...rest } = verdict.master as unknown as Case;
    assert.match(String(receipt), /^TS20261122-[0-9A-Z]{4}$/);
    const { receipt: _receipt, ...expected } = opened;
    assert.deepEqual(rest, expected);
  });

  it('counts its days from the day after the receipt, by the calendar in Shanghai', () => {
    assert.equal(after(null, {}, customer, '2026-11-22T16:00:00.000Z').dueOn, '2026-12-08');
    assert.equal(after(null, {}, customer, '2026-02-20T00:00:00.000Z').dueOn, '2026-03-07');
  });

  it('is answered within the hours of a low score when it is a call-back', () => {
    const due = (kind: Case['kind']) => after(null, { kind }, customer, NOW).dueOn;
    assert.deepEqual([due('callback'), due('review')], ['2026-11-24', '2026-12-07']);
  });

  it('takes nothing from the device that the server says', () => {
    const made = { receivedAt: LATER, dueOn: '2099-01-01', handler: '某人', receipt: 'X' };
    const stored = after(null, made, customer, NOW);
    assert.deepEqual([stored.receivedAt, stored.dueOn, stored.handler], [NOW, '2026-12-07', null]);
    assert.notEqual(stored.receipt, 'X');
  });

  it('shows in the timeline when it is a complaint, and only then', () => {
    const verdict = taken(judge(null, {}, customer, NOW));
    assert.deepEqual(verdict.also, [
      {
        coll: 'careEvents',
        doc: {
          id: `c1:C-COMPLAINT-ACK:${UUID}`,
          rev: 0,
          customer: 'c1',
          rule: 'C-COMPLAINT-ACK',
          kind: 'COMPLAINT',
          on: '2026-11-22',
          title: both('投诉已收到：收费与年费', 'Complaint received: Fees'),
          note: both(
            `编号 ${String(verdict.master.receipt)}`,
            `Number ${String(verdict.master.receipt)}`,
          ),
          state: 'done',
          owner: both('投诉处理', 'Complaint handling'),
          ownerName: null,
          channel: null,
          survey: null,
        },
      },
    ]);
    for (const kind of ['review', 'callback'] as const) {
      const quiet = taken(judge(null, { kind, topic: null, text: '' }, customer));
      assert.deepEqual(quiet.also, [], kind);
    }
  });

  it('has a number that says what it is', () => {
    const receipts = (['review', 'callback'] as const).map((kind) =>
      after(null, { kind }).receipt?.slice(0, 2),
    );
    assert.deepEqual(receipts, ['FH', 'HD']);
  });

  it('may have grown steps, or an end, before it was sent', () => {
    const steps = [step(null, '补充：卡尾号1234')];
    const stored = after(null, { steps, state: 'WITHDRAWN' }, customer, NOW);
    assert.equal(stored.state, 'WITHDRAWN');
    assert.deepEqual(stored.steps, [{ ...steps[0], at: NOW, state: 'WITHDRAWN' }]);
  });
});

describe('a step', () => {
  it('is dated and signed by the server', () => {
    const forged = { ...step(null, '请提供账单'), by: 'bank' as const, name: '行长' };
    const { steps } = after(opened, { steps: [forged] }, handler);
    assert.deepEqual(steps, [
      { at: LATER, by: 'staff', name: '王慧敏', state: null, text: '请提供账单' },
    ]);
  });

  it('may name the state that it leads to, or leave it to the case', () => {
    const signed = { at: LATER, by: 'staff', name: '王慧敏', state: 'ACCEPTED', text: '已受理' };
    for (const change of [
      { steps: [step('ACCEPTED', '已受理')] },
      { steps: [step('ACCEPTED', '已受理')], state: 'ACCEPTED' as const },
      { steps: [step(null, '已受理')], state: 'ACCEPTED' as const },
    ]) {
      const stored = after(opened, change, handler);
      assert.deepEqual([stored.state, stored.steps], ['ACCEPTED', [signed]]);
    }
  });

  it('is added for a state that comes without one', () => {
    const stored = after(opened, { state: 'WITHDRAWN' });
    assert.deepEqual(stored.steps, [
      { at: LATER, by: 'customer', name: null, state: 'WITHDRAWN', text: '' },
    ]);
  });

  it('may follow others that were written without a network', () => {
    const steps = [step('ACCEPTED'), step('INVESTIGATING'), step('ANSWERED', '已退还年费')];
    const stored = after(opened, { steps, state: 'ANSWERED' }, handler);
    assert.deepEqual(
      stored.steps.map(({ state }) => state),
      ['ACCEPTED', 'INVESTIGATING', 'ANSWERED'],
    );
    assert.equal(stored.state, 'ANSWERED');
  });

  it('leaves those before it as they are', () => {
    const before = {
      ...opened,
      steps: [step('ACCEPTED', 'a', 'staff')],
      state: 'ACCEPTED' as const,
    };
    const stored = after(before, { steps: [...before.steps, step(null, 'b')] });
    assert.deepEqual(stored.steps[0], before.steps[0]);
    assert.equal(stored.steps.length, 2);
  });
});

describe('a case on its way', () => {
  it('is handled by who accepted it', () => {
    assert.equal(after(opened, { state: 'ACCEPTED' }, handler).handler, '王慧敏');
    const taken = { ...opened, state: 'ACCEPTED' as const, handler: '刘洋' };
    assert.equal(after(taken, { state: 'INVESTIGATING' }, handler).handler, '刘洋');
    assert.equal(after(taken, { steps: [step(null, 'x')] }).handler, '刘洋');
    assert.equal(after(opened, { state: 'WITHDRAWN' }).handler, null);
  });

  it('shows in the timeline once it is closed', () => {
    const answered = { ...opened, state: 'ANSWERED' as const, handler: '刘洋' };
    const [event] = taken(judge(answered, { state: 'CLOSED' }, handler)).also;
    assert.equal(event?.doc.id, `c1:C-COMPLAINT-DONE:${UUID}`);
    assert.deepEqual(event?.doc.title, both('投诉已办结：收费与年费', 'Complaint closed: Fees'));
    assert.deepEqual([event?.doc.on, event?.doc.ownerName], ['2026-12-01', '刘洋']);
  });

  it('gets new days when the customer reopens it, and none otherwise', () => {
    const closed = { ...opened, state: 'CLOSED' as const };
    const reopened = after(closed, { state: 'REOPENED', steps: [step(null, '又扣了一次')] });
    assert.deepEqual([reopened.state, reopened.dueOn], ['REOPENED', '2026-12-16']);
    assert.equal(after(opened, { state: 'ACCEPTED' }, handler).dueOn, '2026-12-07');
  });

  it('is handled by managers when it is a review or a call-back', () => {
    for (const kind of ['review', 'callback'] as const) {
      for (const actor of [manager, aStaffActor('care-manager'), handler]) {
        assert.equal(after({ ...opened, kind }, { state: 'ACCEPTED' }, actor).state, 'ACCEPTED');
      }
    }
  });

  it('moves as the table says and in no other way', () => {
    const expected: Record<string, string> = {
      'customer RECEIVED': 'WITHDRAWN',
      'customer ACCEPTED': 'WITHDRAWN',
      'customer INVESTIGATING': 'WITHDRAWN',
      'customer REOPENED': 'WITHDRAWN',
      'customer ANSWERED': 'REOPENED WITHDRAWN',
      'customer CLOSED': 'REOPENED',
      'customer WITHDRAWN': '',
      'staff RECEIVED': 'ACCEPTED',
      'staff ACCEPTED': 'INVESTIGATING ANSWERED',
      'staff INVESTIGATING': 'ANSWERED',
      'staff ANSWERED': 'CLOSED',
      'staff REOPENED': 'INVESTIGATING ANSWERED',
      'staff CLOSED': '',
      'staff WITHDRAWN': '',
    };
    const states = caseState.options;
    for (const actor of [customer, handler]) {
      for (const from of states) {
        const takes = (state: Case['state']) =>
          'also' in judge({ ...opened, state: from }, { state, steps: [step(state, 'x')] }, actor);
        const taken = states.filter((to) => to !== from && takes(to));
        assert.equal(
          taken.toSorted().join(' '),
          (expected[`${actor.role} ${from}`] ?? '').split(' ').toSorted().join(' '),
          `${actor.role} ${from}`,
        );
        assert.deepEqual([...caseMoves(actor.role, from)].toSorted(), taken.toSorted());
      }
    }
  });
});

describe('a write to a case is refused', () => {
  const accepted: Case = { ...opened, state: 'ACCEPTED', steps: [step('ACCEPTED', 'a', 'staff')] };
  const kept = accepted.steps;
  const long = Array.from({ length: 200 }, () => step(null, 'x'));
  const refused: [
    why: string,
    code: string,
    master: Case | null,
    change: Partial<Case>,
    actor?: Actor,
  ][] = [
    ["another customer's", 'forbidden', null, {}, aCustomerActor('c2')],
    ['staff who open one', 'forbidden', null, {}, handler],
    ['staff without a duty', 'forbidden', opened, { state: 'ACCEPTED' }, aStaffActor()],
    ['tellers', 'forbidden', opened, { state: 'ACCEPTED' }, aStaffActor('counter', 'aml')],
    ['a manager and a complaint', 'forbidden', opened, { state: 'ACCEPTED' }, manager],
    ['an id that any device could make', 'not_uuid', null, { id: 'case-1' }],
    ['another text later', 'already_opened', opened, { text: '算了' }],
    ['another topic later', 'already_opened', opened, { topic: 'TIER' }],
    ['another kind later', 'already_opened', opened, { kind: 'review' }],
    ['another day later', 'already_opened', opened, { openedAt: LATER }],
    ['a complaint without a topic', 'topic_unknown', null, { topic: null }],
    ['a topic that is none', 'topic_unknown', null, { topic: 'constructor' }],
    ['a review of no topic', 'topic_unknown', null, { kind: 'review', topic: 'X' }],
    ['an empty complaint', 'text_missing', null, { text: ' \n ' }],
    ['an empty step', 'text_missing', opened, { steps: [step(null, ' ')] }],
    [
      'an answer without words',
      'text_missing',
      accepted,
      { state: 'ANSWERED', steps: kept },
      handler,
    ],
    ['a step taken out', 'steps_changed', accepted, { steps: [] }],
    ['a step put before', 'steps_changed', accepted, { steps: [step(null, 'x'), ...kept] }],
    ['a step rewritten', 'steps_changed', accepted, { steps: [{ ...kept[0]!, text: 'b' }] }],
    ['a step signed anew', 'steps_changed', accepted, { steps: [{ ...kept[0]!, name: 'b' }] }],
    ['no room', 'steps_full', { ...opened, steps: long }, { state: 'WITHDRAWN' }],
    [
      'more words than leave room to move it on',
      'steps_full',
      opened,
      { steps: Array.from({ length: 101 }, () => step(null, 'x')) },
    ],
    ['a customer who closes it', 'move_invalid', accepted, { state: 'CLOSED' }],
    ['staff who skip the answer', 'move_invalid', accepted, { state: 'CLOSED' }, handler],
    ['staff who withdraw it', 'move_invalid', accepted, { state: 'WITHDRAWN' }, handler],
    [
      'a detour in the steps',
      'move_invalid',
      opened,
      { steps: [step('INVESTIGATING', 'x'), step('ACCEPTED', 'x')] },
      handler,
    ],
    [
      'a step after the end',
      'closed',
      { ...opened, state: 'CLOSED' },
      { steps: [step(null, 'x')] },
    ],
    ['a way back', 'closed', { ...opened, state: 'WITHDRAWN' }, { state: 'REOPENED' }],
    ['staff who reopen', 'closed', { ...opened, state: 'CLOSED' }, { state: 'REOPENED' }, handler],
    [
      'the person it is about',
      'own_case',
      { ...opened, about: 'M1' },
      { state: 'ACCEPTED' },
      handler,
    ],
  ];
  for (const [why, code, master, change, actor] of refused) {
    it(`as ${code}: ${why}`, () => {
      assert.deepEqual(judge(master, change, actor), { reject: code });
    });
  }

  it('with every code there is', () => {
    assert.deepEqual(new Set(refused.map(([, code]) => code)), new Set(CASE_REJECTS));
  });
});
