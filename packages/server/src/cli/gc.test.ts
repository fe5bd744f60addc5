import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { openDatabase } from '../db/open-database.js';
import { writeDocs } from '../sync/write-docs.js';
import { liyu } from '../testing/liyu-command.js';
import { invitationEvent } from '../testing/records.js';

it('liyu gc collects what was marked long enough ago, as --keep says', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'liyu-gc-'));
  t.after(() => rm(folder, { recursive: true }));
  const env = { DATABASE_URL: `pglite:${join(folder, 'db')}` };
  const gc = async (...args: string[]) => {
    const { code, stdout, stderr } = await liyu(['gc', ...args], env);
    assert.deepEqual([code, stderr], [0, '']);
    return JSON.parse(stdout) as unknown;
  };
  assert.deepEqual(await gc(), { scopes: 0, entries: 0, marked: 0 });
  const db = await openDatabase(env.DATABASE_URL);
  const doc = invitationEvent('c-1', 's1');
  await writeDocs(db, collections, 'c:c-1', [{ coll: 'careEvents', doc }]);
  const gone = { coll: 'careEvents', id: doc.id, deleted: true } as const;
  await writeDocs(db, collections, 'c:c-1', [gone]);
  await db.close();

  assert.deepEqual(await gc(), { scopes: 0, entries: 0, marked: 1 });
  const later = await openDatabase(env.DATABASE_URL);
  await later.query("UPDATE scope SET marked_at = marked_at - interval '40 days'");
  await later.close();
  assert.deepEqual(await gc(), { scopes: 0, entries: 0, marked: 0 });
  assert.deepEqual(await gc('--keep', '30'), { scopes: 1, entries: 1, marked: 0 });
});

it('liyu gc refuses a --keep that is no number of days', async () => {
  for (const keep of ['0', '-1', '1.5', 'long', '4000']) {
    assert.equal((await liyu(['gc', `--keep=${keep}`])).code, 2, keep);
  }
});
