import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { migrate } from '../db/migrate.js';
import { onEveryEngine } from '../testing/engines.js';
import { note, withNotes } from '../testing/records.js';
import { publishPolicy } from './publish-policy.js';
import { seedScope, writeDocs } from './write-docs.js';
import type { Write } from './write-docs.js';

const policy = loadPolicy();

onEveryEngine((fresh) => {
  const open = async () => {
    const db = await fresh();
    await migrate(db, policy);
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

  it('seeds a scope once', async () => {
    const { db } = await open();
    const seed = (text: string) =>
      seedScope(db, withNotes, 'c:c-1', [{ coll: 'notes', doc: note('c-1', 'a', text) }]);
    assert.deepEqual([await seed('x'), await seed('y')], [1, 0]);
    assert.deepEqual(await db.query("SELECT body->>'text' AS text FROM doc"), [{ text: 'x' }]);
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
