import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import type { Doc, Entitlement } from '@liyu/model';
import { readCollection } from './stored-doc.js';
import { onEveryEngine } from '../testing/engines.js';
import { customerDoc } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { Staff, TestServer } from '../testing/test-server.js';
import type { PushAnswer } from './push.js';
import { writeDocs } from './write-docs.js';

const start = testServers();
const NOW = Date.now();
const YEAR = new Date(NOW + 8 * 3_600_000).toISOString().slice(0, 4);
const COUNTER: Staff = { manager: 'M9', branch: 'B1', duties: ['counter'] };
const OK = { conflicts: [], rejects: [] };

let count = 0;
/** A fresh UUIDv7, in the order in which they are asked for. */
const uuid = () => `01935b6e-0000-7000-8000-${String(++count).padStart(12, '0')}`;

const request = (more: Partial<Doc> = {}): Doc => ({
  id: uuid(),
  rev: 0,
  customer: 'c-1',
  kind: 'benefit',
  benefit: 'B-V3',
  points: null,
  period: YEAR,
  requestedAt: '2026-11-22T08:00:00.000Z',
  state: 'pending',
  reason: null,
  code: null,
  decidedAt: null,
  validUntil: null,
  ...more,
});

const benefit = (id: string, quota: number | null, kind = 'facility') => ({
  benefit: id,
  kind,
  state: 'AVAILABLE',
  because: null,
  opensAt: null,
  quota,
  per: quota === null ? null : 'year',
  used: 0,
  addBp: null,
});

const entitlement: Doc = {
  id: `c-1:${YEAR}`,
  rev: 0,
  customer: 'c-1',
  period: YEAR,
  endsOn: `${YEAR}-12-31`,
  asOf: `${YEAR}-01-01`,
  rung: 'VIP-1',
  label: { 'zh-CN': '一级', en: 'one' },
  benefits: [benefit('B-V3', 3), benefit('B-V2', null, 'points')],
};

const earned = (id: string, points: number): Doc => ({
  id,
  rev: 0,
  customer: 'c-1',
  type: 'EARN',
  points,
  on: `${YEAR}-01-01`,
  expiresOn: '2999-12-31',
  rule: 'P1',
  of: null,
  title: { 'zh-CN': '消费', en: 'Purchase' },
});

