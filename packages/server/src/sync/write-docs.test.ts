import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { onEveryEngine } from '../testing/engines.js';
import { note, withNotes } from '../testing/records.js';
import { publishPolicy } from './publish-policy.js';
import { writeBatch, writeDocs } from './write-docs.js';
import type { BatchWrite } from './write-docs.js';
import type { Write } from './write-docs.js';

const policy = loadPolicy();

onEveryEngine((fresh) => {
  const open = async () => {
    const db = await fresh();
    return {
      db,
      write: (...docs: ReturnType<typeof note>[]) =>
        writeDocs(
          db,
          withNotes,
          'c:c-1',
          docs.map((doc): Write => ({ coll: 'notes', doc })),
        ),
      entries: () => db.query('SELECT id, ver FROM entry ORDER BY ver'),
      scope: async () => (await db.query<{ ver: number }>('SELECT ver FROM scope'))[0]?.ver,
    };
  };

  it('writes nothing for what did not change', async () => {
    const { write, entries, scope } = await open();
    assert.equal(await write(note('c-1', 'a', 'x'), note('c-1', 'b', 'x')), 2);
    assert.equal(await write(note('c-1', 'b', 'x'), note('c-1', 'a', 'y')), 1);
    assert.equal(await write(note('c-1', 'b', 'x'), note('c-1', 'a', 'y')), 0);
    assert.deepEqual(await entries(), [
      { id: 'b', ver: 2 },
      { id: 'a', ver: 3 },
    ]);
    assert.equal(await scope(), 3);
  });

  it('gives a record that stands twice in a batch its last content and one version', async () => {
    const { db, write, entries } = await open();
    assert.equal(await write(note('c-1', 'a', 'first'), note('c-1', 'a', 'last')), 1);
    assert.deepEqual(await entries(), [{ id: 'a', ver: 1 }]);
    const rows = await db.query("SELECT body->>'text' AS text, rev FROM doc");
    assert.deepEqual(rows, [{ text: 'last', rev: 1 }]);
  });

  it('keeps numbers up to 2^53 exact', async () => {
    const { db, write } = await open();
    await write(note('c-1', 'a', 'x'));
    const most = Number.MAX_SAFE_INTEGER - 1;
    await db.query('UPDATE scope SET ver = $1', [most]);
    await write(note('c-1', 'b', 'x'));
    const [row] = await db.query("SELECT ver FROM entry WHERE id = 'b'");
    assert.deepEqual(row, { ver: Number.MAX_SAFE_INTEGER });
  });

  it('writes all of a batch or nothing', async () => {
    const { write, entries, scope } = await open();
    const bad: ReturnType<typeof note>[] = [
      note('c-2', 'of somebody else', 'x'),
      note('c-1', '', 'no id'),
      note('c-1', 'nul', 'a\0b'),
    ];
    for (const doc of bad) {
      await assert.rejects(write(note('c-1', 'good', 'x'), doc), doc.id);
    }
    assert.deepEqual([await entries(), await scope()], [[], undefined]);
  });

  it('writes records of many customers at once, each in its own scope, and nothing the second time', async () => {
    const { db } = await open();
    const batch: BatchWrite[] = ['c-1', 'c-2', 'c-3'].flatMap((customer) =>
      ['a', 'b'].map((id) => ({ coll: 'notes', doc: note(customer, `${customer}-${id}`, 'x') })),
    );
    const run = (writes: BatchWrite[]) => db.transaction((tx) => writeBatch(tx, withNotes, writes));
    assert.deepEqual([await run(batch), await run(batch)], [6, 0]);
    const gone = { coll: 'notes', scope: 'c:c-2', id: 'c-2-a', deleted: true as const };
    const more = { coll: 'notes', doc: note('c-3', 'c-3-b', 'y') };
    assert.equal(await run([gone, more]), 2);
    assert.deepEqual(
      await db.query(`SELECT scope, ver FROM scope WHERE scope LIKE 'c:%' ORDER BY scope`),
      [
        { scope: 'c:c-1', ver: 2 },
        { scope: 'c:c-2', ver: 3 },
        { scope: 'c:c-3', ver: 3 },
      ],
    );
    assert.deepEqual(
      await db.query('SELECT id, body, deleted, rev FROM doc WHERE rev > 1 ORDER BY id'),
      [
        { id: 'c-2-a', body: {}, deleted: true, rev: 2 },
        { id: 'c-3-b', body: { customer: 'c-3', text: 'y' }, deleted: false, rev: 2 },
      ],
    );
  });

  it('writes batches that cross each other without waiting for ever', async () => {
    const { db } = await open();
    const customers = Array.from({ length: 20 }, (_, n) => `c-${n}`);
    const run = (order: string[], text: string) =>
      db.transaction((tx) =>
        writeBatch(
          tx,
          withNotes,
          order.map((customer) => ({ coll: 'notes', doc: note(customer, customer, text) })),
        ),
      );
    const counts = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        run(n % 2 === 0 ? customers : [...customers].reverse(), `text ${n}`),
      ),
    );
    assert.deepEqual(counts, [20, 20, 20, 20, 20, 20]);
  });

  it('publishes a policy again only when it changed', async () => {
    const { db } = await open();
    const revision = async () => (await db.query<{ rev: number }>('SELECT rev FROM doc'))[0]?.rev;
    await publishPolicy(db, withNotes, policy);
    await publishPolicy(db, withNotes, loadPolicy());
    assert.equal(await revision(), 1);
    await publishPolicy(db, withNotes, { ...policy, hash: 'f'.repeat(64) });
    assert.equal(await revision(), 2);
  });
});
