import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../db/database.js';
import { openMigratedPglite } from '../testing/migrated.js';
import { note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import { callerAddress, parseProxies } from './caller-address.js';
import { RateLimit } from './rate-limit.js';

const start = testServers();
const PULL = { coll: 'notes', scope: 'c:c-1', sv: 0, cp: null, limit: 1 };

describe('a rate limit', () => {
  it('gives half a minute of turns at once, then each when it is due, to everybody alone', () => {
    let now = 5_000;
    const limit = new RateLimit(60, () => now);
    for (let n = 0; n < 30; n++) assert.equal(limit.take('anna'), 0, `turn ${n}`);
    assert.equal(limit.take('anna'), 1);
    assert.equal(limit.take('bob'), 0);
    now += 999;
    assert.equal(limit.take('anna'), 1);
    now += 1;
    assert.equal(limit.take('anna'), 0);
    assert.equal(limit.take('anna'), 1, 'what was refused costs nothing');
    now += 60_000;
    for (let n = 0; n < 30; n++) assert.equal(limit.take('anna'), 0, `later turn ${n}`);
    assert.equal(limit.take('anna'), 1);
  });

  it('gives a turn also to a rate so small that a minute has less than two', () => {
    const limit = new RateLimit(1, () => 0);
    assert.deepEqual([limit.take('anna'), limit.take('anna')], [0, 60]);
  });

  it('still holds for one when a crowd of others came', () => {
    let now = 0;
    const limit = new RateLimit(60, () => now);
    for (let n = 0; n < 49_999; n++) limit.take(`old ${n}`);
    now = 60_000;
    for (let n = 0; n < 30; n++) limit.take('anna');
    for (let n = 0; n < 40_000; n++) limit.take(`new ${n}`);
    assert.equal(limit.take('anna'), 1);
  });
});

describe('the address of a caller', () => {
  const cases: [
    why: string,
    trusted: string,
    peer: string,
    said: string | undefined,
    is: string,
  ][] = [
    ['nobody is trusted', '', '10.0.0.1', '1.2.3.4', '10.0.0.1'],
    ['a stranger is not believed', '10.0.0.1', '9.9.9.9', '1.2.3.4', '9.9.9.9'],
    ['the proxy is', '10.0.0.1', '10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['also wrapped into IPv6', '10.0.0.1', '::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['only the last it saw', '10.0.0.1', '10.0.0.1', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    ['two proxies', '10.0.0.0/8', '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.9.9.9', '1.2.3.4'],
    ['nothing said', '10.0.0.1', '10.0.0.1', undefined, '10.0.0.1'],
    ['nonsense said', '10.0.0.1', '10.0.0.1', '1.2.3.4, unknown', '10.0.0.1'],
    ['a network of IPv6', '::1', '::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['the same, shortened', '::1', '::1', '2001:0DB8:1:2::9', '2001:db8:1:2'],
    ['with a zone', '', 'fe80::1%eth0', undefined, 'fe80:0:0:0'],
  ];
  for (const [why, trusted, peer, said, is] of cases) {
    it(why, () => {
      const proxies = parseProxies(trusted);
      assert.ok(proxies);
      assert.equal(callerAddress(peer, said, proxies), is);
    });
  }

  it('takes no list that names something else', () => {
    for (const list of ['proxy.example', '10.0.0.0/33', '10.0.0.1/x', '::/129', '10.0.0']) {
      assert.equal(parseProxies(list), null, list);
    }
  });
});

describe('a server with rate limits', () => {
  let db: Database;
  before(async () => {
    db = await openMigratedPglite();
  });
  after(() => db.close());

  it('makes one person wait, and nobody else', async () => {
    const { post } = await start(db, { collections: withNotes, limits: { subject: 6 } });
    for (let n = 0; n < 3; n++)
      assert.equal((await post('/sync/v1/pull', PULL, 'c-1')).status, 200);
    const answer = await post('/sync/v1/pull', PULL, 'c-1');
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    const wait = Number(answer.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 10, `${wait} s`);
    assert.deepEqual(answer.json, {
      type: 'urn:liyu:problem:too_many_requests',
      status: 429,
      code: 'too_many_requests',
    });
    const other = { ...PULL, scope: 'c:c-2' };
    assert.equal((await post('/sync/v1/pull', other, 'c-2')).status, 200);
  });

  it('makes an address wait before it looks at a token, and believes no header about it', async () => {
    const ask = async (limits: object, from: string) => {
      const server = await start(db, { collections: withNotes, limits: { address: 4, ...limits } });
      const statuses: number[] = [];
      for (let n = 0; n < 3; n++) {
        const headers = { 'X-Forwarded-For': `${from}${n}`, Authorization: 'Bearer a.b.c' };
        const { status } = await server.send('/sync/v1/pull', { method: 'POST', headers });
        statuses.push(status);
      }
      assert.equal((await server.send('/livez', {})).status, 200);
      return statuses;
    };
    assert.deepEqual(await ask({}, '1.2.3.'), [401, 401, 429]);
    const proxies = parseProxies('127.0.0.1') ?? undefined;
    assert.deepEqual(await ask({ proxies }, '1.2.3.'), [401, 401, 401]);
    assert.deepEqual(await ask({ proxies }, '2001:db8::'), [401, 401, 429]);
  });

  it('refuses a record too large, and more keys than records have', async () => {
    const { post } = await start(db, { collections: withNotes });
    const push = async (row: object) => {
      const body = { coll: 'notes', scope: 'c:c-1', sv: 0, rows: [row] };
      const { status, json } = await post('/sync/v1/push', body, 'c-1');
      return [status, (json as { reason?: string }).reason];
    };
    const state = (bytes: number) => note('c-1', 'n', '字'.repeat(Math.floor(bytes / 3)));
    assert.deepEqual(await push({ newDocumentState: state(121 * 1024) }), [413, 'document']);
    const [large, was] = [state(119 * 1024), state(119 * 1024 - 9)];
    assert.deepEqual(await push({ newDocumentState: large, assumedMasterState: was }), [
      200,
      undefined,
    ]);
    const keys = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [n, 0]));
    assert.deepEqual(await push({ newDocumentState: keys(12_000) }), [200, undefined]);
    assert.deepEqual(await push({ newDocumentState: { many: keys(20_000) } }), [413, 'keys']);
  });
});
