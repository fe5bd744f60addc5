import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import type { Database } from '../db/database.js';
import { onEveryEngine } from '../testing/engines.js';
import { customerDoc, note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { feed } from './feeder.js';
import { collect } from './gc.js';
import type { Checkpoint, Page } from './pull.js';
import { writeDocs } from './write-docs.js';

const start = testServers();
const DAYS = 90;
const STAFF = { manager: 'M1', duties: ['client-manager'] };

function write(db: Database, ids: readonly string[], customer = 'c-1'): Promise<number> {
  const writes = ids.map((id) => ({ coll: 'notes', doc: note(customer, id, 'x') }));
  return writeDocs(db, withNotes, `c:${customer}`, writes);
}

function remove(db: Database, ids: readonly string[], customer = 'c-1'): Promise<number> {
  const writes = ids.map((id) => ({ coll: 'notes', id, deleted: true as const }));
  return writeDocs(db, withNotes, `c:${customer}`, writes);
}

/** Lets the days go by: the marks are that much older. */
async function pass(db: Database, days: number): Promise<void> {
  await db.query('UPDATE scope SET marked_at = marked_at - make_interval(days => $1)', [days]);
}

async function pullNotes(
  server: TestServer,
  cp: Checkpoint | null,
  limit = 100,
): Promise<Page & { status: number; reason?: string }> {
  const body = { coll: 'notes', scope: 'c:c-1', sv: 0, cp, limit };
  const answer = await server.post('/sync/v1/pull', body, 'c-1');
  return { ...(answer.json as Page), status: answer.status };
}

onEveryEngine((fresh) => {
  const serve = async () => start(await fresh(), { collections: withNotes });
  const idsOf = (page: Page) => page.documents.map((doc) => doc.id);

  it('collects what has been gone for long; only a device that was away pulls anew', async () => {
    const server = await serve();
    const { db } = server;
    await write(db, ['a', 'b', 'c', 'd']);
    const away = await pullNotes(server, null);
    await remove(db, ['a', 'b']);
    const seen = await pullNotes(server, away.checkpoint);
    assert.deepEqual(idsOf(seen), ['a', 'b']);
    await write(db, ['e']);

    assert.deepEqual(await collect(db, DAYS), { scopes: 0, entries: 0, marked: 1 });
    await pass(db, DAYS - 1);
    assert.deepEqual(await collect(db, DAYS), { scopes: 0, entries: 0, marked: 0 });
    await remove(db, ['c']);
    await pass(db, 1);
    assert.deepEqual(await collect(db, DAYS), { scopes: 1, entries: 2, marked: 1 });
    assert.deepEqual(await collect(db, DAYS), { scopes: 0, entries: 0, marked: 0 });

    const late = await pullNotes(server, away.checkpoint);
    assert.deepEqual([late.status, late.reason], [409, 'gc']);
    const present = await pullNotes(server, seen.checkpoint);
    assert.deepEqual([present.status, idsOf(present)], [200, ['e', 'c']]);
    const anew: string[] = [];
    let page = await pullNotes(server, null, 1);
    for (; page.more; page = await pullNotes(server, page.checkpoint, 1)) anew.push(...idsOf(page));
    assert.deepEqual([page.status, [...anew, ...idsOf(page)]], [200, ['d', 'e', 'c']]);
  });

  it('gives a record that comes back after it was collected to everybody', async () => {
    const server = await serve();
    const { db } = server;
    await write(db, ['a', 'b']);
    await remove(db, ['a']);
    const { checkpoint } = await pullNotes(server, null);
    await collect(db, DAYS);
    await pass(db, DAYS);
    assert.equal((await collect(db, DAYS)).entries, 1);
    await write(db, ['a']);
    const page = await pullNotes(server, checkpoint);
    assert.deepEqual(page.documents, [{ ...note('c-1', 'a', 'x'), rev: 3 }]);
  });

  it('takes customers who left a desk out of it, and leaves the export alone', async () => {
    const db = await fresh();
    const server = await start(db, { poll: 60_000 });
    const at = (manager: string | null) => {
      const clientManager = manager === null ? null : { id: manager, name: '王芳', phone: '' };
      const doc = { ...customerDoc('c-1', '安*'), clientManager };
      return writeDocs(db, collections, 'c:c-1', [{ coll: 'customers', doc }]);
    };
    await at('M1');
    await feed(db, collections);
    const pull = async (cp: Checkpoint | null) => {
      const body = { coll: 'customers', scope: 'm:M1', sv: 0, cp, limit: 100 };
      return server.post('/sync/v1/pull', body, STAFF);
    };
    const away = ((await pull(null)).json as Page).checkpoint;
    await at(null);
    await feed(db, collections);
    await db.query(
      `INSERT INTO scope (scope, epoch, ver, gc) VALUES ('x:export', 1, 1, 0) ON CONFLICT DO NOTHING`,
    );
    await db.query(`INSERT INTO entry (scope, coll, id, customer, ver, gone)
      VALUES ('x:export', 'surveys', 's1', 'c-1', 1, true)`);
    await collect(db, DAYS);
    await pass(db, DAYS);
    assert.deepEqual(await collect(db, DAYS), { scopes: 1, entries: 1, marked: 0 });
    assert.equal((await pull(away)).status, 409);
    const entries = await db.query<{ scope: string }>('SELECT scope FROM entry WHERE gone');
    assert.deepEqual(entries, [{ scope: 'x:export' }]);

    await at('M1');
    await feed(db, collections);
    assert.deepEqual(idsOf((await pull(null)).json as Page), ['c-1']);
  });

  it('collects many, in several runs at once, while a device pulls and others write', async () => {
    const server = await serve();
    const { db } = server;
    const ids = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => `n${from + n}`);
    await write(db, ids(0, 6_000));
    await remove(db, ids(0, 5_500));
    await collect(db, DAYS);
    await pass(db, DAYS);
    const held = new Set<string>();
    const load = async () => {
      for (let cp: Checkpoint | null = null; ;) {
        const page: Awaited<ReturnType<typeof pullNotes>> = await pullNotes(server, cp, 100);
        if (page.status === 409) {
          held.clear();
          cp = null;
          continue;
        }
        for (const doc of page.documents) {
          if ('_deleted' in doc) held.delete(doc.id);
          else held.add(doc.id);
        }
        if (!page.more) return;
        cp = page.checkpoint;
      }
    };
    const runs = [collect(db, DAYS), collect(db, DAYS), load(), write(db, ['last'])] as const;
    const [one, other] = await Promise.all(runs);
    assert.equal(one.entries + other.entries, 5_500);
    await load();
    assert.deepEqual([...held].sort(), [...ids(5_500, 6_000), 'last'].sort());
  });
});
