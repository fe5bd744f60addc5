import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod/mini';
import { collections, defineCollection, field } from '@liyu/model/schemas';
import type { Database } from '../db/database.js';
import { readDocs } from '../sync/stored-doc.js';
import { openMigratedPglite } from '../testing/migrated.js';
import { EventReader } from '../testing/event-reader.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';

// A collection whose third version has brought two fields, and is served to clients of the second.

const meta = { cls: 'C1', audience: ['customer', 'staff'], unit: 'text', doc: '' } as const;
const written = { ...meta, writable: ['customer'] } as const;
const wishes = defineCollection({
  name: 'wishes',
  schema: z.object({
    id: field(z.string(), meta),
    rev: field(z.int(), meta),
    customer: field(z.string(), meta),
    text: field(z.string(), written),
    shade: field(z.optional(z.string()), { ...written, since: 2 }),
    answer: field(z.optional(z.string()), { ...meta, since: 2 }),
  }),
  version: 2,
  oldest: 1,
  indexes: [],
  scopeOf: (doc) => `c:${String(doc.customer)}`,
  apply: (_, next) => ({ master: { ...next, answer: `to ${String(next.text)}` }, also: [] }),
});

/** As the release before has it. */
const earlier = defineCollection({
  ...wishes,
  schema: z.omit(wishes.schema, { shade: true, answer: true }),
  version: 0,
  oldest: 0,
});

const start = testServers();
const SCOPE = 'c:c-1';

describe('a client of another version', () => {
  let db: Database;
  before(async () => {
    db = await openMigratedPglite();
  });
  after(() => db.close());

  const serve = () => start(db, { collections: { ...collections, wishes } });
  const pull = async (server: TestServer, sv: number) => {
    const body = { coll: 'wishes', scope: SCOPE, sv, cp: null, limit: 10 };
    return server.post('/sync/v1/pull', body, 'c-1');
  };
  const push = async (server: TestServer, sv: number, state: object, base?: object) => {
    const rows = [
      { newDocumentState: state, ...(base === undefined ? {} : { assumedMasterState: base }) },
    ];
    return server.post('/sync/v1/push', { coll: 'wishes', scope: SCOPE, sv, rows }, 'c-1');
  };
  const held = async (id: string) => {
    const key = { coll: 'wishes', id };
    return (await readDocs(db, 'c-1', [key])).get(`wishes/${id}`)!.doc;
  };
  const newest = { id: 'w1', rev: 0, customer: 'c-1', text: 'blue', shade: 'light' };

  it('one before is shown what it knows', async () => {
    const server = await serve();
    assert.deepEqual((await push(server, 2, newest)).json, { conflicts: [], rejects: [] });
    const [doc] = ((await pull(server, 1)).json as { documents: unknown[] }).documents;
    assert.deepEqual(doc, { id: 'w1', rev: 1, customer: 'c-1', text: 'blue' });
  });

  it('one before writes what it knows, and what came since stays', async () => {
    const server = await serve();
    const state = { ...newest, id: 'w2' };
    await push(server, 2, state);
    const base = { id: 'w2', rev: 1, customer: 'c-1', text: 'blue' };
    const answer = await push(server, 1, { ...base, text: 'green' }, base);
    assert.deepEqual(answer.json, { conflicts: [], rejects: [] });
    const doc = await held('w2');
    assert.deepEqual([doc.text, doc.shade, doc.answer], ['green', 'light', 'to green']);
  });

  it('one before can neither write nor clear a field that it does not know', async () => {
    const server = await serve();
    await push(server, 2, { ...newest, id: 'w3' });
    const base = { id: 'w3', rev: 1, customer: 'c-1', text: 'blue' };
    await push(server, 1, { ...base, text: 'red', shade: 'dark' }, { ...base, shade: 'light' });
    assert.equal((await held('w3')).shade, 'light');
  });

  it('one before creates, and is told of a conflict in its own words', async () => {
    const server = await serve();
    const mine = { id: 'w4', rev: 0, customer: 'c-1', text: 'mine' };
    assert.deepEqual((await push(server, 1, mine)).json, { conflicts: [], rejects: [] });
    const { json } = await push(server, 1, { ...mine, text: 'other' });
    assert.deepEqual((json as { conflicts: unknown[] }).conflicts, [{ ...mine, rev: 1 }]);
  });

  for (const sv of [0, 3]) {
    it(`${sv === 0 ? 'two before' : 'one after'} gets 426, for a pull, a push and a digest alike`, async () => {
      const server = await serve();
      const state = { ...newest, id: 'w5' };
      const digest = { coll: 'wishes', scope: SCOPE, sv, e: 0, v: 0 };
      const answers = [
        await pull(server, sv),
        await push(server, sv, state),
        await server.post('/sync/v1/digest', digest, 'c-1'),
      ];
      for (const { status, json } of answers) {
        assert.equal(status, 426);
        assert.equal((json as { code: string }).code, 'upgrade_required');
      }
    });
  }

  describe('that opens a stream', () => {
    const open = async (server: TestServer, sv: string) =>
      EventReader.open(`${server.url}/sync/v1/events?sv=${sv}`, await server.issuer.token('c-1'));

    it('is told before all else what the server does not serve, and the stream stays open', async () => {
      const server = await serve();
      for (const sv of [0, 3]) {
        const stream = await open(server, `customers.0,wishes.${sv}`);
        const told = await stream.next();
        assert.deepEqual(told, { event: 'upgrade', data: { colls: ['wishes'] } });
        assert.equal((await stream.next())?.event, 'hello');
        await push(server, 2, { ...newest, id: `hint-${sv}` });
        assert.equal((await stream.next())?.event, 'change');
        stream.close();
      }
    });

    it('is told nothing of a version that is still served, or of what is not for it', async () => {
      const server = await serve();
      for (const sv of ['wishes.1', 'wishes.2,archive.9,never.9', '']) {
        const stream = await open(server, sv);
        assert.equal((await stream.next())?.event, 'hello', sv);
        stream.close();
      }
    });

    it('that cannot be read gets 400', async () => {
      const server = await serve();
      const headers = { Authorization: `Bearer ${await server.issuer.token('c-1')}` };
      for (const sv of ['wishes', 'wishes.x', 'wishes.1,', '.1', 'w'.repeat(1_001)]) {
        const { status, json } = await server.send(`/sync/v1/events?sv=${sv}`, { headers });
        assert.deepEqual([status, (json as { field: string }).field], [400, 'sv'], sv);
      }
    });

    it('hears it from the newer node that takes the place of an older one', async () => {
      const before = await start(db, { collections: { ...collections, wishes: earlier } });
      const stream = await open(before, 'wishes.0');
      assert.equal((await stream.next())?.event, 'hello');
      const closing = before.close();
      assert.deepEqual((await stream.until('bye')).data, { reason: 'shutdown' });
      await closing;
      const next = await open(await serve(), 'wishes.0');
      assert.equal((await next.next())?.event, 'upgrade');
      next.close();
    });
  });
});
