import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEveryEngine } from '../testing/engines.js';
import { note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { Checkpoint, Page } from './pull.js';

const start = testServers();
const CLIENTS = 24;
const ROUNDS = 8;

onEveryEngine((fresh) => {
  it('loses no row while 24 devices of a customer push and one pulls', async () => {
    const server = await start(await fresh(), { collections: withNotes });
    const { issuer, send } = server;
    const token = await issuer.token('c-1');
    const post = async (path: string, body: object) => {
      const answer = await send(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({ coll: 'notes', scope: 'c:c-1', sv: 0, ...body }),
      });
      assert.equal(answer.status, 200, answer.text);
      return answer.json;
    };

    let isPushing = true;
    const pushing = Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let round = 0; round < ROUNDS; round++) {
          const rows = [0, 1, 2].map((n) => ({
            newDocumentState: note('c-1', `${client}-${round}-${n}`, 'x'),
          }));
          await post('/sync/v1/push', { rows });
        }
      }),
    ).finally(() => {
      isPushing = false;
    });

    const seen: string[] = [];
    let cp: Checkpoint | null = null;
    let more = true;
    while (isPushing || more) {
      const page = (await post('/sync/v1/pull', { cp, limit: 5 })) as Page;
      seen.push(...page.documents.map((doc) => doc.id));
      ({ checkpoint: cp, more } = page);
    }
    await pushing;
    const last = (await post('/sync/v1/pull', { cp, limit: 500 })) as Page;
    seen.push(...last.documents.map((doc) => doc.id));

    const total = CLIENTS * ROUNDS * 3;
    assert.equal(seen.length, total);
    assert.equal(new Set(seen).size, total);
    const vers = await server.db.query<{ ver: number }>(
      'SELECT ver FROM entry WHERE scope = $1 ORDER BY ver',
      ['c:c-1'],
    );
    assert.deepEqual(
      vers.map(({ ver }) => ver),
      Array.from({ length: total }, (_, n) => n + 1),
    );
  });

  it('lets one of many devices answer an invitation', async () => {
    const server = await start(await fresh(), { collections: withNotes });
    const base = note('c-1', 'a', 'base');
    const post = (rows: object[]) =>
      server.post('/sync/v1/push', { coll: 'notes', scope: 'c:c-1', sv: 0, rows }, 'c-1');
    await post([{ newDocumentState: base }]);
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, (_, n) =>
        post([{ newDocumentState: { ...base, text: `device ${n}` }, assumedMasterState: base }]),
      ),
    );
    const taken = answers.filter((answer) => answer.text === '{"conflicts":[],"rejects":[]}');
    assert.equal(taken.length, 1);
    const [row] = await server.db.query("SELECT rev FROM doc WHERE id = 'a'");
    assert.deepEqual(row, { rev: 2 });
  });
});
