import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import type { Database } from '../db/database.js';
import { migrate } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { writeDocs } from '../sync/write-docs.js';
import { liyu } from '../testing/liyu-command.js';
import { invitation } from '../testing/records.js';

describe('liyu erase and liyu audit', () => {
  let postgres: RunningPostgres;
  let db: Database;
  before(async () => {
    postgres = await startPostgres();
    db = await openDatabase(postgres.url);
    await migrate(db, loadPolicy());
  });
  after(async () => {
    await db.close();
    await postgres.stop();
  });

  it('erases a customer, and the trail fits before and after until somebody changes it', async () => {
    const env = { DATABASE_URL: postgres.url };
    const audit = async () => {
      const { code, stdout, stderr } = await liyu(['audit'], env);
      const { trail } = JSON.parse(stdout) as { trail: { chains: number; misfits: number } };
      return { code, stderr, chains: trail.chains, misfits: trail.misfits };
    };
    await writeDocs(db, collections, 'c:c-1', [{ coll: 'surveys', doc: invitation('c-1', 's1') }]);
    assert.deepEqual(await audit(), { code: 0, stderr: '', chains: 1, misfits: 0 });
    assert.deepEqual(await liyu(['erase', 'c-9'], env), {
      ...{ code: 1, stdout: '', stderr: 'liyu: no customer c-9\n' },
    });
    for (const rows of [2, 0]) {
      const { code, stdout } = await liyu(['erase', 'c-1'], env);
      assert.deepEqual([code, JSON.parse(stdout)], [0, { customer: 'c-1', rows }]);
    }
    assert.equal((await liyu(['erase'], env)).code, 2);
    assert.deepEqual(await audit(), { code: 0, stderr: '', chains: 1, misfits: 0 });
    await db.query('ALTER TABLE audit DISABLE TRIGGER audit_only_grows');
    await db.query(`UPDATE audit SET records = 9 WHERE n = 2`);
    const { code, stderr, misfits } = await audit();
    assert.deepEqual([code, misfits], [1, 1]);
    assert.match(stderr, /"scope":null,"id":"[0-9a-f-]{36}\/2","field":"hash"/);
  });
});
