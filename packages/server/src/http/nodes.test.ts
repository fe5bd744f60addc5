import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collections } from '@liyu/model/schemas';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import type { Database } from '../db/database.js';
import { openDatabase } from '../db/open-database.js';
import { outboxSize } from '../sync/feeder.js';
import type { Page } from '../sync/pull.js';
import { writeDocs } from '../sync/write-docs.js';
import { createDatabase } from '../testing/create-database.js';
import { createIssuer } from '../testing/issuer.js';
import { customerDoc, invitation, invitationEvent } from '../testing/records.js';
import { testServers, tokenOf } from '../testing/test-server.js';
import type { Staff, TestServer } from '../testing/test-server.js';

const start = testServers();
/** As `liyu serve` looks for changes, in ms; beside it, what a busy machine may take. */
const POLL = 1_000;
const SLACK = 500;
const STAFF: Staff = { manager: 'M1', duties: ['client-manager'] };

describe('two nodes over one database', () => {
  let postgres: RunningPostgres;
  const open: Database[] = [];
  before(async () => {
    postgres = await startPostgres();
  });
  after(async () => {
    for (const db of open) await db.close();
    await postgres.stop();
  });

  /** Two nodes that begin at the same moment on an empty database, and a customer at a desk. */
  const serve = async (name: string, poll: number) => {
    const url = await createDatabase(postgres.url, name);
    const pools = await Promise.all([1, 2].map(() => openDatabase(url)));
    open.push(...pools);
    const issuer = await createIssuer();
    const servers = await Promise.all(pools.map((db) => start(db, { poll, auth: issuer })));
    const [one, other] = servers as [TestServer, TestServer];
    const clientManager = { id: 'M1', name: '王芳', phone: '010-5555-0100' };
    await writeDocs(one.db, collections, 'c:c-1', [
      { coll: 'customers', doc: { ...customerDoc('c-1', '安*'), clientManager } },
      { coll: 'surveys', doc: invitation('c-1', 's1') },
      { coll: 'careEvents', doc: invitationEvent('c-1', 's1') },
    ]);
    await copied(one.db);
    const post = async (server: TestServer, path: string, body: object, who: string | Staff) => {
      const answer = await server.send(path, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${await tokenOf(issuer, who)}`,
        },
        body: JSON.stringify(body),
      });
      assert.equal(answer.status, 200, answer.text);
      return answer.json;
    };
    const events = async (server: TestServer, who: string | Staff) => {
      const stream = await server.events(await tokenOf(issuer, who));
      await stream.until('hello');
      return stream;
    };
    return { one, other, post, events };
  };

  const copied = async (db: Database) => {
    for (let tries = 0; (await outboxSize(db)) > 0; tries++) {
      assert.ok(tries < 100, 'the outbox stays full');
      await sleep(100);
    }
  };

  it('what is written through one reaches the streams of the other within a second', async () => {
    const { one, other, post, events } = await serve('streams', POLL);
    const device = await events(other, 'c-1');
    const desk = await events(other, STAFF);

    const held = invitation('c-1', 's1');
    const answered = { ...held, state: 'submitted', answers: { q1: 5 } };
    const rows = [{ newDocumentState: answered, assumedMasterState: held }];
    const began = performance.now();
    const pushed = await post(
      one,
      '/sync/v1/push',
      { coll: 'surveys', scope: 'c:c-1', sv: 0, rows },
      'c-1',
    );
    assert.deepEqual(pushed, { conflicts: [], rejects: [] });
    assert.equal((await device.until('change')).data.scope, 'c:c-1');
    const { coll, scope } = (await desk.until('change')).data;
    assert.deepEqual([scope, coll], ['m:M1', 'careEvents']);
    const took = performance.now() - began;
    assert.ok(took < POLL + SLACK, `${took} ms`);
    device.close();
    desk.close();
  });

  it('both copy to the desks, and nothing is lost or there twice', async () => {
    const { one, other, post } = await serve('desks', 20);
    const write = (n: number) =>
      writeDocs((n % 2 === 0 ? one : other).db, collections, 'c:c-1', [
        { coll: 'careEvents', doc: { ...invitationEvent('c-1', `n${n}`), id: `e${n}` } },
      ]);
    await Promise.all(Array.from({ length: 40 }, (_, n) => write(n)));
    await copied(one.db);
    const body = { coll: 'careEvents', scope: 'm:M1', sv: 0, cp: null, limit: 500 };
    for (const server of [one, other]) {
      const { documents } = (await post(server, '/sync/v1/pull', body, STAFF)) as Page;
      assert.equal(documents.length, 41);
      assert.equal(new Set(documents.map(({ id }) => id)).size, 41);
    }
    const vers = await one.db.query<{ ver: number }>(
      `SELECT ver FROM entry WHERE scope = 'm:M1' AND coll = 'careEvents'`,
    );
    assert.equal(new Set(vers.map(({ ver }) => ver)).size, 41);
  });
});
