import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collections } from '@liyu/model/schemas';
import type { Doc } from '@liyu/model';
import type { Database } from '../db/database.js';
import { onEveryEngine } from '../testing/engines.js';
import { customerDoc, invitation, invitationEvent } from '../testing/records.js';
import { testServers, tokenOf } from '../testing/test-server.js';
import type { Staff, TestServer } from '../testing/test-server.js';
import { feed, outboxSize } from './feeder.js';
import type { Checkpoint, Page } from './pull.js';
import { writeDocs } from './write-docs.js';

const start = testServers();
const person = (id: string) => ({ id, name: `经理${id}`, phone: '010-5555-0100' });
const OLD: Staff = { manager: 'M1', branch: 'B1', duties: ['client-manager'] };
const NEW: Staff = { manager: 'M2', branch: 'B1', duties: ['care-manager'] };
const LOBBY: Staff = { manager: 'M3', branch: 'B1', duties: ['lobby'] };

/** Anna of branch B1, whose client manager is `manager`. */
const anna = (manager: string | null): Doc => ({
  ...customerDoc('c-anna', '安*'),
  clientManager: manager === null ? null : person(manager),
});

async function write(db: Database, ...docs: [coll: string, doc: Doc][]): Promise<void> {
  for (const [coll, doc] of docs) {
    await writeDocs(db, collections, `c:${String(doc.customer ?? doc.id)}`, [{ coll, doc }]);
  }
}

