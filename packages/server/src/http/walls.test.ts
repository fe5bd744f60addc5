import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collections } from '@liyu/model/schemas';
import type { Doc } from '@liyu/model';
import { writeDocs } from '../sync/write-docs.js';
import type { Write } from '../sync/write-docs.js';
import { onEveryEngine } from '../testing/engines.js';
import { archive, customerDoc, invitation, invitationEvent } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';

const start = testServers();

/** Stands in every record of the first customer, ids too, and nowhere else. */
const CANARY = 'CANARY-ANNA';
const ANNA = 'c-anna';
const BOB = 'c-bob';
const SURVEY = `${CANARY}-s1`;

const annas: Write[] = [
  { coll: 'customers', doc: customerDoc(ANNA, CANARY) },
  { coll: 'surveys', doc: invitation(ANNA, SURVEY, CANARY) },
  { coll: 'careEvents', doc: invitationEvent(ANNA, SURVEY) },
];

onEveryEngine((fresh) => {
  const withTwo = async (options = {}) => {
    const server = await start(await fresh(), options);
    await writeDocs(server.db, collections, `c:${ANNA}`, annas);
    const bobs = [{ coll: 'customers', doc: customerDoc(BOB, 'Bob') }];
    await writeDocs(server.db, collections, `c:${BOB}`, bobs);
    return server;
  };
  const pull = (server: TestServer, coll: string, scope: string) =>
    server.post('/sync/v1/pull', { coll, scope, sv: 0, cp: null, limit: 100 }, BOB);
  const push = (server: TestServer, scope: string, rows: object[], coll = 'surveys') =>
    server.post('/sync/v1/push', { coll, scope, sv: 0, rows }, BOB);

  it('pulls nothing of another customer, from any collection or scope', async () => {
    const server = await withTwo();
    const own = await server.post(
      '/sync/v1/pull',
      { coll: 'customers', scope: `c:${ANNA}`, sv: 0, cp: null, limit: 1 },
      ANNA,
    );
    assert.ok(own.text.includes(CANARY), 'the canary stands where it should');
    for (const coll of Object.keys(collections)) {
      for (const scope of [`c:${BOB}`, 'g:policy']) {
        const answer = await pull(server, coll, scope);
        assert.equal(answer.status, coll === 'archive' ? 403 : 200, coll);
        assert.ok(!answer.text.includes(CANARY) && !answer.text.includes(ANNA), `${coll} ${scope}`);
      }
      const forged = await pull(server, coll, `c:${ANNA}`);
      assert.equal(forged.status, 403);
    }
  });

  it('answers the same whether what was asked for exists or not', async () => {
    const server = await withTwo({ collections: { ...collections, archive } });
    const asked: [coll: string, scope: string][] = [
      ['surveys', `c:${ANNA}`],
      ['surveys', 'c:c-nobody'],
      ['surveys', 'm:M1001'],
      ['nothing', `c:${ANNA}`],
      ['nothing', `c:${BOB}`],
      ['__proto__', `c:${BOB}`],
      ['constructor', `c:${BOB}`],
      ['archive', `c:${BOB}`],
    ];
    const bodies = new Set<string>();
    for (const [coll, scope] of asked) {
      for (const answer of [await pull(server, coll, scope), await push(server, scope, [], coll)]) {
        assert.equal(answer.status, 403, `${coll} ${scope}`);
        bodies.add(answer.text);
      }
    }
    assert.deepEqual(
      [...bodies],
      ['{"type":"urn:liyu:problem:scope_gone","status":403,"code":"scope_gone"}'],
    );
  });

  it('pushes into nothing of another customer, and learns nothing from the answer', async () => {
    const server = await withTwo();
    const theirs = annas[1] as { doc: Doc };
    const edit = (doc: Doc, base?: Doc) => ({
      newDocumentState: { ...doc, state: 'submitted', answers: { q1: 1 } },
      ...(base === undefined ? {} : { assumedMasterState: base }),
    });
    const unknown = invitation(ANNA, 'no-such-survey');
    const forgeries: [why: string, known: object, unknown: object][] = [
      ['a forged customer', edit(theirs.doc), edit(unknown)],
      ['a forged base', edit(theirs.doc, theirs.doc), edit(unknown, unknown)],
      ['a forged id', edit({ ...theirs.doc, customer: BOB }), edit({ ...unknown, customer: BOB })],
      [
        'a forged id with its base',
        edit({ ...theirs.doc, customer: BOB }, theirs.doc),
        edit({ ...unknown, customer: BOB }, unknown),
      ],
      [
        'a forged deletion',
        { newDocumentState: { ...theirs.doc, _deleted: true } },
        { newDocumentState: { ...unknown, _deleted: true } },
      ],
    ];
    for (const [why, onKnown, onUnknown] of forgeries) {
      const answer = await push(server, `c:${BOB}`, [onKnown]);
      assert.equal(answer.status, 200, why);
      // Bob sent the id himself; but for it, the answer is that of an id that doesn't exist.
      const without = (text: string, id: string) => text.replaceAll(id, 'ID');
      const other = await push(server, `c:${BOB}`, [onUnknown]);
      assert.equal(without(answer.text, SURVEY), without(other.text, unknown.id), why);
      assert.ok(!without(answer.text, SURVEY).includes(CANARY), why);
    }
    for (const scope of [`c:${ANNA}`, 'g:policy']) {
      const answer = await push(server, scope, [edit(theirs.doc, theirs.doc)]);
      assert.ok(!answer.text.replaceAll(SURVEY, 'ID').includes(CANARY), scope);
    }
    const held = await server.db.query(
      "SELECT customer, body->>'state' AS state, rev FROM doc WHERE coll = 'surveys'",
    );
    assert.deepEqual(held, [{ customer: ANNA, state: 'invited', rev: 1 }]);
    const vers = await server.db.query(
      "SELECT scope, ver FROM scope WHERE scope LIKE 'c:%' ORDER BY scope",
    );
    assert.deepEqual(vers, [
      { scope: `c:${ANNA}`, ver: 3 },
      { scope: `c:${BOB}`, ver: 1 },
    ]);
  });

  it("hears nothing of another customer's changes", async () => {
    const server = await withTwo();
    const stream = await server.events(await server.issuer.token(BOB));
    assert.deepEqual(await stream.next(), {
      event: 'hello',
      data: { scopes: [`c:${BOB}`, 'g:policy'] },
    });
    const doc = customerDoc(ANNA, `${CANARY} again`);
    await writeDocs(server.db, collections, `c:${ANNA}`, [{ coll: 'customers', doc }]);
    const own = { ...customerDoc(BOB, 'Robert') };
    await writeDocs(server.db, collections, `c:${BOB}`, [{ coll: 'customers', doc: own }]);
    assert.deepEqual(await stream.next(), {
      event: 'change',
      data: { coll: 'customers', scope: `c:${BOB}`, v: 2 },
    });
    await assert.rejects(stream.next(300), /no event/);
    assert.ok(!stream.raw.includes(CANARY) && !stream.raw.includes(ANNA));
    stream.close();
  });

  it('tells a customer nothing of notes that staff write, not even that there is one', async () => {
    const server = await withTwo({ poll: 50 });
    const stream = await server.events(await server.issuer.token(BOB));
    await stream.until('hello');
    const entry = {
      id: 'note-1',
      rev: 0,
      customer: BOB,
      kind: 'NOTE',
      text: CANARY,
      on: '2026-11-22',
      by: 'M1',
      byName: '王慧敏',
    };
    await writeDocs(server.db, collections, `c:${BOB}`, [{ coll: 'archive', doc: entry }]);
    await sleep(200);
    const own = { ...customerDoc(BOB, 'Robert') };
    await writeDocs(server.db, collections, `c:${BOB}`, [{ coll: 'customers', doc: own }]);
    assert.equal(((await stream.until('change')).data as { coll: string }).coll, 'customers');
    assert.ok(!stream.raw.includes('archive'));
    stream.close();
  });

  it('gives staff the policy and no customer, until their desk comes', async () => {
    const server = await withTwo();
    const token = await server.issuer.token(ANNA, { role: 'staff', manager: 'M1', duties: [] });
    const ask = (coll: string, scope: string) =>
      server.send('/sync/v1/pull', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({ coll, scope, sv: 0, cp: null, limit: 1 }),
      });
    assert.equal((await ask('policies', 'g:policy')).status, 200);
    assert.equal((await ask('customers', `c:${ANNA}`)).status, 403);
  });
});
