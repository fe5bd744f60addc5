import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import { openDatabase } from '../db/open-database.js';
import type { Database } from '../db/database.js';
import type { Page } from '../sync/pull.js';
import { writeDocs } from '../sync/write-docs.js';
import { liyu } from '../testing/liyu-command.js';
import { invitation, invitationEvent } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';

const start = testServers();

describe('liyu epoch bump', () => {
  let postgres: RunningPostgres;
  let db: Database;
  before(async () => {
    postgres = await startPostgres();
    db = await openDatabase(postgres.url);
  });
  after(async () => {
    await db.close();
    await postgres.stop();
  });

  it('sends devices and the export back to the beginning, and no record is lost', async () => {
    const env = { DATABASE_URL: postgres.url };
    const server = await start(db);
    const target = { coll: 'surveys', scope: 'c:c-1', sv: 0 };
    const pull = (cp: object | null) =>
      server.post('/sync/v1/pull', { ...target, cp, limit: 9 }, 'c-1');
    const held = invitation('c-1', 's1');
    await writeDocs(db, collections, 'c:c-1', [
      { coll: 'surveys', doc: held },
      { coll: 'careEvents', doc: invitationEvent('c-1', 's1') },
    ]);
    const rows = [
      {
        newDocumentState: { ...held, state: 'submitted', answers: { q1: 5 } },
        assumedMasterState: held,
      },
    ];
    const pushed = await server.post('/sync/v1/push', { ...target, rows }, 'c-1');
    assert.deepEqual(pushed.json, { conflicts: [], rejects: [] });
    const { documents, checkpoint } = (await pull(null)).json as Page;
    assert.equal(documents.length, 1);
    const exported = await liyu(['export'], env);
    const { cursor } = JSON.parse(exported.stdout) as { cursor: string };
    assert.deepEqual(await liyu(['export', '--since', cursor], env), {
      code: 0,
      stdout: '',
      stderr: '',
    });

    const stream = await server.events(await server.issuer.token('c-1'));
    await stream.until('hello');
    const bumped = await liyu(['epoch', 'bump'], env);
    const [{ count } = { count: 0 }] = await db.query<{ count: number }>(
      'SELECT count(*) AS count FROM scope',
    );
    assert.deepEqual(bumped, { code: 0, stdout: `{"scopes":${count}}\n`, stderr: '' });
    // Open pages hear of it without being asked.
    await stream.until('change');
    stream.close();

    const refused = await pull(checkpoint);
    assert.equal(refused.status, 409);
    assert.deepEqual(refused.json, {
      type: 'urn:liyu:problem:resync_required',
      status: 409,
      code: 'resync_required',
      reason: 'epoch',
    });
    const again = (await pull(null)).json as Page;
    assert.deepEqual(again.documents, documents);
    assert.notEqual(again.checkpoint.e, checkpoint.e);
    assert.equal((await pull(again.checkpoint)).status, 200);

    const stale = await liyu(['export', '--since', cursor], env);
    assert.equal(stale.code, 1);
    assert.match(stale.stderr, /another history/);
    const whole = await liyu(['export'], env);
    const line = JSON.parse(whole.stdout) as { cursor: string };
    assert.notEqual(line.cursor, cursor);
    assert.deepEqual({ ...line, cursor }, JSON.parse(exported.stdout));
  });

  it('wants to be named in full', async () => {
    for (const args of [['epoch'], ['epoch', 'burp'], ['epoch', 'bump', 'twice']]) {
      assert.equal((await liyu(args)).code, 2, args.join(' '));
    }
  });
});