onEveryEngine((fresh) => {
  const serve = async () => {
    const server = await start(await fresh(), { now: () => NOW });
    await writeDocs(server.db, collections, 'c:c-1', [
      { coll: 'customers', doc: customerDoc('c-1', '王*') },
      { coll: 'entitlements', doc: entitlement },
      { coll: 'points', doc: earned('p-1', 500) },
    ]);
    return server;
  };
  const push = async (
    server: TestServer,
    rows: object[],
    who: string | Staff = 'c-1',
  ): Promise<PushAnswer> => {
    const body = { coll: 'redemptions', scope: 'c:c-1', sv: 0, rows };
    const answer = await server.post('/sync/v1/push', body, who);
    assert.equal(answer.status, 200, answer.text);
    return answer.json as PushAnswer;
  };
  const ask = (server: TestServer, doc: Doc) => push(server, [{ newDocumentState: doc }]);
  const stored = (server: TestServer, coll: string) => readCollection(server.db, 'c-1', coll);
  const used = async (server: TestServer) =>
    ((await stored(server, 'entitlements')) as unknown as Entitlement[])[0]?.benefits[0]?.used;

  it('confirms what is entitled and counts it, however often the request comes', async () => {
    const server = await serve();
    const doc = request();
    for (let attempt = 0; attempt < 3; attempt++) assert.deepEqual(await ask(server, doc), OK);
    const [held] = await stored(server, 'redemptions');
    assert.equal(held?.state, 'confirmed');
    assert.match(String(held?.code), /^\w{4,}$/);
    assert.equal(await used(server), 1);
  });

  it('never gives more than the quota to devices that ask at once, and keeps the rest as rejected', async () => {
    const server = await serve();
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(server, request())));
    const rejected = answers.flatMap(({ rejects }) => rejects.map(({ code }) => code));
    assert.deepEqual(
      rejected,
      Array.from({ length: 9 }, () => 'quota_used'),
    );
    assert.equal(await used(server), 3);
    const states = (await stored(server, 'redemptions')).map(({ state, reason }) => [
      state,
      reason,
    ]);
    assert.equal(states.filter(([state]) => state === 'confirmed').length, 3);
    assert.equal(
      states.filter(([state, reason]) => state === 'rejected' && reason === 'quota_used').length,
      9,
    );
  });

  it('answers a rejected request with the record as it is kept, and says the same again', async () => {
    const server = await serve();
    const doc = request({ benefit: 'B-NONE' });
    const first = await ask(server, doc);
    assert.deepEqual(first.rejects, [{ id: doc.id, code: 'benefit_unknown' }]);
    const [shown] = first.conflicts as Doc[];
    assert.deepEqual(
      [shown?.id, shown?.state, shown?.reason],
      [doc.id, 'rejected', 'benefit_unknown'],
    );
    assert.deepEqual(await ask(server, doc), OK, 'what was decided is what is held');
  });

  it('spends points once, never below zero, in the ledger alone', async () => {
    const server = await serve();
    const spend = () => request({ kind: 'points', benefit: null, points: 300 });
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask(server, spend())));
    assert.equal(answers.filter(({ rejects }) => rejects.length === 0).length, 1);
    assert.deepEqual(
      answers.flatMap(({ rejects }) => rejects.map(({ code }) => code)),
      ['points_short', 'points_short', 'points_short'],
    );
    const points = (await stored(server, 'points')).map((entry) => entry.points as number);
    assert.equal(
      points.reduce((sum, one) => sum + one, 0),
      200,
    );
  });

  it('lets the counter of the branch turn a confirmed one into a used one, once', async () => {
    const server = await serve();
    const doc = request();
    await ask(server, doc);
    const [held] = await stored(server, 'redemptions');
    const row = { newDocumentState: { ...held, state: 'used' }, assumedMasterState: held };
    assert.deepEqual(await push(server, [row], COUNTER), OK);
    assert.deepEqual(await push(server, [row], COUNTER), OK, 'a lost answer');
    assert.equal((await stored(server, 'redemptions'))[0]?.state, 'used');
    const back = {
      newDocumentState: { ...held, state: 'confirmed' },
      assumedMasterState: { ...held, state: 'used' },
    };
    assert.deepEqual((await push(server, [back], COUNTER)).rejects, [
      { id: doc.id, code: 'forbidden' },
    ]);
  });
});

onEveryEngine((fresh) => {
  it('merges preferences that two devices change, field by field', async () => {
    const server = await start(await fresh());
    await writeDocs(server.db, collections, 'c:c-1', [
      { coll: 'customers', doc: customerDoc('c-1', '王*') },
    ]);
    const [base] = await readCollection(server.db, 'c-1', 'customers');
    const held = base as Doc & { preferences: object };
    const edit = (changes: object) => ({
      newDocumentState: { ...held, preferences: { ...held.preferences, ...changes } },
      assumedMasterState: held,
    });
    const push = async (row: object) =>
      (
        await server.post(
          '/sync/v1/push',
          { coll: 'customers', scope: 'c:c-1', sv: 0, rows: [row] },
          'c-1',
        )
      ).json as PushAnswer;
    assert.deepEqual(await push(edit({ care: false })), OK);
    assert.deepEqual(await push(edit({ channel: 'PHONE' })), OK);
    assert.deepEqual(await push(edit({ care: false, surveys: false })), OK, 'the same again');
    const other = await push(edit({ channel: 'APP' }));
    assert.deepEqual(
      [other.conflicts.length, other.rejects],
      [1, []],
      'the same field, differently',
    );
    const [after] = await readCollection(server.db, 'c-1', 'customers');
    const preferences = after?.preferences as Record<string, unknown>;
    assert.deepEqual(
      [preferences.care, preferences.surveys, preferences.channel],
      [false, false, 'PHONE'],
    );
    assert.ok(preferences.channelLabel !== null, 'the server names the channel');
  });
});
