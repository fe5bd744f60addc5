import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { collections } from '@liyu/model/schemas';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import type { RunningPostgres } from '../../../../test/postgres/start-postgres.js';
import type { Database } from '../db/database.js';
import { openDatabase } from '../db/open-database.js';
import { writeDocs } from '../sync/write-docs.js';
import { createDatabase } from '../testing/create-database.js';
import { EventReader } from '../testing/event-reader.js';
import { createIssuer } from '../testing/issuer.js';
import { LiyuCommand } from '../testing/liyu-command.js';
import { invitation, note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';

const start = testServers();
/** So long that no look at the database but that of a hint can find a change within the test. */
const NEVER = 3_600_000;

describe('nodes over one PostgreSQL', () => {
  let postgres: RunningPostgres;
  let dir: string;
  const open: Database[] = [];
  before(async () => {
    postgres = await startPostgres();
    dir = mkdtempSync(join(tmpdir(), 'liyu-hints-'));
  });
  after(async () => {
    for (const db of open) await db.close();
    await postgres.stop();
    rmSync(dir, { recursive: true });
  });

  /** Waits until `count` listeners are connected, none of them among `but`. */
  const listeners = async (db: Database, count: number, but: readonly number[] = []) => {
    for (let tries = 0; ; tries++) {
      const rows = await db.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
           AND application_name = 'liyu-listener' AND query LIKE 'LISTEN%' AND state = 'idle'`,
      );
      const pids = rows.map(({ pid }) => pid);
      if (pids.length === count && !pids.some((pid) => but.includes(pid))) return pids;
      assert.ok(tries < 100, `${pids.length} listeners`);
      await sleep(100);
    }
  };

  /** Two nodes that only hints bring together, and the stream of a device on the second. */
  const serve = async (name: string) => {
    const url = await createDatabase(postgres.url, name);
    const [first, second] = [await openDatabase(url), await openDatabase(url)];
    open.push(first, second);
    const options = { poll: NEVER, collections: withNotes };
    const one = await start(first, options);
    const other = await start(second, options);
    const pids = await listeners(first, 2);
    const device = await other.events(await other.issuer.token('c-1'));
    await device.until('hello');
    const push = async (id: string) => {
      const rows = [{ newDocumentState: note('c-1', id, 'x') }];
      const body = { coll: 'notes', scope: 'c:c-1', sv: 0, rows };
      assert.equal((await one.post('/sync/v1/push', body, 'c-1')).status, 200);
    };
    return { db: first, pids, device, push };
  };

  it('tell each other at once when something was written, and not what', async () => {
    const { db, device, push } = await serve('at_once');
    const heard: string[] = [];
    const spy = new pg.Client({
      connectionString: postgres.url.replace('/postgres', '/at_once'),
    });
    await spy.connect();
    spy.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await spy.query('LISTEN liyu_changes');
    await push('n1');
    assert.deepEqual((await device.until('change')).data, { coll: 'notes', scope: 'c:c-1', v: 1 });
    await push('n2');
    assert.deepEqual((await device.until('change')).data, { coll: 'notes', scope: 'c:c-1', v: 2 });
    await spy.query('SELECT 1');
    await spy.end();
    assert.ok(heard.length > 0);
    for (const payload of heard) assert.match(payload, /^[0-9a-f-]{36}$/);
    assert.equal((await db.query('SELECT 1')).length, 1);
    device.close();
  });

  it('lose nothing when the connection that listens dies', async () => {
    const { db, pids, device, push } = await serve('dies');
    await push('n1');
    await device.until('change');
    const killed = await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'liyu-listener'`,
    );
    assert.equal(killed.length, 2);
    // Nobody listens to this one.
    await push('n2');
    assert.equal((await device.until('change', 10_000)).data.v, 2);
    await listeners(db, 2, pids);
    await push('n3');
    assert.equal((await device.until('change')).data.v, 3);
    device.close();
  });

  it('of three processes each hears what another wrote', async () => {
    const issuer = await createIssuer();
    const jwks = join(dir, 'keys.json');
    writeFileSync(jwks, JSON.stringify(issuer.jwks));
    const database = await createDatabase(postgres.url, 'three');
    const env = {
      ...{ DATABASE_URL: database, PORT: '0', LIYU_JWKS_FILE: jwks },
      ...{ LIYU_ISSUER: issuer.issuer, LIYU_AUDIENCE: issuer.audience },
    };
    const nodes = [1, 2, 3].map(() => new LiyuCommand(['serve'], env));
    const urls = await Promise.all(nodes.map((node) => node.url()));
    const db = await openDatabase(database);
    open.push(db);
    await listeners(db, 3);
    const ids = urls.map((_, n) => `s${n}`);
    const write = ids.map((id) => ({ coll: 'surveys', doc: invitation('c-1', id) }));
    await writeDocs(db, collections, 'c:c-1', write);
    const token = await issuer.token('c-1');
    const devices = await Promise.all(
      urls.map((url) => EventReader.open(`${url}/sync/v1/events`, token)),
    );
    for (const device of devices) await device.until('hello');

    let v = ids.length;
    for (const [n, url] of urls.entries()) {
      const held = invitation('c-1', ids[n] ?? '');
      const rows = [{ newDocumentState: { ...held, state: 'declined' }, assumedMasterState: held }];
      const response = await fetch(`${url}/sync/v1/push`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({ coll: 'surveys', scope: 'c:c-1', sv: 0, rows }),
      });
      assert.deepEqual(await response.json(), { conflicts: [], rejects: [] });
      v++;
      for (const device of devices) {
        let change = await device.until('change');
        while (Number(change.data.v) < v) change = await device.until('change');
      }
    }
    for (const device of devices) device.close();
    for (const node of nodes) node.child.kill('SIGTERM');
    for (const node of nodes) assert.equal((await node.result()).code, 0);
  });
});
