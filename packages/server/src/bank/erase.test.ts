import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import type { Database } from '../db/database.js';
import { addMetrics } from '../db/metrics-table.js';
import { feed } from '../sync/feeder.js';
import { customerScope } from '../sync/scope.js';
import { onEveryEngine } from '../testing/engines.js';
import { invitation, invitationEvent, note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { Staff, TestServer } from '../testing/test-server.js';
import { writeDocs } from '../sync/write-docs.js';
import { auditChains } from './audit-chains.js';
import { eraseCustomer } from './erase.js';
import { exportRecords } from './export.js';
import { publishRecords } from './publish-records.js';
import { reassess } from './reassess.js';

const policy = loadPolicy();
const start = testServers();
const MANAGER: Staff = { manager: 'M1', branch: 'B1', duties: ['client-manager', 'lobby'] };
const METRICS = { deposit_avg_3m_fen: 60_000_000, txn_month_avg: 9, relationship_months: 20 };
const RECEIVED = ['customers', 'holdings', 'surveys', 'careEvents', 'assessments', 'notes'];

onEveryEngine((fresh) => {
  /** Two customers with everything a customer can have, whose records are on the manager's desk too. */
  const serve = async (database?: Database) => {
    const server = await start(database ?? (await fresh()), {
      collections: withNotes,
      poll: 60_000,
    });
    const { db } = server;
    await db.query(
      `INSERT INTO managers (manager, name, phone) VALUES ('M1', '王慧敏', '010-5555-0101')`,
    );
    await db.query(`INSERT INTO branches (branch, name) VALUES ('B1', '滨江支行')`);
    for (const id of ['p-1', 'p-2']) await fill(server, id);
    await publishRecords(db, withNotes, policy);
    await reassess(db, withNotes, policy, '2026-11-01');
    await feed(db, withNotes);
    return server;
  };
  const fill = async ({ db, post }: TestServer, id: string) => {
    const canary = `CANARY-${id}`;
    await db.query(
      `INSERT INTO customers (customer, name, phone, birthday, branch, client_manager, as_of)
       VALUES ($1, $2, '13800001234', '1990-03-07', 'B1', 'M1', '2026-11-01')`,
      [id, canary],
    );
    await db.query(
      `INSERT INTO holdings (customer, id, kind, name, amount_fen, as_of)
       VALUES ($1, 'h', 'DEPOSIT', $2, 100, '2026-11-01')`,
      [id, canary],
    );
    await db.query(
      `INSERT INTO events (customer, id, type, on_date, body) VALUES ($1, $2, 't', '2026-11-01', $3)`,
      [id, canary, JSON.stringify({ canary })],
    );
    const metrics = [{ customer: id, asOf: '2026-10-31', metrics: METRICS }];
    await addMetrics(db, policy.files.metrics, metrics);
    await writeDocs(db, withNotes, customerScope(id), [
      { coll: 'surveys', doc: invitation(id, `${canary}-s`, canary) },
      { coll: 'careEvents', doc: invitationEvent(id, `${canary}-s`) },
    ]);
    const survey = { ...invitation(id, `${canary}-s`, canary), rev: 1 };
    const rows = {
      notes: { newDocumentState: note(id, canary, canary) },
      surveys: {
        newDocumentState: { ...survey, state: 'submitted', answers: { q1: 5 } },
        assumedMasterState: survey,
      },
    };
    for (const [coll, row] of Object.entries(rows)) {
      const target = { coll, scope: customerScope(id), sv: 0 };
      const pushed = await post('/sync/v1/push', { ...target, rows: [row] }, id);
      assert.deepEqual(pushed.json, { conflicts: [], rejects: [] });
    }
  };
  const look = (server: TestServer, customer: string) =>
    server.post(
      '/staff/v1/reveal',
      { customer, field: 'name', reason: `CANARY-${customer}` },
      MANAGER,
    );
  const pull = (
    server: TestServer,
    scope: string,
    who: string | Staff,
    cp: unknown,
    coll: string,
  ) => server.post('/sync/v1/pull', { coll, scope, sv: 0, cp, limit: 99 }, who);
  /** What a search for a word through every row of every table finds. */
  const rowsWith = async (db: Database, word: string) => {
    const tables = await db.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    assert.ok(tables.length > 12);
    const found: [table: string, row: string][] = [];
    for (const { name } of tables) {
      const rows = await db.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS row FROM "${name}" t WHERE row_to_json(t)::text LIKE $1`,
        [`%${word}%`],
      );
      found.push(...rows.map(({ row }): [string, string] => [name, row]));
    }
    return found;
  };

  it('leaves nothing of the customer but the number, and nobody else less', async () => {
    const server = await serve();
    const { db } = server;
    assert.equal((await look(server, 'p-1')).status, 200);
    const other = await rowsWith(db, 'p-2');
    const tables = new Set((await rowsWith(db, 'p-1')).map(([table]) => table));
    for (const table of ['doc', 'entry', 'member', 'reveal', 'metrics', 'events', 'audit_key']) {
      assert.ok(tables.has(table), `${table} has something to erase`);
    }
    const erased = await eraseCustomer(db, withNotes, 'p-1');
    assert.ok(erased !== null && erased.rows > 10);
    const left = await rowsWith(db, 'p-1');
    const markers = left.filter(
      ([table, row]) =>
        table === 'entry' && /"scope":"[mb]:/.test(row) && row.includes('"gone":true'),
    );
    const scopes = left.filter(([table]) => table === 'scope');
    assert.deepEqual([left.length - markers.length, scopes.length], [1, 1], JSON.stringify(left));
    for (const [, row] of left.filter(([table]) => table !== 'entry')) {
      assert.ok(!row.includes('CANARY'), row);
    }
    assert.deepEqual(
      await rowsWith(db, '"13800001234"'),
      (await rowsWith(db, 'CANARY-p-2')).filter(([table]) => table === 'customers'),
    );
    assert.deepEqual(await rowsWith(db, 'p-2'), other);
    for await (const line of exportRecords(db, withNotes, null)) assert.equal(line.customer, 'p-2');
  });

  it('is heard of by the devices of the customer and of the desk', async () => {
    const server = await serve();
    const checkpoint = async (scope: string, who: string | Staff, coll: string) =>
      ((await pull(server, scope, who, null, coll)).json as { checkpoint: object }).checkpoint;
    const own = await checkpoint('c:p-1', 'p-1', 'notes');
    const desks = ['m:M1', 'b:B1'].flatMap((scope) =>
      ['customers', 'careEvents'].map((coll) => ({ scope, coll })),
    );
    const before = await Promise.all(
      desks.map(({ scope, coll }) => checkpoint(scope, MANAGER, coll)),
    );
    await eraseCustomer(server.db, withNotes, 'p-1');
    for (const coll of RECEIVED) {
      for (const cp of [own, null]) {
        const answer = await pull(server, 'c:p-1', 'p-1', cp, coll);
        assert.equal(answer.status, 403, coll);
        assert.match(answer.text, /scope_gone/);
      }
    }
    assert.equal((await pull(server, 'c:p-1', MANAGER, null, 'notes')).status, 403);
    assert.equal((await look(server, 'p-1')).status, 403);
    for (const [index, { scope, coll }] of desks.entries()) {
      const answer = await pull(server, scope, MANAGER, before[index], coll);
      const id = coll === 'customers' ? 'p-1' : 'p-1:survey:CANARY-p-1-s';
      const { documents } = answer.json as { documents: unknown[] };
      assert.deepEqual(
        documents.filter((doc) => (doc as { id: string }).id === id),
        [{ id, _deleted: true }],
      );
      assert.ok(documents.every((doc) => (doc as { _deleted?: boolean })._deleted === true));
    }
    const target = { coll: 'notes', scope: 'c:p-1', sv: 0 };
    const rows = [{ newDocumentState: note('p-1', 'late', 'CANARY') }];
    assert.equal((await server.post('/sync/v1/push', { ...target, rows }, 'p-1')).status, 403);
    assert.equal((await pull(server, 'c:p-2', 'p-2', null, 'notes')).status, 200);
  });

  it('holds against a push that was let in before', async () => {
    const db = await fresh();
    let meanwhile: (() => Promise<unknown>) | null = null;
    const server = await serve({
      ...db,
      transaction: async (work) => {
        const first = meanwhile;
        meanwhile = null;
        await first?.();
        return db.transaction(work);
      },
    });
    meanwhile = () => eraseCustomer(db, withNotes, 'p-1');
    const target = { coll: 'notes', scope: 'c:p-1', sv: 0 };
    const rows = [{ newDocumentState: note('p-1', 'late', 'CANARY') }];
    const answer = await server.post('/sync/v1/push', { ...target, rows }, 'p-1');
    assert.equal(answer.status, 403, answer.text);
    assert.deepEqual(await db.query(`SELECT FROM doc WHERE customer = 'p-1'`), []);
  });

  it('cannot be traced in the trail, which still fits and says that it was', async () => {
    const server = await serve();
    const { db } = server;
    const [key] = await db.query<{ chain: string }>(
      `SELECT chain::text AS chain FROM audit_key WHERE scope = 'c:p-1'`,
    );
    await look(server, 'p-1');
    await eraseCustomer(db, withNotes, 'p-1');
    const done = await auditChains(db, null, (misfit) => assert.fail(JSON.stringify(misfit)));
    assert.equal(done.misfits, 0);
    const last = await db.query(
      'SELECT action, actor_kind FROM audit WHERE chain = $1 ORDER BY n DESC LIMIT 2',
      [key!.chain],
    );
    assert.deepEqual(last, [
      { action: 'erase', actor_kind: 'bank' },
      { action: 'reveal', actor_kind: 'staff' },
    ]);
    assert.deepEqual(await db.query(`SELECT FROM audit_key WHERE scope = 'c:p-1'`), []);
  });

  it('may be run again, changes nothing then, and knows who never was', async () => {
    const { db } = await serve();
    await eraseCustomer(db, withNotes, 'p-1');
    const before = await db.query('SELECT scope, epoch, ver FROM scope ORDER BY scope');
    assert.deepEqual(await eraseCustomer(db, withNotes, 'p-1'), { customer: 'p-1', rows: 0 });
    assert.deepEqual(await db.query('SELECT scope, epoch, ver FROM scope ORDER BY scope'), before);
    assert.equal(await eraseCustomer(db, withNotes, 'p-9'), null);
  });

  it('finishes what was broken off between the customer and the desks', async () => {
    const db = await fresh();
    let left = Infinity;
    const server = await serve({
      ...db,
      transaction: (work) => {
        if (left-- === 0) throw new Error('power cut');
        return db.transaction(work);
      },
    });
    left = 1;
    await assert.rejects(eraseCustomer(server.db, withNotes, 'p-1'), /power cut/);
    left = Infinity;
    assert.notDeepEqual(await db.query(`SELECT FROM member WHERE customer = 'p-1'`), []);
    await eraseCustomer(server.db, withNotes, 'p-1');
    for (const from of ['member', 'outbox', 'entry WHERE NOT gone AND']) {
      const where = from.endsWith('AND') ? '' : 'WHERE';
      const rows = await db.query(`SELECT FROM ${from} ${where} customer = 'p-1'`);
      assert.deepEqual(rows, [], from);
    }
  });

  it('lets a customer come again whom the bank brings again', async () => {
    const server = await serve();
    await eraseCustomer(server.db, withNotes, 'p-1');
    await publishRecords(server.db, withNotes, policy);
    assert.equal((await pull(server, 'c:p-1', 'p-1', null, 'customers')).status, 403);
    await server.db.query(
      `INSERT INTO customers (customer, branch, as_of) VALUES ('p-1', 'B1', '2026-12-01')`,
    );
    await publishRecords(server.db, withNotes, policy);
    await feed(server.db, withNotes);
    const { documents } = (await pull(server, 'c:p-1', 'p-1', null, 'customers')).json as {
      documents: { id: string }[];
    };
    assert.deepEqual(
      documents.map(({ id }) => id),
      ['p-1'],
    );
    const desk = await pull(server, 'b:B1', MANAGER, null, 'customers');
    const ids = (desk.json as { documents: { id: string; _deleted?: boolean }[] }).documents;
    assert.ok(ids.some(({ id, _deleted }) => id === 'p-1' && _deleted === undefined));
  });
});
