import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import type { Doc } from '@liyu/model';
import { onEveryEngine } from '../testing/engines.js';
import { archive, customerDoc, note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { Staff, TestServer } from '../testing/test-server.js';
import { feed } from './feeder.js';
import type { Page } from './pull.js';
import { writeDocs } from './write-docs.js';

const start = testServers();
const collections = { ...withNotes, archive };
const [M1, M2] = ['M1', 'M2'].map((manager) => ({ manager, duties: ['client-manager'] })) as [
  Staff,
  Staff,
];

function sumOf(records: readonly Pick<Doc, 'id' | 'rev'>[]): string {
  const hashes = records.map(({ id, rev }) =>
    createHash('sha256').update(`${id}|${rev}`).digest().readBigUInt64BE(),
  );
  return (hashes.reduce((sum, hash) => sum + hash, 0n) % 2n ** 64n).toString();
}

function asking(server: TestServer, coll: string, scope: string, who: string | Staff) {
  const target = { coll, scope, sv: 0 };
  return {
    pull: async () =>
      (await server.post('/sync/v1/pull', { ...target, cp: null, limit: 500 }, who)).json as Page,
    digest: async (cp: { e: number; v: number }) => {
      const { status, json } = await server.post('/sync/v1/digest', { ...target, ...cp }, who);
      return status === 200 ? json : [status, (json as { reason?: string }).reason];
    },
  };
}

onEveryEngine((fresh) => {
  it('is that of the records that were pulled, and null when something changed since', async () => {
    const server = await start(await fresh(), { collections });
    const { db } = server;
    const { pull, digest } = asking(server, 'notes', 'c:c-1', 'c-1');
    assert.deepEqual(await digest({ e: 0, v: 0 }), { count: 0, sum: '0' });
    const write = (ids: string[]) =>
      writeDocs(
        db,
        collections,
        'c:c-1',
        ids.map((id) => ({ coll: 'notes', doc: note('c-1', id, `${Math.random()}`) })),
      );
    await write(Array.from({ length: 40 }, (_, n) => `记${n}`));
    await write(['记1', '记2']);
    await writeDocs(db, collections, 'c:c-1', [{ coll: 'notes', id: '记3', deleted: true }]);
    await db.query("UPDATE entry SET gone = true WHERE id = '记4'");

    const { documents, checkpoint } = await pull();
    const live = documents.filter((doc): doc is Doc => !('_deleted' in doc));
    assert.equal(live.length, 38);
    assert.deepEqual(await digest(checkpoint), { count: 38, sum: sumOf(live) });
    const { e, v } = checkpoint;
    assert.deepEqual(await digest({ e, v: v - 1 }), { count: null, sum: null });
    assert.deepEqual(await digest({ e: e + 1, v }), [409, 'epoch']);
    assert.deepEqual(await digest({ e, v: v + 1 }), [409, 'ahead']);
    await write(['记1']);
    assert.deepEqual(await digest(checkpoint), { count: null, sum: null });
  });

  it('is of what the caller may read: each desk its own customers, and none of a stranger', async () => {
    const db = await fresh();
    const server = await start(db, { collections, poll: 60_000 });
    const place = (id: string, manager: string) => {
      const clientManager = { id: manager, name: '王芳', phone: '' };
      const doc = { ...customerDoc(id, '安*'), clientManager };
      const kept = { id: `${id}:a`, rev: 0, customer: id };
      return writeDocs(db, collections, `c:${id}`, [
        { coll: 'customers', doc },
        { coll: 'archive', doc: kept },
      ]);
    };
    await place('c-1', 'M1');
    await place('c-2', 'M1');
    await place('c-3', 'M2');
    await feed(db, collections);

    const one = asking(server, 'customers', 'm:M1', M1);
    const other = asking(server, 'customers', 'm:M2', M2);
    const { checkpoint } = await one.pull();
    const ofTwo = { count: 2, sum: sumOf(['c-1', 'c-2'].map((id) => ({ id, rev: 1 }))) };
    assert.deepEqual(await one.digest(checkpoint), ofTwo);
    assert.deepEqual(await other.digest((await other.pull()).checkpoint), {
      count: 1,
      sum: sumOf([{ id: 'c-3', rev: 1 }]),
    });
    assert.deepEqual(await asking(server, 'customers', 'm:M1', M2).digest(checkpoint), [
      403,
      undefined,
    ]);

    const scope = 'c:c-1';
    const staff = asking(server, 'archive', scope, M1);
    const kept = (await staff.pull()).checkpoint;
    assert.equal(((await staff.digest(kept)) as { count: number }).count, 1);
    assert.deepEqual(await asking(server, 'archive', scope, 'c-1').digest(kept), [403, undefined]);

    // One who leaves the desk is no part of it before the feeder has said so.
    await place('c-2', 'M2');
    assert.deepEqual(await one.digest(checkpoint), { count: null, sum: null });
    await feed(db, collections);
    const { count } = (await one.digest((await one.pull()).checkpoint)) as { count: number };
    assert.equal(count, 1);
  });
});
