import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomerActor, aStaffActor } from './actors.testing.js';
import { CARE_EVENT_REJECTS, careEventRule } from './care-event-rule.js';
import type { Actor, Doc, Verdict } from './define-collection.js';
import { taken } from './verdicts.testing.js';

const NOW = '2026-11-22T16:30:00.000Z';
const planned: Doc = {
  id: 'c1:C-VISIT:1',
  rev: 1,
  customer: 'c1',
  state: 'planned',
  on: '2026-11-25',
  ownerName: null,
};

const judge = (
  state: string,
  actor: Actor = aStaffActor('care-manager'),
  master: Doc | null = planned,
): Verdict =>
  careEventRule(master, { ...planned, ...master, state }, { actor, now: NOW, related: new Map() });

describe('a care event', () => {
  it('is done on the day of the receipt in Shanghai, by who closes it', () => {
    assert.deepEqual(judge('done'), {
      master: { ...planned, state: 'done', on: '2026-11-23', ownerName: '王慧敏' },
      also: [],
    });
  });

  it('stays with the person it was planned for', () => {
    const verdict = judge('done', undefined, { ...planned, ownerName: '刘洋' });
    assert.equal(taken(verdict).master.ownerName, '刘洋');
  });

  it('has the lunar date of its day alone: none when it is done on another', () => {
    const lunar = { month: 10, day: 15, leap: false };
    const doneOf = (on: string) =>
      taken(judge('done', undefined, { ...planned, on, lunar })).master;
    assert.deepEqual(doneOf('2026-11-23').lunar, lunar);
    assert.deepEqual([doneOf('2026-11-25').on, doneOf('2026-11-25').lunar], ['2026-11-23', null]);
  });

  it('is cancelled for the day it was planned', () => {
    assert.deepEqual(judge('cancelled'), { master: { ...planned, state: 'cancelled' }, also: [] });
  });

  it('is closed by every duty that meets customers', () => {
    for (const duty of ['client-manager', 'lobby', 'counter', 'complaints'] as const) {
      assert.equal(taken(judge('done', aStaffActor(duty))).master.state, 'done', duty);
    }
  });

  const refused: [
    why: string,
    code: string,
    state: string,
    actor?: Actor | undefined,
    master?: Doc | null,
  ][] = [
    ['customers', 'forbidden', 'done', aCustomerActor()],
    ['staff without a duty', 'forbidden', 'done', aStaffActor()],
    ['duties without customers', 'forbidden', 'done', aStaffActor('aml', 'policy-maker')],
    ['staff who make one up', 'forbidden', 'done', undefined, null],
    ['one that is done', 'not_planned', 'cancelled', undefined, { ...planned, state: 'done' }],
    ['an invitation', 'not_planned', 'done', undefined, { ...planned, state: 'invited' }],
    ['a plan for an invitation', 'move_invalid', 'invited'],
  ];
  for (const [why, code, state, actor, master] of refused) {
    it(`is refused as ${code}: ${why}`, () => {
      assert.deepEqual(judge(state, actor, master), { reject: code });
    });
  }

  it('is refused with every code there is', () => {
    assert.deepEqual(new Set(refused.map(([, code]) => code)), new Set(CARE_EVENT_REJECTS));
  });
});
