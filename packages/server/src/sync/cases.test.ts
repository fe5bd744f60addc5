import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import type { Doc } from '@liyu/model';
import { onEveryEngine } from '../testing/engines.js';
import { customerDoc } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { Staff, TestServer } from '../testing/test-server.js';
import type { PushAnswer } from './push.js';
import { readCollection } from './stored-doc.js';
import { writeDocs } from './write-docs.js';

const start = testServers();
const OK: PushAnswer = { conflicts: [], rejects: [] };
const HANDLER: Staff = { manager: 'M7', branch: 'B1', duties: ['complaints'] };
const ID = '01935b6e-0000-7000-8000-000000000001';

const opened: Doc = {
  id: ID,
  rev: 0,
  customer: 'c-1',
  kind: 'complaint',
  topic: 'WAIT',
  about: null,
  text: '等了一个小时',
  state: 'RECEIVED',
  openedAt: '2026-11-22T08:00:00.000Z',
  receivedAt: null,
  dueOn: null,
  handler: null,
  receipt: null,
  steps: [],
};
const step = (text: string, state: string | null = null) => ({
  at: '2026-11-22T08:00:00.000Z',
  by: 'customer',
  name: null,
  state,
  text,
});

onEveryEngine((fresh) => {
  const serve = async () => {
    const server = await start(await fresh());
    await server.db.query(
      `INSERT INTO managers (manager, name, phone) VALUES ('M7', '何嘉', '010-5555-0202')`,
    );
    await writeDocs(server.db, collections, 'c:c-1', [
      { coll: 'customers', doc: customerDoc('c-1', '王*') },
    ]);
    return server;
  };
  const push = async (server: TestServer, row: object, who: string | Staff = 'c-1') => {
    const body = { coll: 'cases', scope: 'c:c-1', sv: 0, rows: [row] };
    const answer = await server.post('/sync/v1/push', body, who);
    assert.equal(answer.status, 200, answer.text);
    return answer.json as PushAnswer;
  };
  const held = async (server: TestServer) =>
    (await readCollection(server.db, 'c-1', 'cases'))[0] as Doc & {
      steps: { text: string; by: string; name: string | null }[];
    };

  it('takes a complaint, shows it in the timeline, and staff of the branch move it on by name', async () => {
    const server = await serve();
    assert.deepEqual(await push(server, { newDocumentState: opened }), OK);
    const [event] = await readCollection(server.db, 'c-1', 'careEvents');
    assert.equal(event?.kind, 'COMPLAINT');
    const received = await held(server);
    assert.ok(received.receipt !== null && received.dueOn !== null);
    const accepted = {
      newDocumentState: {
        ...received,
        state: 'ACCEPTED',
        steps: [{ ...step('已受理', 'ACCEPTED'), by: 'staff' }],
      },
      assumedMasterState: received,
    };
    assert.deepEqual(await push(server, accepted, HANDLER), OK);
    const after = await held(server);
    assert.deepEqual([after.state, after.handler], ['ACCEPTED', '何嘉']);
    assert.deepEqual([after.steps[0]?.by, after.steps[0]?.name], ['staff', '何嘉']);
  });

  it('takes words whose answer was lost once, also when staff have gone on meanwhile', async () => {
    const server = await serve();
    const create = { newDocumentState: opened };
    await push(server, create);
    const received = await held(server);
    const word = {
      newDocumentState: { ...received, steps: [step('补充：当时只开一个窗口')] },
      assumedMasterState: received,
    };
    assert.deepEqual(await push(server, word), OK);
    assert.deepEqual(await push(server, word), OK);
    const now = await held(server);
    const accepted = {
      newDocumentState: { ...now, steps: [...now.steps, step('已受理', 'ACCEPTED')] },
      assumedMasterState: now,
    };
    assert.deepEqual(await push(server, accepted, HANDLER), OK);
    assert.deepEqual(await push(server, word), OK);
    assert.deepEqual(await push(server, create), OK);
    assert.deepEqual(
      (await held(server)).steps.map(({ text }) => text),
      ['补充：当时只开一个窗口', '已受理'],
    );
  });

  it('answers words that crossed with those of staff as a conflict, losing neither', async () => {
    const server = await serve();
    await push(server, { newDocumentState: opened });
    const received = await held(server);
    const of = (text: string) => ({
      newDocumentState: { ...received, steps: [step(text)] },
      assumedMasterState: received,
    });
    assert.deepEqual(await push(server, of('我们正在核实'), HANDLER), OK);
    const crossed = await push(server, of('还有一件事'));
    assert.equal(crossed.conflicts.length, 1);
    assert.deepEqual(
      (await held(server)).steps.map(({ text }) => text),
      ['我们正在核实'],
    );
  });
});
