// What docs/scale.md says of an engine that spreads rows over machines, held against the schema and the statements.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import { feed } from '../sync/feeder.js';
import { writeDocs } from '../sync/write-docs.js';
import { onEveryEngine } from '../testing/engines.js';
import { customerDoc, invitation } from '../testing/records.js';
import { recorded } from '../testing/recorded.js';
import type { Statement } from '../testing/recorded.js';
import { testServers } from '../testing/test-server.js';

const start = testServers();

/** A row lies with its first key: what belongs together is found together. */
const KEYS = ['customer', 'scope', 'chain'];
/** Few rows, which every machine may hold a copy of. */
const COPIED = ['branches', 'managers', 'migration', 'policy', 'policy_publication'];
/** Keeps even the owner of the table from changing the trail; an engine without triggers does it by grants. */
const TRIGGERS = ['audit_only_grows'];

/** What only one machine, or only PostgreSQL itself, can do. */
const UNSPREADABLE =
  /\b(LISTEN|NOTIFY|pg_notify|pg_advisory\w*|nextval|currval|setval|xmin|ctid|txid_\w+|pg_current_xact_id\w*|pg_snapshot\w*)\b/i;

onEveryEngine((fresh) => {
  it('begins every key and index with the customer or the scope, and orders by no sequence', async () => {
    const db = await fresh();
    const indexes = await db.query<{ table: string; index: string; first: string }>(
      `SELECT t.relname AS table, i.relname AS index, a.attname AS first
       FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]`,
    );
    assert.ok(indexes.length > 10, 'the schema is there');
    const wrong = indexes.filter(
      ({ table, first }) => !COPIED.includes(table) && !KEYS.includes(first),
    );
    assert.deepEqual(wrong, []);
    const keyless = await db.query(
      `SELECT t.relname FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
       WHERE n.nspname = 'public' AND t.relkind = 'r'
         AND NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = t.oid AND x.indisprimary)`,
    );
    assert.deepEqual(keyless, [], 'tables without a primary key');
    const sequences = await db.query(`SELECT sequencename FROM pg_sequences`);
    assert.deepEqual(sequences, []);
    const links = await db.query<{ table: string }>(
      `SELECT conrelid::regclass::text AS table FROM pg_constraint WHERE contype = 'f'`,
    );
    assert.deepEqual(
      links.filter(({ table }) => !COPIED.includes(table)),
      [],
      'foreign keys',
    );
    const triggers = await db.query<{ tgname: string }>(
      'SELECT tgname FROM pg_trigger WHERE NOT tgisinternal',
    );
    assert.deepEqual(
      triggers.map(({ tgname }) => tgname).filter((name) => !TRIGGERS.includes(name)),
      [],
    );
  });

  it('locks one scope in a transaction, and writes to no other', async () => {
    const { db, statements } = recorded(await fresh());
    const server = await start(db, { policy: loadPolicy() });
    for (const id of ['c-anna', 'c-bob']) {
      await writeDocs(db, collections, `c:${id}`, [
        {
          coll: 'customers',
          doc: { ...customerDoc(id, id), clientManager: { id: 'M1', name: '李', phone: '021-1' } },
        },
        { coll: 'surveys', doc: invitation(id, `${id}-s1`) },
      ]);
      const scope = `c:${id}`;
      const target = { scope, sv: 0, cp: null, limit: 100 };
      for (const coll of Object.keys(collections)) {
        await server.post('/sync/v1/pull', { ...target, coll }, id);
      }
      const held = invitation(id, `${id}-s1`);
      const newDocumentState = { ...held, state: 'declined' };
      const rows = [{ newDocumentState, assumedMasterState: held }];
      const answer = await server.post(
        '/sync/v1/push',
        { coll: 'surveys', scope, sv: 0, rows },
        id,
      );
      assert.equal(answer.status, 200, answer.text);
    }
    const staff = { manager: 'M1', duties: ['client-manager'] };
    await feed(db, collections);
    const desk = { coll: 'customers', scope: 'm:M1', sv: 0, cp: null, limit: 100 };
    const pulled = await server.post('/sync/v1/pull', desk, staff);
    assert.equal((pulled.json as { documents: unknown[] }).documents.length, 2, pulled.text);
    await server.post(
      '/staff/v1/reveal',
      { customer: 'c-anna', field: 'name', reason: 'call-back' },
      staff,
    );

    const locks = statements.filter(isLock);
    assert.ok(locks.length >= 6, `${locks.length} locks`);
    const byTransaction = new Map<number, Set<string>>();
    for (const { transaction, params } of locks) {
      assert.ok(transaction !== null, 'a lock outside of a transaction');
      const scopes = byTransaction.get(transaction) ?? new Set();
      for (const { scope } of JSON.parse(params[0] as string) as { scope: string }[]) {
        scopes.add(scope);
      }
      byTransaction.set(transaction, scopes);
    }
    for (const scopes of byTransaction.values()) {
      assert.equal(scopes.size, 1, `one transaction locks ${[...scopes].join(', ')}`);
    }
    for (const { transaction, sql } of statements.filter(isWrite)) {
      assert.ok(transaction !== null && byTransaction.has(transaction), `no lock before ${sql}`);
    }
    const local = statements.filter(({ sql }) => UNSPREADABLE.test(sql)).map(({ sql }) => sql);
    assert.deepEqual(local, []);
  });
});

function isLock({ sql }: Statement): boolean {
  return sql.includes('FOR UPDATE OF s');
}

function isWrite({ sql }: Statement): boolean {
  return /\b(INSERT INTO|UPDATE|DELETE FROM) (doc|entry)\b/.test(sql);
}
