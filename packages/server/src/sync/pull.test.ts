import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEveryEngine } from '../testing/engines.js';
import { note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import type { Database } from '../db/database.js';
import { writeDocs } from './write-docs.js';
import type { Checkpoint, Page } from './pull.js';

const start = testServers();

async function pullNotes(
  server: TestServer,
  cp: Checkpoint | null,
  limit = 100,
  customer = 'c-1',
): Promise<Page & { status: number; reason?: string }> {
  const body = { coll: 'notes', scope: `c:${customer}`, sv: 0, cp, limit };
  const answer = await server.post('/sync/v1/pull', body, customer);
  return { ...(answer.json as Page), status: answer.status };
}

function write(db: Database, ids: string[], text = 'x'): Promise<number> {
  const writes = ids.map((id) => ({ coll: 'notes', doc: note('c-1', id, text) }));
  return writeDocs(db, withNotes, 'c:c-1', writes);
}

onEveryEngine((fresh) => {
  const serve = async () => start(await fresh(), { collections: withNotes });
  const idsOf = (page: Page) => page.documents.map((doc) => doc.id);

  it('pages through a batch without losing a row where a page is cut', async () => {
    const server = await serve();
    const ids = Array.from({ length: 25 }, (_, n) => `n${String(n).padStart(2, '0')}`);
    await write(server.db, ids);
    const seen: string[] = [];
    let cp: Checkpoint | null = null;
    for (let more = true; more;) {
      const page: Page = await pullNotes(server, cp, 7);
      seen.push(...idsOf(page));
      assert.equal(page.documents.length === 7, page.more);
      ({ checkpoint: cp, more } = page);
    }
    assert.deepEqual(seen, ids);
    const next = await pullNotes(server, cp);
    assert.deepEqual([next.documents, next.checkpoint, next.more], [[], cp, false]);
  });

  it('says that nothing follows a page that is full and the last', async () => {
    const server = await serve();
    await write(server.db, ['a', 'b']);
    const page = await pullNotes(server, null, 2);
    assert.deepEqual([idsOf(page), page.more], [['a', 'b'], false]);
  });

  it('sends a record again, once, when it changed after the checkpoint', async () => {
    const server = await serve();
    await write(server.db, ['a', 'b', 'c']);
    const { checkpoint } = await pullNotes(server, null);
    await write(server.db, ['b'], 'changed');
    await write(server.db, ['b'], 'changed twice');
    const page = await pullNotes(server, checkpoint);
    assert.deepEqual(page.documents, [{ ...note('c-1', 'b', 'changed twice'), rev: 3 }]);
  });

  it('sends nothing but the id of a deleted record', async () => {
    const server = await serve();
    await write(server.db, ['a'], 'to be forgotten');
    const { checkpoint } = await pullNotes(server, null);
    const gone = { coll: 'notes', id: 'a', deleted: true } as const;
    await writeDocs(server.db, withNotes, 'c:c-1', [gone]);
    const page = await pullNotes(server, checkpoint);
    assert.deepEqual(page.documents, [{ id: 'a', _deleted: true }]);
    const rows = await server.db.query("SELECT body FROM doc WHERE coll = 'notes'");
    assert.deepEqual(rows, [{ body: {} }]);
  });

  it('sends nothing but the id of a record that left the scope', async () => {
    const server = await serve();
    await write(server.db, ['a'], 'not theirs any more');
    await server.db.query("UPDATE entry SET gone = true WHERE id = 'a'");
    assert.deepEqual((await pullNotes(server, null)).documents, [{ id: 'a', _deleted: true }]);
  });

  it('leaves out fields for another audience', async () => {
    const server = await serve();
    const doc = { ...note('c-1', 'a', 'x'), stamp: 'seen', hidden: 'CANARY' };
    await writeDocs(server.db, withNotes, 'c:c-1', [{ coll: 'notes', doc }]);
    const page = await pullNotes(server, null);
    assert.deepEqual(page.documents, [{ ...note('c-1', 'a', 'x'), rev: 1, stamp: 'seen' }]);
  });

  it('answers a scope without records with an empty page whose checkpoint goes on', async () => {
    const server = await serve();
    const empty = await pullNotes(server, null);
    assert.deepEqual([empty.status, empty.documents, empty.more], [200, [], false]);
    const again = await pullNotes(server, empty.checkpoint);
    assert.deepEqual([again.status, again.checkpoint], [200, empty.checkpoint]);
    await write(server.db, ['a']);
    assert.deepEqual(idsOf(await pullNotes(server, empty.checkpoint)), ['a']);
  });

  it('asks for a new start when the checkpoint is of another database, ahead, or too old', async () => {
    const server = await serve();
    await write(server.db, ['a', 'b', 'c', 'd']);
    const { checkpoint } = await pullNotes(server, null);
    const { e, v } = checkpoint;
    assert.ok(Number.isSafeInteger(e) && e > 0 && e < 2 ** 31);
    await server.db.query("UPDATE scope SET gc = 2 WHERE scope = 'c:c-1'");
    const cases: [Checkpoint, string | undefined][] = [
      [{ e, v }, undefined],
      [{ e, v: 2 }, undefined],
      [{ e, v: 1 }, 'gc'],
      [{ e, v: v + 1 }, 'ahead'],
      [{ e: e - 1, v }, 'epoch'],
      [{ e: e - 1, v: 0 }, 'epoch'],
    ];
    for (const [cp, reason] of cases) {
      const page = await pullNotes(server, cp);
      assert.deepEqual([page.status, page.reason], [reason ? 409 : 200, reason], `${cp.e} ${cp.v}`);
    }
    const elsewhere = await pullNotes(server, { e: 7, v: 7 }, 10, 'c-unknown');
    assert.deepEqual([elsewhere.status, elsewhere.reason], [409, 'epoch']);
  });

  it('goes on with a first load that is longer than a page, whatever was collected before it', async () => {
    const server = await serve();
    await write(server.db, ['a', 'b', 'c', 'd', 'e', 'f']);
    await server.db.query("UPDATE scope SET gc = 6 WHERE scope = 'c:c-1'");
    const seen: string[] = [];
    let page = await pullNotes(server, null, 2);
    for (; page.more; page = await pullNotes(server, page.checkpoint, 2)) seen.push(...idsOf(page));
    assert.deepEqual([page.status, page.checkpoint.v], [200, 6]);
    assert.deepEqual([...seen, ...idsOf(page)], ['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('begins a first load again when something it had seen was deleted and collected since', async () => {
    const server = await serve();
    await write(server.db, ['a', 'b', 'c', 'd']);
    const { checkpoint } = await pullNotes(server, null, 2);
    const gone = { coll: 'notes', id: 'a', deleted: true } as const;
    await writeDocs(server.db, withNotes, 'c:c-1', [gone]);
    await server.db.query("UPDATE scope SET gc = 5 WHERE scope = 'c:c-1'");
    const page = await pullNotes(server, checkpoint, 2);
    assert.deepEqual([page.status, page.reason], [409, 'gc']);
  });

  it('caps what a client asks for in one page', async () => {
    const server = await serve();
    await write(
      server.db,
      Array.from({ length: 1_001 }, (_, n) => `n${n}`),
    );
    const page = await pullNotes(server, null, 1_000_000);
    assert.deepEqual([page.documents.length, page.more], [1_000, true]);
  });

  it('asks a client of another schema version to upgrade', async () => {
    const server = await serve();
    const body = { coll: 'notes', scope: 'c:c-1', sv: 1, cp: null, limit: 1 };
    for (const path of ['/sync/v1/pull', '/sync/v1/push']) {
      const request = path.endsWith('pull')
        ? body
        : { ...body, rows: [], cp: undefined, limit: undefined };
      assert.equal((await server.post(path, request, 'c-1')).status, 426, path);
    }
  });
});
