import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomerActor, aStaffActor, UUID } from './actors.testing.js';
import { ARCHIVE_REJECTS, archiveRule } from './archive-rule.js';
import type { Actor, Doc, Verdict } from './define-collection.js';

const note: Doc = {
  id: UUID,
  rev: 0,
  customer: 'c1',
  kind: 'NOTE',
  text: '女儿明年上大学',
  on: '2020-01-01',
  by: 'M9',
  byName: '某人',
};

const judge = (
  change: object = {},
  actor: Actor = aStaffActor('client-manager'),
  master: Doc | null = null,
): Verdict =>
  archiveRule(
    master,
    { ...note, ...change },
    { actor, now: '2026-11-22T16:00:00.000Z', related: new Map() },
  );

describe('an entry in the archive', () => {
  it('is dated and signed by the server', () => {
    const signed = { ...note, on: '2026-11-23', by: 'M1', byName: '王慧敏' };
    assert.deepEqual(judge(), { master: signed, also: [] });
    assert.deepEqual(judge({}, aStaffActor('care-manager')), { master: signed, also: [] });
  });

  const refused: [why: string, code: string, verdict: Verdict][] = [
    ['customers', 'forbidden', judge({}, aCustomerActor())],
    ['tellers', 'forbidden', judge({}, aStaffActor('counter', 'lobby', 'complaints'))],
    [
      'staff of no number',
      'forbidden',
      judge({}, { ...aStaffActor('client-manager'), manager: null }),
    ],
    ['an id that any device could make', 'not_uuid', judge({ id: 'n1' })],
    ['an edit', 'append_only', judge({ text: 'x' }, undefined, note)],
    ['nothing said', 'text_missing', judge({ text: '\n' })],
  ];
  for (const [why, code, verdict] of refused) {
    it(`is refused as ${code}: ${why}`, () => {
      assert.deepEqual(verdict, { reject: code });
    });
  }

  it('is refused with every code there is', () => {
    assert.deepEqual(new Set(refused.map(([, code]) => code)), new Set(ARCHIVE_REJECTS));
  });
});