onEveryEngine((fresh) => {
  /** A server whose feeder runs only when the test says so, unless `poll` is short. */
  const serve = async (poll = 60_000) => start(await fresh(), { poll });
  const copy = (server: TestServer) => feed(server.db, collections);
  const pull = (server: TestServer, who: Staff, scope: string, coll: string, cp: unknown = null) =>
    server.post('/sync/v1/pull', { coll, scope, sv: 0, cp, limit: 100 }, who);
  const page = async (...args: Parameters<typeof pull>): Promise<Page> => {
    const answer = await pull(...args);
    assert.equal(answer.status, 200, answer.text);
    return answer.json as Page;
  };
  const ids = ({ documents }: Page) =>
    documents.map((doc) => ('_deleted' in doc ? `-${doc.id}` : doc.id));

  it('brings a customer with all the records of a desk to the manager and the branch', async () => {
    const server = await serve();
    await write(
      server.db,
      ['careEvents', invitationEvent('c-anna', 's1')],
      ['surveys', invitation('c-anna', 's1')],
      ['customers', anna('M1')],
    );
    await copy(server);
    for (const [who, scope] of [
      [OLD, 'm:M1'],
      [LOBBY, 'b:B1'],
    ] as const) {
      assert.deepEqual(ids(await page(server, who, scope, 'customers')), ['c-anna']);
      assert.deepEqual(ids(await page(server, who, scope, 'careEvents')), ['c-anna:survey:s1']);
      assert.equal((await pull(server, who, scope, 'surveys')).status, 403);
    }
    assert.equal(await outboxSize(server.db), 0);
  });

  it('takes a customer from the old manager and gives them to the new one', async () => {
    const server = await serve();
    await write(
      server.db,
      ['customers', anna('M1')],
      ['careEvents', invitationEvent('c-anna', 's1')],
    );
    await copy(server);
    const before = {
      customers: (await page(server, OLD, 'm:M1', 'customers')).checkpoint,
      careEvents: (await page(server, OLD, 'm:M1', 'careEvents')).checkpoint,
    };
    await write(server.db, ['customers', anna('M2')]);
    await copy(server);
    for (const [coll, id] of [
      ['customers', 'c-anna'],
      ['careEvents', 'c-anna:survey:s1'],
    ] as const) {
      const gone = await page(server, OLD, 'm:M1', coll, before[coll]);
      assert.deepEqual(gone.documents, [{ id, _deleted: true }]);
      assert.deepEqual(ids(await page(server, NEW, 'm:M2', coll)), [id]);
      assert.deepEqual(ids(await page(server, LOBBY, 'b:B1', coll)), [id], 'the branch stays');
    }
    const opened = await pull(server, OLD, 'c:c-anna', 'surveys');
    assert.equal(opened.status, 403);
  });

  it('shows nothing of a customer who left before the feeder has said so, and loses nothing', async () => {
    const server = await serve();
    const bob = { ...customerDoc('c-bob', '鲍*'), clientManager: person('M1') };
    await write(server.db, ['customers', anna('M1')], ['customers', bob]);
    await copy(server);
    await write(server.db, ['customers', anna('M2')]);
    const during = await page(server, OLD, 'm:M1', 'customers');
    assert.ok(!JSON.stringify(during).includes('安*'));
    await copy(server);
    let cp: Checkpoint | null = during.checkpoint;
    const seen = ids(during);
    for (let more = true; more;) {
      const next: Page = await page(server, OLD, 'm:M1', 'customers', cp);
      seen.push(...ids(next));
      ({ checkpoint: cp, more } = next);
    }
    assert.deepEqual(seen, ['c-bob', '-c-anna']);

    await write(server.db, ['customers', anna('M1')]);
    await copy(server);
    assert.deepEqual(ids(await page(server, OLD, 'm:M1', 'customers', cp)), ['c-anna']);
  });

  it('copies each change once, also when it is copied again or by two nodes at a time', async () => {
    const server = await serve();
    await write(server.db, ['customers', anna('M1')]);
    const box = await server.db.query('SELECT * FROM outbox');
    await copy(server);
    const { checkpoint } = await page(server, OLD, 'm:M1', 'customers');
    await server.db.query(
      `INSERT INTO outbox SELECT * FROM jsonb_populate_recordset(NULL::outbox, $1::jsonb)`,
      [JSON.stringify(box)],
    );
    await Promise.all([copy(server), copy(server)]);
    assert.deepEqual(await page(server, OLD, 'm:M1', 'customers'), {
      ...(await page(server, OLD, 'm:M1', 'customers')),
      checkpoint,
    });
  });

  it('copies records of two customers with one id, together or one after the other', async () => {
    const server = await serve();
    await write(server.db, ['customers', anna('M1')], ['customers', customerDoc('c-bob', '鲍*')]);
    const event = (customer: string): [string, Doc] => [
      'careEvents',
      { ...invitationEvent('c-anna', 's1'), customer },
    ];
    const copied = () =>
      server.db.query(
        `SELECT customer FROM entry WHERE scope = 'b:B1' AND coll = 'careEvents' ORDER BY customer`,
      );
    await write(server.db, event('c-anna'), event('c-bob'));
    await copy(server);
    assert.deepEqual(await copied(), [{ customer: 'c-anna' }, { customer: 'c-bob' }]);
    assert.equal(await outboxSize(server.db), 0);

    const later = (customer: string): [string, Doc] => {
      const [coll, doc] = event(customer);
      return [coll, { ...doc, id: 'shared-later' }];
    };
    await write(server.db, later('c-anna'));
    await copy(server);
    await write(server.db, later('c-bob'));
    await copy(server);
    assert.equal((await copied()).length, 4);
    assert.equal(await outboxSize(server.db), 0);
  });

  it('goes on with other desks when one cannot be written, and keeps what is left', async () => {
    const server = await serve();
    await write(server.db, ['customers', anna('M1')]);
    const broken: Database = {
      ...server.db,
      transaction: (work) =>
        server.db.transaction((tx) =>
          work({
            query: (sql, params) =>
              params?.[0] === 'm:M1'
                ? Promise.reject(new Error('this desk is broken'))
                : tx.query(sql, params),
          }),
        ),
    };
    await assert.rejects(feed(broken, collections), /this desk is broken/);
    assert.deepEqual(ids(await page(server, LOBBY, 'b:B1', 'customers')), ['c-anna']);
    assert.equal(await outboxSize(server.db), 1);
    await copy(server);
    assert.deepEqual(ids(await page(server, OLD, 'm:M1', 'customers')), ['c-anna']);
    assert.equal(await outboxSize(server.db), 0);
  });

  it('lets staff open a customer of theirs, as staff see them, and no other', async () => {
    const server = await serve();
    await write(
      server.db,
      ['customers', anna('M1')],
      ['surveys', invitation('c-anna', 's1')],
      ['customers', customerDoc('c-bob', '鲍*')],
    );
    assert.deepEqual(ids(await page(server, OLD, 'c:c-anna', 'surveys')), ['s1']);
    assert.deepEqual(ids(await page(server, LOBBY, 'c:c-bob', 'customers')), ['c-bob']);
    const forbidden: [Staff, string][] = [
      [OLD, 'c:c-bob'],
      [NEW, 'c:c-anna'],
      [OLD, 'm:M2'],
      [OLD, 'b:B1'],
      [{ ...OLD, duties: [] }, 'm:M1'],
      [{ ...OLD, duties: ['aml'] }, 'c:c-anna'],
      [OLD, 'x:export'],
      [OLD, 'c:nobody'],
    ];
    for (const [who, scope] of forbidden) {
      const answer = await pull(server, who, scope, 'customers');
      assert.equal(answer.status, 403, `${JSON.stringify(who)} ${scope}`);
    }
  });

  it('writes what staff push to a desk into the scopes of its customers alone', async () => {
    const server = await serve();
    const event: Doc = { ...invitationEvent('c-anna', 's1'), state: 'planned', rule: null };
    const bobs: Doc = { ...invitationEvent('c-bob', 's2'), state: 'planned' };
    await write(
      server.db,
      ['customers', anna('M1')],
      ['careEvents', event],
      ['customers', customerDoc('c-bob', '鲍*')],
      ['careEvents', bobs],
    );
    const row = (doc: Doc) => ({
      newDocumentState: { ...doc, state: 'done' },
      assumedMasterState: doc,
    });
    const rows = [row(event), row(bobs)];
    const body = { coll: 'careEvents', scope: 'm:M1', sv: 0, rows };
    const answer = await server.post('/sync/v1/push', body, OLD);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.json, {
      conflicts: [{ id: bobs.id, _deleted: true }],
      rejects: [{ id: bobs.id, code: 'forbidden' }],
    });
    const states = await server.db.query(
      `SELECT id, body ->> 'state' AS state FROM doc WHERE coll = 'careEvents' ORDER BY id`,
    );
    assert.deepEqual(states, [
      { id: event.id, state: 'done' },
      { id: bobs.id, state: 'planned' },
    ]);
  });

  it('writes nothing for a manager whose customer was moved after the push was let in', async () => {
    const db = await fresh();
    let meanwhile: (() => Promise<unknown>) | null = null;
    const server = await start(
      {
        ...db,
        // After the transaction that lets the push in, before the one that writes.
        transaction: async (work) => {
          const after = meanwhile;
          meanwhile = null;
          const result = await db.transaction(work);
          await after?.();
          return result;
        },
      },
      { poll: 60_000 },
    );
    const event: Doc = { ...invitationEvent('c-anna', 's1'), state: 'planned', rule: null };
    const rows = [{ newDocumentState: { ...event, state: 'done' }, assumedMasterState: event }];
    for (const [scope, status] of [
      ['m:M1', 200],
      ['c:c-anna', 403],
    ] as const) {
      await write(db, ['customers', anna('M1')], ['careEvents', event]);
      meanwhile = () => write(db, ['customers', anna('M2')]);
      const body = { coll: 'careEvents', scope, sv: 0, rows };
      const answer = await server.post('/sync/v1/push', body, OLD);
      assert.equal(answer.status, status, answer.text);
      if (status === 200) {
        assert.deepEqual(answer.json, {
          conflicts: [{ id: event.id, _deleted: true }],
          rejects: [{ id: event.id, code: 'forbidden' }],
        });
      }
      const [stored] = await db.query(
        `SELECT body ->> 'state' AS state FROM doc WHERE coll = 'careEvents'`,
      );
      assert.deepEqual(stored, { state: 'planned' }, scope);
    }
  });

  it('tells the stream of a manager within a second of a write at a customer', async () => {
    const server = await serve(50);
    await write(server.db, ['customers', anna('M1')]);
    for (let wait = 0; (await outboxSize(server.db)) > 0 && wait < 100; wait++) await sleep(20);
    const reader = await server.events(await tokenOf(server.issuer, OLD));
    const hello = await reader.until('hello');
    assert.deepEqual(hello.data, { scopes: ['m:M1', 'g:policy'] });
    await write(server.db, ['careEvents', invitationEvent('c-anna', 's1')]);
    const change = await reader.until('change');
    assert.deepEqual(
      { ...(change.data as object), v: 0 },
      { coll: 'careEvents', scope: 'm:M1', v: 0 },
    );
    reader.close();
  });
});
