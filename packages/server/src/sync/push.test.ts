import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import type { Doc } from '@liyu/model';
import type { Database } from '../db/database.js';
import { onEveryEngine } from '../testing/engines.js';
import { invitation, invitationEvent, note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import type { PushAnswer } from './push.js';
import { writeDocs } from './write-docs.js';

const start = testServers();

interface Row {
  newDocumentState: Record<string, unknown>;
  assumedMasterState?: Record<string, unknown> | null;
}

async function push(server: TestServer, coll: string, rows: Row[]): Promise<PushAnswer> {
  const body = { coll, scope: 'c:c-1', sv: 0, rows };
  const answer = await server.post('/sync/v1/push', body, 'c-1');
  assert.equal(answer.status, 200, answer.text);
  return answer.json as PushAnswer;
}

async function versions(db: Database): Promise<[rev: number, ver: number][]> {
  const rows = await db.query<{ rev: number; ver: number }>(
    `SELECT d.rev, e.ver FROM doc d JOIN entry e ON e.coll = d.coll AND e.id = d.id
     WHERE e.scope = 'c:c-1' ORDER BY e.ver`,
  );
  return rows.map(({ rev, ver }) => [rev, ver]);
}

const OK: PushAnswer = { conflicts: [], rejects: [] };

onEveryEngine((fresh) => {
  const serve = async () => start(await fresh(), { collections: withNotes });
  const withNote = async (text: string, more: Partial<Doc> = {}) => {
    const server = await serve();
    const doc = { ...note('c-1', 'a', text), ...more };
    await writeDocs(server.db, withNotes, 'c:c-1', [{ coll: 'notes', doc }]);
    return server;
  };
  const a = (text: string) => note('c-1', 'a', text);

  it('takes a create and an update, each with a revision and a version of its own', async () => {
    const server = await serve();
    const rows = ['a', 'b'].map((id) => ({ newDocumentState: note('c-1', id, 'x') }));
    assert.deepEqual(await push(server, 'notes', rows), OK);
    assert.deepEqual(await versions(server.db), [
      [1, 1],
      [1, 2],
    ]);
    const update = { newDocumentState: a('y'), assumedMasterState: a('x') };
    assert.deepEqual(await push(server, 'notes', [update]), OK);
    assert.deepEqual(await versions(server.db), [
      [1, 2],
      [2, 3],
    ]);
  });

  it('takes a push whose answer was lost once, when it comes again', async () => {
    const server = await withNote('old');
    const update = { newDocumentState: a('new'), assumedMasterState: a('old') };
    const create = { newDocumentState: note('c-1', 'b', 'made') };
    for (let attempt = 0; attempt < 3; attempt++) {
      assert.deepEqual(await push(server, 'notes', [update, create]), OK);
    }
    assert.deepEqual(await versions(server.db), [
      [2, 2],
      [1, 3],
    ]);
  });

  it('keeps a local edit that followed a lost answer', async () => {
    const server = await withNote('old');
    const first = { newDocumentState: a('new'), assumedMasterState: a('old') };
    await push(server, 'notes', [first]);
    // The device didn't hear: it sends the same again, then the edit upon it.
    assert.deepEqual(await push(server, 'notes', [first]), OK);
    const edit = { newDocumentState: a('newer'), assumedMasterState: a('new') };
    assert.deepEqual(await push(server, 'notes', [edit]), OK);
    const [row] = await server.db.query("SELECT body->>'text' AS text FROM doc WHERE id = 'a'");
    assert.deepEqual(row, { text: 'newer' });
  });

  it('answers what is held to an edit of something else', async () => {
    const server = await withNote('theirs', { stamp: 's', hidden: 'CANARY' });
    const held = { ...a('theirs'), rev: 1, stamp: 's' };
    const stale = { newDocumentState: a('mine'), assumedMasterState: a('before theirs') };
    assert.deepEqual(await push(server, 'notes', [stale]), { conflicts: [held], rejects: [] });
    const create = { newDocumentState: a('mine') };
    assert.deepEqual(await push(server, 'notes', [create]), { conflicts: [held], rejects: [] });
    assert.deepEqual(await versions(server.db), [[1, 1]]);
  });

  it("keeps the server's fields, also those the caller can't see", async () => {
    const server = await withNote('old', { stamp: 'held', hidden: 'held' });
    const forged = { ...a('new'), rev: 99, stamp: 'forged', hidden: 'forged' };
    // Nothing but the writable fields counts for the base, which may be older in all others.
    const base = { ...a('old'), rev: 42, stamp: 'older' };
    const update = { newDocumentState: forged, assumedMasterState: base };
    const create = { newDocumentState: { ...note('c-1', 'b', 'x'), hidden: 'forged' } };
    assert.deepEqual(await push(server, 'notes', [update, create]), OK);
    const rows = await server.db.query(
      "SELECT body->>'stamp' AS stamp, body->>'hidden' AS hidden, rev FROM doc WHERE coll = 'notes' ORDER BY id",
    );
    assert.deepEqual(rows, [
      { stamp: 'held', hidden: 'held', rev: 2 },
      { stamp: 'new', hidden: null, rev: 1 },
    ]);
  });

  it('judges every row by itself: a bad one fails no other', async () => {
    const server = await withNote('held');
    const held = { ...a('held'), rev: 1 };
    const create = (id: unknown, text: unknown, more = {}) => ({
      newDocumentState: { id, rev: 0, customer: 'c-1', text, ...more },
    });
    const edit = (text: unknown, more = {}) => ({
      newDocumentState: { ...a('held'), text, ...more },
      assumedMasterState: a('held'),
    });
    const cases: [why: string, row: Row, code: string, id?: string][] = [
      ['a wrong type', create('1', 5), 'invalid'],
      ['a field left out', create('2', undefined), 'invalid'],
      ['text that a database cannot store', create('3', 'a\0b'), 'invalid'],
      ['half a character', create('4', '\ud800'), 'invalid'],
      ['no rule takes it', create('5', 'refuse'), 'refused'],
      ['a rule that breaks', create('6', 'throw'), 'failed'],
      ['somebody else', create('7', 'x', { customer: 'c-2' }), 'forbidden'],
      [
        'an edit of what never was',
        { ...edit('x'), newDocumentState: note('c-1', '8', 'x') },
        'gone',
      ],
      ['an id that is none', create(9, 'x'), 'invalid', ''],
      ['an id too long', create('9'.repeat(97), 'x'), 'invalid'],
      ['an id with NUL', create('a\0', 'x'), 'invalid'],
      ['a wrong type in an edit', edit(5), 'invalid'],
      ['a refused edit', edit('refuse'), 'refused'],
      ['an edit that moves it to somebody else', edit('x', { customer: 'c-2' }), 'forbidden'],
      ['a deletion', edit('held', { _deleted: true }), 'forbidden'],
    ];
    const rows = cases.map(([, row]) => row);
    const answer = await push(server, 'notes', [
      create('first', 'x'),
      ...rows,
      create('last', 'x'),
    ]);
    assert.deepEqual(
      answer.rejects,
      cases.map(([, row, code, id]) => ({ id: id ?? row.newDocumentState.id, code })),
    );
    for (const [
      why,
      {
        newDocumentState: { id },
      },
    ] of cases) {
      const view = answer.conflicts.find((doc) => doc.id === id);
      if (typeof id !== 'string' || id.length > 96 || id.includes('\0')) continue;
      assert.deepEqual(view, id === 'a' ? held : { id, _deleted: true }, why);
    }
    const stored = await server.db.query<{ id: string }>(
      "SELECT id FROM doc WHERE coll = 'notes' ORDER BY id",
    );
    assert.deepEqual(
      stored.map(({ id }) => id),
      ['a', 'first', 'last'],
    );
  });

  it('refuses an edit of a deleted record without bringing it back', async () => {
    const server = await withNote('old');
    const deleted = { coll: 'notes', id: 'a', deleted: true } as const;
    await writeDocs(server.db, withNotes, 'c:c-1', [deleted]);
    for (const assumedMasterState of [a('old'), null]) {
      const answer = await push(server, 'notes', [
        { newDocumentState: a('new'), assumedMasterState },
      ]);
      assert.deepEqual(answer, {
        conflicts: [{ id: 'a', _deleted: true }],
        rejects: [{ id: 'a', code: 'gone' }],
      });
    }
    const again = { newDocumentState: { id: 'a', _deleted: true }, assumedMasterState: a('old') };
    assert.deepEqual(await push(server, 'notes', [again]), OK);
  });

  it('lets nobody write to a collection without a rule', async () => {
    const server = await serve();
    const doc = invitationEvent('c-1', 's1');
    await writeDocs(server.db, collections, 'c:c-1', [{ coll: 'careEvents', doc }]);
    const answer = await push(server, 'careEvents', [
      { newDocumentState: { ...doc, state: 'done' }, assumedMasterState: doc },
    ]);
    assert.deepEqual(answer, {
      conflicts: [{ ...doc, rev: 1 }],
      rejects: [{ id: doc.id, code: 'forbidden' }],
    });
  });

  const answered = (doc: Doc, score: unknown = 5) => ({
    newDocumentState: {
      ...doc,
      rev: 1,
      state: 'submitted',
      answers: { q1: score },
      submittedAt: '2026-11-22T01:02:03.000Z',
    },
    assumedMasterState: { ...doc, rev: 1 },
  });
  const withInvitation = async () => {
    const server = await serve();
    const doc = invitation('c-1', 's1');
    await writeDocs(server.db, collections, 'c:c-1', [
      { coll: 'surveys', doc },
      { coll: 'careEvents', doc: invitationEvent('c-1', 's1') },
    ]);
    const states = () =>
      server.db.query(
        `SELECT d.coll, d.body->>'state' AS state, d.body->>'receipt' IS NOT NULL AS receipt, e.ver
         FROM doc d JOIN entry e ON e.coll = d.coll AND e.id = d.id
         WHERE d.customer = 'c-1' AND e.scope = 'c:c-1' ORDER BY e.ver`,
      );
    return { server, doc, states };
  };

  it('closes the invitation in the timeline together with the survey', async () => {
    const { server, doc, states } = await withInvitation();
    assert.deepEqual(await push(server, 'surveys', [answered(doc)]), OK);
    const after = [
      { coll: 'surveys', state: 'submitted', receipt: true, ver: 3 },
      { coll: 'careEvents', state: 'done', receipt: false, ver: 4 },
    ];
    assert.deepEqual(await states(), after);
    assert.deepEqual(await push(server, 'surveys', [answered(doc)]), OK);
    assert.deepEqual(await states(), after);
  });

  it('leaves survey and timeline alone when the answer does not hold', async () => {
    const { server, doc, states } = await withInvitation();
    const answer = await push(server, 'surveys', [answered(doc, 6)]);
    assert.deepEqual(answer, {
      conflicts: [{ ...doc, rev: 1 }],
      rejects: [{ id: 's1', code: 'answer_invalid' }],
    });
    const [survey, event] = (await states()) as { state: string; ver: number }[];
    assert.deepEqual(
      [survey?.state, survey?.ver, event?.state, event?.ver],
      ['invited', 1, 'invited', 2],
    );
  });

  it('takes one response per invitation', async () => {
    const { server, doc, states } = await withInvitation();
    await push(server, 'surveys', [answered(doc, 5)]);
    const before = await states();
    const second = await push(server, 'surveys', [answered(doc, 1)]);
    assert.deepEqual(
      second.conflicts.map((held) => (held as Doc).state),
      ['submitted'],
    );
    assert.deepEqual(await states(), before);
  });
});
