import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../db/database.js';
import { openMigratedPglite } from '../testing/migrated.js';
import type { EventReader } from '../testing/event-reader.js';
import { note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';

const start = testServers();
const PULL = { coll: 'notes', scope: 'c:c-1', sv: 0, cp: null, limit: 1 };
const PUSH = { coll: 'notes', scope: 'c:c-1', sv: 0, rows: [] as object[] };

describe('the server refuses', () => {
  let db: Database;
  let server: TestServer;
  before(async () => {
    db = await openMigratedPglite();
  });
  after(() => db.close());
  const serve = async (options = {}) => {
    server = await start(db, { collections: withNotes, ...options });
    return server;
  };
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ newDocumentState: note('c-1', `n${n}`, 'x') }));

  it('what is not sent as JSON', async () => {
    const { issuer, send } = await serve();
    const token = await issuer.token('c-1');
    const types = {
      'text/plain': 415,
      'application/x-www-form-urlencoded': 415,
      'application/jsonp': 415,
      '': 415,
      'application/json': 200,
      'Application/JSON; charset=utf-8': 200,
    };
    for (const [type, status] of Object.entries(types)) {
      const answer = await send('/sync/v1/pull', {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          ...(type === '' ? {} : { 'Content-Type': type }),
        },
        body: new TextEncoder().encode(JSON.stringify(PULL)),
      });
      assert.equal(answer.status, status, type);
    }
  });

  it('a body above 256 KiB, in an answer that arrives', async () => {
    const { post } = await serve();
    for (const kib of [257, 4_096]) {
      const answer = await post('/sync/v1/push', { ...PUSH, coll: 'x'.repeat(kib * 1024) }, 'c-1');
      assert.deepEqual([answer.status, (answer.json as { code: string }).code], [413, 'too_large']);
    }
    const below = {
      ...PUSH,
      rows: ['one', 'other', 'third'].map((id) => ({
        newDocumentState: note('c-1', id, 'x'.repeat(85 * 1024)),
      })),
    };
    assert.equal((await post('/sync/v1/push', below, 'c-1')).status, 200);
  });

  it('more rows than 200', async () => {
    const { post } = await serve();
    assert.equal((await post('/sync/v1/push', { ...PUSH, rows: rows(201) }, 'c-1')).status, 413);
    assert.equal((await post('/sync/v1/push', { ...PUSH, rows: rows(200) }, 'c-1')).status, 200);
  });

  it('nesting above 32 levels, but not brackets in a text', async () => {
    const { post } = await serve();
    const nested = (levels: number) => {
      const extra = `${'['.repeat(levels)}${']'.repeat(levels)}`;
      const state = JSON.stringify(note('c-1', 'deep', '{['.repeat(200))).replace(
        '}',
        `,"extra":${extra}}`,
      );
      return JSON.stringify({ ...PUSH, rows: [{ newDocumentState: 0 }] }).replace(
        '0}]',
        `${state}}]`,
      );
    };
    assert.equal((await post('/sync/v1/push', nested(28), 'c-1')).status, 200);
    for (const levels of [29, 500, 50_000]) {
      const answer = await post('/sync/v1/push', nested(levels), 'c-1');
      assert.equal(answer.status, 400, `${levels}`);
      assert.equal((answer.json as { reason: string }).reason, 'too_deep');
    }
  });

  it('a request of the wrong form, naming the field and repeating no value', async () => {
    const { post } = await serve();
    const cases: [path: string, body: unknown, field: string | undefined][] = [
      ['pull', { ...PULL, limit: 0 }, 'limit'],
      ['pull', { ...PULL, limit: 'CANARY' }, 'limit'],
      ['pull', { ...PULL, cp: { e: 1, v: -1 } }, 'cp.v'],
      ['pull', { ...PULL, cp: undefined }, 'cp'],
      ['pull', { ...PULL, scope: 5 }, 'scope'],
      ['push', { ...PUSH, rows: [{ newDocumentState: 'CANARY' }] }, 'rows.0.newDocumentState'],
      ['push', { ...PUSH, rows: {} }, 'rows'],
      ['push', [], ''],
      ['push', '{"coll": CANARY', undefined],
    ];
    for (const [path, body, field] of cases) {
      const answer = await post(`/sync/v1/${path}`, body, 'c-1');
      assert.equal(answer.status, 400, answer.text);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
      assert.equal((answer.json as { field?: string }).field, field);
      assert.ok(!answer.text.includes('CANARY'));
    }
  });

  it('pages of other origins', async () => {
    const origin = 'https://portal.example';
    const { send } = await serve({ origins: [origin] });
    const preflight = (from: string) =>
      send('/sync/v1/pull', {
        method: 'OPTIONS',
        headers: { Origin: from, 'Access-Control-Request-Method': 'POST' },
      });
    const allowed = (await preflight(origin)).headers;
    assert.equal(allowed.get('access-control-allow-origin'), origin);
    assert.equal(allowed.get('access-control-allow-headers'), 'Authorization,Content-Type');
    assert.equal(allowed.get('access-control-allow-credentials'), null);
    for (const from of ['https://portal.example.evil', 'http://portal.example', 'null']) {
      assert.equal((await preflight(from)).headers.get('access-control-allow-origin'), null, from);
    }
  });

  it('to be cached, sniffed, framed or embedded, or asked in the clear', async () => {
    const { post, send } = await serve();
    for (const customer of ['c-1', undefined]) {
      const { headers } = await post('/sync/v1/pull', PULL, customer);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
      assert.match(headers.get('strict-transport-security') ?? '', /^max-age=\d{8}/);
    }
    const probe = (await send('/readyz', {})).headers;
    assert.equal(probe.get('x-content-type-options'), 'nosniff');
    assert.equal(probe.get('strict-transport-security'), null, 'the inside speaks plain HTTP');
  });

  it('more than a thousand streams on a node', async () => {
    const server = await serve({ poll: 60_000 });
    const tokens = await Promise.all(
      Array.from({ length: 251 }, (_, n) => server.issuer.token(`c-${n}`)),
    );
    const last = tokens.pop() ?? '';
    const streams: EventReader[] = [];
    for (const token of tokens) {
      streams.push(...(await Promise.all([1, 2, 3, 4].map(() => server.events(token)))));
    }
    assert.equal(streams.length, 1_000);
    const headers = { Authorization: `Bearer ${last}` };
    const refused = await server.send('/sync/v1/events', { headers });
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '30']);
    assert.equal((refused.json as { code: string }).code, 'too_many_streams');
    // Those who have one hear all the same, and requests are answered.
    const newDocumentState = note('c-9', 'n1', 'x');
    const push = { ...PUSH, scope: 'c:c-9', rows: [{ newDocumentState }] };
    assert.equal((await server.post('/sync/v1/push', push, 'c-9')).status, 200);
    const [heard] = streams.slice(36, 37);
    assert.equal((await heard?.until('change'))?.data.scope, 'c:c-9');
    for (const stream of streams) stream.close();
  });

  it('traffic while it shuts down, after finishing what is under way', async () => {
    const { url, issuer, close, send } = await serve({ drain: 300 });
    assert.equal((await send('/readyz', {})).status, 200);
    const { hostname, port } = new URL(url);
    // A connection that a browser opened to spare, and a request whose body is still coming.
    const spare = connect(Number(port), hostname);
    await once(spare, 'connect');
    const body = JSON.stringify(PULL);
    let finish = () => undefined as void;
    const slow = fetch(`${url}/sync/v1/pull`, {
      method: 'POST',
      duplex: 'half',
      headers: {
        Authorization: `Bearer ${await issuer.token('c-1')}`,
        'Content-Type': 'application/json',
      },
      body: new ReadableStream<Uint8Array>({
        start: (controller) => {
          const bytes = new TextEncoder().encode(body);
          controller.enqueue(bytes.subarray(0, 10));
          finish = () => {
            controller.enqueue(bytes.subarray(10));
            controller.close();
          };
        },
      }),
    } as RequestInit);
    await once(spare, 'data', { signal: AbortSignal.timeout(100) }).catch(() => undefined);

    const started = performance.now();
    const closing = close();
    assert.equal((await send('/readyz', {})).status, 503);
    assert.equal((await send('/livez', {})).status, 200);
    setTimeout(() => finish(), 500);
    assert.equal((await slow).status, 200);
    await closing;
    assert.ok(performance.now() - started < 2_500);
    await assert.rejects(send('/livez', {}));
  });
});
