import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadPolicy } from '@liyu/policy/node';
import { eraseCustomer } from '../bank/erase.js';
import { ChangeFeed } from '../sync/change-feed.js';
import { feed } from '../sync/feeder.js';
import { publishPolicy } from '../sync/publish-policy.js';
import { collections } from '@liyu/model/schemas';
import { writeDocs } from '../sync/write-docs.js';
import { onEveryEngine } from '../testing/engines.js';
import { customerDoc, note, withNotes } from '../testing/records.js';
import { EventStreams } from './event-streams.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';

const start = testServers();
const policy = loadPolicy();

onEveryEngine((fresh) => {
  const serve = async (options = {}) =>
    start(await fresh(), { collections: withNotes, policy, ...options });
  const pushNote = (server: TestServer, customer: string, id: string) =>
    server.post(
      '/sync/v1/push',
      {
        coll: 'notes',
        scope: `c:${customer}`,
        sv: 0,
        rows: [{ newDocumentState: note(customer, id, 'x') }],
      },
      customer,
    );

  it('tells the other devices of a customer what a push changed, without waiting for a look', async () => {
    const server = await serve({ poll: 60_000 });
    const stream = await server.events(await server.issuer.token('c-1'));
    assert.deepEqual(await stream.next(), {
      event: 'hello',
      data: { scopes: ['c:c-1', 'g:policy'] },
    });
    for (const v of [1, 2]) {
      await pushNote(server, 'c-1', `n${v}`);
      assert.deepEqual(await stream.next(), {
        event: 'change',
        data: { coll: 'notes', scope: 'c:c-1', v },
      });
    }
    stream.close();
  });

  it('tells what another process wrote, once for each collection', async () => {
    const server = await serve();
    const stream = await server.events(await server.issuer.token('c-1'));
    await stream.until('hello');
    for (const round of [1, 2]) {
      const writes = ['a', 'b'].map((id) => ({ coll: 'notes', doc: note('c-1', id, `${round}`) }));
      await writeDocs(server.db, withNotes, 'c:c-1', writes);
      const change = await stream.next();
      assert.deepEqual(change?.data, { coll: 'notes', scope: 'c:c-1', v: 2 * round });
    }
    await assert.rejects(stream.next(200), /no event/);
    stream.close();
  });

  it('brings a change of the policy to an open stream and to the next pull', async () => {
    const server = await serve();
    const stream = await server.events(await server.issuer.token('c-1'));
    await stream.until('hello');
    const hash = 'f'.repeat(64);
    await publishPolicy(server.db, withNotes, { ...policy, hash });
    const change = await stream.until('change');
    assert.deepEqual(change.data, { coll: 'policies', scope: 'g:policy', v: 2 });
    const page = await server.post(
      '/sync/v1/pull',
      { coll: 'policies', scope: 'g:policy', sv: 0, cp: null, limit: 10 },
      'c-1',
    );
    const { documents } = page.json as { documents: { id: string; hash: string }[] };
    assert.deepEqual(
      documents.map((doc) => [doc.id, doc.hash]),
      [['current', hash]],
    );
    assert.ok(!page.text.includes('cash_txn_large_30d'), 'AML metrics stay at the bank');
    stream.close();
  });

  it('tells of everything when the database was replaced', async () => {
    const server = await serve();
    await pushNote(server, 'c-1', 'a');
    const stream = await server.events(await server.issuer.token('c-1'));
    await stream.until('hello');
    await server.db.query("UPDATE scope SET epoch = epoch + 1 WHERE scope = 'c:c-1'");
    const change = await stream.until('change');
    assert.deepEqual(change.data, { coll: 'notes', scope: 'c:c-1', v: 1 });
    stream.close();
  });

  it('tells staff at once of a customer who left the last of their desks', async () => {
    const server = await serve({ collections });
    const place = async (manager: string, branch: string, name = '安*') => {
      const held = customerDoc('c-1', name);
      const doc = {
        ...held,
        clientManager: { id: manager, name: '王芳', phone: '' },
        branch: { ...(held.branch as object), id: branch },
      };
      await writeDocs(server.db, collections, 'c:c-1', [{ coll: 'customers', doc }]);
      await feed(server.db, collections);
    };
    await place('M1', 'B1');
    const listen = async (manager: string, duties: string[]) => {
      const claims = { role: 'staff', customer: undefined, manager, branch: 'B1', duties };
      const stream = await server.events(await server.issuer.token(manager, claims));
      await stream.until('hello');
      return stream;
    };
    const both = await listen('M1', ['client-manager', 'lobby']);
    const branch = await listen('M3', ['lobby']);
    const next = await listen('M2', ['client-manager']);

    await place('M2', 'B1');
    assert.equal((await next.until('change')).data.scope, 'm:M2');
    // They are still at the branch: of that move comes a change, and nothing but changes after it.
    await both.until('change');
    await place('M2', 'B1', '宁*');
    await next.until('change');
    for (let scope: unknown; scope !== 'b:B1';) {
      const heard = await both.next();
      assert.equal(heard?.event, 'change');
      scope = heard?.data.scope;
    }
    await place('M2', 'B2');
    for (const stream of [both, branch]) {
      assert.deepEqual((await stream.until('revoked')).data, { scope: 'c:c-1' });
      stream.close();
    }
    await place('M2', 'B3');
    assert.equal((await next.until('change')).data.scope, 'm:M2');
    assert.ok(!next.raw.includes('revoked'));
    next.close();
  });

  it('tells the devices of a customer who was erased', async () => {
    const server = await serve();
    await pushNote(server, 'c-1', 'a');
    const stream = await server.events(await server.issuer.token('c-1'));
    const other = await server.events(await server.issuer.token('c-2'));
    for (const one of [stream, other]) await one.until('hello');
    await eraseCustomer(server.db, withNotes, 'c-1');
    assert.deepEqual((await stream.until('revoked')).data, { scope: 'c:c-1' });
    await pushNote(server, 'c-2', 'b');
    await other.until('change');
    assert.ok(!other.raw.includes('revoked'));
    for (const one of [stream, other]) one.close();
  });

  it('pings, and says goodbye when the token ends', async () => {
    const server = await serve({ ping: 100 });
    const now = Math.floor(Date.now() / 1000);
    const token = await server.issuer.token('c-1', { iat: now - 60, exp: now + 2 });
    const stream = await server.events(token);
    await stream.until('hello');
    await stream.until('ping');
    assert.deepEqual((await stream.until('bye')).data, { reason: 'expired' });
    assert.equal(await stream.next(), null);
  });

  it('holds at most four streams for a person, and frees the place of one that left', async () => {
    const server = await serve();
    const token = await server.issuer.token('c-1');
    const streams = await Promise.all([1, 2, 3, 4].map(() => server.events(token)));
    const headers = { Authorization: `Bearer ${token}` };
    const fifth = await server.send('/sync/v1/events', { headers });
    assert.deepEqual([fifth.status, fifth.headers.get('retry-after')], [429, '30']);
    const other = await server.events(await server.issuer.token('c-2'));

    streams[0]?.close();
    for (let tries = 0; ; tries++) {
      const response = await fetch(`${server.url}/sync/v1/events`, { headers });
      await response.body?.cancel();
      if (response.status === 200) break;
      assert.ok(tries < 40, 'the place stays taken');
      await sleep(50);
    }
    for (const stream of [...streams, other]) stream.close();
  });

  it('holds no stream open for who only asks about it', async () => {
    const server = await serve();
    const headers = { Authorization: `Bearer ${await server.issuer.token('c-1')}` };
    for (let n = 0; n < 5; n++) {
      const answer = await server.send('/sync/v1/events', { method: 'HEAD', headers });
      assert.equal(answer.status, 404);
    }
  });

  it('cuts a reader that does not read', async () => {
    const db = await fresh();
    const changes = new ChangeFeed(db, { interval: 60_000, onError: () => undefined });
    const streams = new EventStreams(changes, { ping: 1, now: Date.now, collections });
    const caller = {
      subject: 'slow',
      actor: {
        role: 'customer',
        customer: 'c-1',
        manager: null,
        branch: null,
        duties: [],
        name: null,
      },
      scopes: ['c:c-1'],
      expires: Date.now() + 60_000,
    } as const;
    const body = await streams.open(caller);
    await sleep(1_500);
    const text = await new Response(body).text();
    assert.ok(text.endsWith('event: bye\ndata: {"reason":"slow"}\n\n'), text.slice(-100));
    streams.close();
    await changes.close();
  });

  it('says goodbye and ends at once when the server closes', async () => {
    const server = await serve();
    const streams = await Promise.all(
      ['c-1', 'c-2'].map(async (customer) => server.events(await server.issuer.token(customer))),
    );
    const started = performance.now();
    const closing = server.close();
    for (const stream of streams) {
      assert.deepEqual((await stream.until('bye')).data, { reason: 'shutdown' });
      assert.equal(await stream.next(), null);
    }
    await closing;
    assert.ok(performance.now() - started < 1_500);
  });
});
