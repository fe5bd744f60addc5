import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import { openDatabase } from '../db/open-database.js';
import { onEveryEngine } from '../testing/engines.js';
import { note, withNotes } from '../testing/records.js';
import { scrape } from '../testing/scrape.js';
import type { Scrape } from '../testing/scrape.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { databaseErrorKind, methodLabel, rejectLabel } from './labels.js';

const start = testServers();
const collections = {
  ...withNotes,
  notes: { ...withNotes.notes!, exported: true as const },
};
const CANARY = 'CANARY-7';
const TARGET = { coll: 'notes', scope: `c:${CANARY}`, sv: 0 };

/** Scrapes until `holds`, since the feed works beside the requests. */
async function until(server: TestServer, holds: (found: Scrape) => boolean): Promise<Scrape> {
  for (let tries = 0; ; tries++) {
    const found = await scrape(server.metricsUrl);
    if (holds(found)) return found;
    assert.ok(tries < 100, found.text);
    await sleep(50);
  }
}

onEveryEngine((fresh) => {
  const serve = async (options = {}) =>
    start(await fresh(), { collections, metricsPort: 0, ...options });

  it('tells what devices did and what the node is at, and names nobody', async () => {
    const server = await serve();
    const token = await server.issuer.token(CANARY);
    const push = (...rows: object[]) => server.post('/sync/v1/push', { ...TARGET, rows }, CANARY);
    const pull = (cp: object | null) =>
      server.post('/sync/v1/pull', { ...TARGET, cp, limit: 9 }, CANARY);
    const row = (id: string, text: string, base?: string) => ({
      newDocumentState: note(CANARY, id, text),
      ...(base !== undefined && { assumedMasterState: note(CANARY, id, base) }),
    });
    const stream = await server.events(token);
    await stream.until('hello');
    assert.equal((await push(row('CANARY-a', 'CANARY text'), row('CANARY-b', 'b'))).status, 200);
    const verdicts = await push(
      row('CANARY-a', 'new', 'not what is held'),
      row('CANARY-c', 'refuse'),
      row('CANARY-d', 'throw'),
      { newDocumentState: { id: 7 } },
    );
    assert.equal((verdicts.json as { rejects: [] }).rejects.length, 3, verdicts.text);
    assert.equal((await pull(null)).status, 200);
    assert.equal((await pull({ e: 1, v: 1 })).status, 409);
    const elsewhere = await server.post(
      '/sync/v1/pull',
      { ...TARGET, scope: 'c:CANARY-8', cp: null, limit: 1 },
      CANARY,
    );
    assert.equal(elsewhere.status, 403);
    assert.equal((await server.post('/sync/v1/pull?CANARY=1', TARGET)).status, 401);
    await server.send('/CANARY-path/CANARY', { method: 'PURGE' });
    await server.send('/readyz', {});
    await assert.rejects(server.db.query(`SELECT "CANARY-column"`));

    const found = await until(
      server,
      (one) => one.value('liyu_feed_rows_total{to="export"}') === 2,
    );
    const route = (method: string, path: string, status: number) =>
      found.value(
        `liyu_http_request_duration_seconds_count{method="${method}",route="${path}",status="${status}"}`,
      );
    assert.deepEqual(
      {
        pushes: route('POST', '/sync/v1/push', 200),
        pulls: route('POST', '/sync/v1/pull', 200),
        resyncs: route('POST', '/sync/v1/pull', 409),
        strangers: route('POST', '/sync/v1/pull', 403),
        unauthorized: route('POST', '/sync/v1/pull', 401),
        unknown: route('other', '/*', 404),
        probes: route('GET', '/readyz', 200),
        opened: route('GET', '/sync/v1/events', 200),
      },
      {
        ...{ pushes: 2, pulls: 1, resyncs: 1, strangers: 1, unauthorized: 1, unknown: 1 },
        ...{ probes: 1, opened: 1 },
      },
    );
    const of = (name: string, labels = '') => found.value(`liyu_${name}${labels}`);
    const rejects = (code: string) =>
      of('push_rejects_total', `{collection="notes",code="${code}"}`);
    assert.deepEqual(
      {
        pulled: of('pull_rows_total', '{collection="notes"}'),
        pushed: of('push_rows_total', '{collection="notes"}'),
        contested: of('push_conflicts_total', '{collection="notes"}'),
        rejects: ['other', 'failed', 'invalid'].map(rejects),
        resyncs: of('pull_resyncs_total', '{reason="epoch"}'),
        unauthorized: of('http_unauthorized_total'),
        streams: of('event_streams'),
        waiting: of('outbox_rows'),
        delays: of('feed_delay_seconds_count'),
        failures: of('background_failures_total', '{task="feed"}'),
        errors: of('database_errors_total', '{kind="other"}'),
        ready: of('ready'),
      },
      {
        ...{ pulled: 2, pushed: 6, contested: 1, rejects: [1, 1, 1], resyncs: 1, unauthorized: 1 },
        ...{
          streams: 1,
          waiting: 0,
          delays: 1,
          failures: 0,
          errors: 1,
        },
        ready: 1,
      },
    );
    assert.ok([0, 1, 2].includes(of('database_operations') ?? -1), 'a look, no more');
    const age = Date.now() / 1000 - (of('feed_last_empty_timestamp_seconds') ?? 0);
    assert.ok(age >= 0 && age < 5, `${age}`);
    assert.match(
      found.text,
      /^liyu_build_info\{version="\d+\.\d+\.\d+",policy="[0-9a-f]{12}",schema="\d+"\} 1$/m,
    );
    assert.ok(found.value('process_start_time_seconds'));

    assert.ok(!/CANARY|person-|c:/.test(found.text.replace(/^#.*$/gm, '')), 'names nobody');
    assert.ok(!found.text.includes(token.slice(-16)));
    stream.close();
    await until(server, (one) => one.value('liyu_event_streams') === 0);
  });

  it('makes no series of what a stranger invents', async () => {
    const server = await serve();
    const count = async () => (await scrape(server.metricsUrl)).text.match(/^liyu_/gm)?.length;
    const wild = async (n: number) => {
      await server.send(`/x${n}`, { method: 'LOCK' });
      await server.send(`/sync/v1/x${n}`, { method: 'POST' });
      await server.post(
        '/sync/v1/pull',
        { coll: `x${n}`, scope: `c:x${n}`, sv: n, cp: null, limit: 1 },
        CANARY,
      );
    };
    await wild(0);
    const before = await count();
    for (let n = 1; n < 20; n++) await wild(n);
    assert.equal(await count(), before);
  });

  it('are on a port of their own, with nothing else there', async () => {
    const server = await serve();
    assert.equal((await server.send('/metrics', {})).status, 404);
    const base = new URL(server.metricsUrl ?? '');
    for (const path of ['/', '/metrics/', '/livez', '/readyz', '/sync/v1/events', '/metricsx']) {
      const answer = await fetch(new URL(path, base));
      assert.deepEqual([answer.status, await answer.text()], [404, ''], path);
    }
    const posted = await fetch(base, { method: 'POST', body: 'x' });
    assert.equal(posted.status, 404);
    await server.close();
    await assert.rejects(fetch(base));
    assert.equal((await start(await fresh())).metricsUrl, null);
  });

  it('of two servers in one process are apart', async () => {
    const db = await fresh();
    const one = await start(db, { metricsPort: 0 });
    const other = await start(db, { metricsPort: 0 });
    await one.post('/sync/v1/pull', {});
    const counts = [one, other].map(async ({ metricsUrl }) =>
      (await scrape(metricsUrl)).value('liyu_http_unauthorized_total'),
    );
    assert.deepEqual(await Promise.all(counts), [1, 0]);
  });

  it('are all in the operations guide, with their types', async () => {
    const server = await serve();
    const { text } = await scrape(server.metricsUrl);
    const guide = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    const told = [...guide.matchAll(/^\| `(liyu_[a-z_]+)` \| (counter|gauge|histogram) /gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );
    const types = [...text.matchAll(/^# TYPE (liyu_\S+) (\w+)/gm)];
    assert.deepEqual(told.sort(), types.map(([, name, type]) => `${name} ${type}`).sort());
    for (const [, name] of types) assert.match(text, new RegExp(`^# HELP ${name} .*\\.$`, 'm'));
  });
});

describe('metrics', () => {
  it('go on while the database is away, and leave out what only it knows', async () => {
    const postgres = await startPostgres();
    const db = await openDatabase(postgres.url);
    try {
      const server = await start(db, { collections, metricsPort: 0 });
      const up = await scrape(server.metricsUrl);
      assert.deepEqual([up.value('liyu_ready'), up.value('liyu_outbox_rows')], [1, 0]);
      const seen = up.value('liyu_feed_last_empty_timestamp_seconds');
      await postgres.stop();
      const down = await until(
        server,
        (one) => (one.value('liyu_background_failures_total{task="feed"}') ?? 0) > 2,
      );
      assert.equal(down.value('liyu_ready'), 0);
      assert.equal(down.value('liyu_outbox_rows'), undefined);
      assert.ok((down.value('liyu_database_errors_total{kind="unavailable"}') ?? 0) > 2);
      const stands = down.value('liyu_feed_last_empty_timestamp_seconds');
      await sleep(200);
      const later = await scrape(server.metricsUrl);
      assert.equal(later.value('liyu_feed_last_empty_timestamp_seconds'), stands);
      assert.ok((seen ?? 0) <= (stands ?? 0));
    } finally {
      await db.close();
      await postgres.stop();
    }
  });
});

describe('a label', () => {
  it('is one of a list, else other', () => {
    assert.deepEqual(['GET', 'PROPFIND', 'get'].map(methodLabel), ['GET', 'other', 'other']);
    assert.deepEqual(
      ['quota_used', 'topic_unknown', 'answer_missing', 'gone', 'c-1'].map(rejectLabel),
      ['quota_used', 'topic_unknown', 'answer_missing', 'gone', 'other'],
    );
    const errors: [unknown, string | null][] = [
      [Object.assign(new Error('x'), { code: '57P01' }), 'unavailable'],
      [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'unavailable'],
      [Object.assign(new Error('x'), { code: '57014' }), 'timeout'],
      [Object.assign(new Error('x'), { code: '40P01' }), 'lost'],
      [Object.assign(new Error('x'), { code: '23505' }), 'constraint'],
      [Object.assign(new Error('x'), { code: '42P01' }), 'other'],
      [Object.assign(new Error('x'), { code: 'ERR_JWKS_INVALID' }), null],
      [new Error('of a rule'), null],
      ['text', null],
      [null, null],
    ];
    for (const [error, kind] of errors) assert.equal(databaseErrorKind(error), kind);
  });
});
