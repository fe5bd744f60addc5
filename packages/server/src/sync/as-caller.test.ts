// The wall behind the predicate: what a statement gets that forgot to ask for the caller's rows alone.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import type { Actor } from '@liyu/model';
import type { Database, Queryable } from '../db/database.js';
import { onEveryEngine } from '../testing/engines.js';
import { customerDoc, invitationEvent, note, withNotes } from '../testing/records.js';
import { asCaller, openCustomer } from './as-caller.js';
import type { Asker } from './as-caller.js';
import { feed } from './feeder.js';
import { pull } from './pull.js';
import { publishPolicy } from './publish-policy.js';
import { push } from './push.js';
import { readDocs } from './stored-doc.js';
import { writeDocs } from './write-docs.js';

const policy = loadPolicy();
const NOBODY = { customer: null, manager: null, branch: null, name: null };
const customer = (id: string): Asker => {
  const actor: Actor = { ...NOBODY, role: 'customer', customer: id, duties: [] };
  return { actor, scopes: [`c:${id}`, 'g:policy'] };
};
const staff = (manager: string): Asker => {
  const actor: Actor = { ...NOBODY, role: 'staff', manager, duties: ['client-manager'] };
  return { actor, scopes: [`m:${manager}`, 'g:policy'] };
};
const TABLES = [
  ...['scope', 'doc', 'entry', 'audit_key', 'audit_head', 'reveal', 'customers', 'managers'],
];

onEveryEngine((fresh) => {
  /** Anna is M1's and Bob M2's; each has a record that desks hold, one that they don't, and a trail. */
  const bank = async (): Promise<Database> => {
    const db = await fresh();
    await publishPolicy(db, withNotes, policy);
    await db.query(`INSERT INTO managers (manager, name, phone)
      VALUES ('M1', '李', '010-5555-0101'), ('M2', '王', '010-5555-0102')`);
    for (const [id, manager] of [
      ['anna', 'M1'],
      ['bob', 'M2'],
    ] as const) {
      await db.query(
        `INSERT INTO customers (customer, name, phone, as_of) VALUES ($1, $1, '138', '2026-11-01')`,
        [id],
      );
      await db.query(
        `INSERT INTO reveal (customer, n, at, actor, field, reason)
         VALUES ($1, 1, now(), $2, 'name', 'x')`,
        [id, manager],
      );
      const clientManager = { id: manager, name: manager, phone: '010-5555-0100' };
      await writeDocs(db, withNotes, `c:${id}`, [
        { coll: 'customers', doc: { ...customerDoc(id, id), clientManager } },
        { coll: 'careEvents', doc: invitationEvent(id, 's') },
        { coll: 'notes', doc: note(id, 'n', 'x') },
      ]);
    }
    await feed(db, collections);
    return db;
  };
  const docs = async (tx: Queryable) =>
    (
      await tx.query<{ key: string }>(`SELECT customer || '/' || coll AS key FROM doc ORDER BY 1`)
    ).map(({ key }) => key);
  const count = async (tx: Queryable, table: string) =>
    (await tx.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n;

  it('gives customers the rows of their own scope and of the policy, whatever is asked for', async () => {
    const db = await bank();
    await asCaller(db, customer('anna'), async (tx) => {
      const [now] = await tx.query('SELECT current_user::text AS name');
      assert.deepEqual(now, { name: 'liyu_request' });
      const own = ['anna/careEvents', 'anna/customers', 'anna/notes'];
      assert.deepEqual(await docs(tx), ['/policies', ...own]);
      for (const table of ['scope', 'entry']) {
        const scopes = await tx.query(`SELECT DISTINCT scope FROM ${table} ORDER BY 1`);
        assert.deepEqual(scopes, [{ scope: 'c:anna' }, { scope: 'g:policy' }], table);
      }
      assert.deepEqual(await tx.query('SELECT scope FROM audit_key'), [{ scope: 'c:anna' }]);
      assert.equal(await count(tx, 'audit_head'), 1);
      // In the clear, and of staff alone.
      for (const table of ['customers', 'reveal', 'managers']) {
        assert.equal(await count(tx, table), 0, table);
      }
    });
  });

  it('gives staff what their desk holds, and the rest of a customer when it was opened', async () => {
    const db = await bank();
    const mine = staff('M1');
    await asCaller(db, mine, async (tx) => {
      assert.deepEqual(await docs(tx), ['/policies', 'anna/careEvents', 'anna/customers']);
      assert.deepEqual(await tx.query('SELECT DISTINCT scope FROM entry ORDER BY 1'), [
        { scope: 'g:policy' },
        { scope: 'm:M1' },
      ]);
      assert.deepEqual(await tx.query('SELECT manager, name FROM managers'), [
        { manager: 'M1', name: '李' },
      ]);
      assert.equal(await count(tx, 'customers'), 0);
      assert.equal(await openCustomer(tx, mine, ['m:M1', 'm:M2'], 'bob'), false);
      assert.equal(await openCustomer(tx, mine, [], 'anna'), false);
      assert.equal(await openCustomer(tx, mine, ['m:M1'], 'anna'), true);
      assert.deepEqual(await docs(tx), [
        ...['/policies', 'anna/careEvents', 'anna/customers', 'anna/notes'],
      ]);
      for (const table of ['customers', 'reveal']) {
        const seen = await tx.query(`SELECT customer FROM ${table}`);
        assert.deepEqual(seen, [{ customer: 'anna' }], table);
      }
    });
  });

  it('opens a customer whom the feeder has yet to bring to the desk, and not one who has left', async () => {
    const db = await bank();
    const clientManager = { id: 'M2', name: 'M2', phone: '010-5555-0100' };
    await writeDocs(db, withNotes, 'c:anna', [
      { coll: 'customers', doc: { ...customerDoc('anna', 'anna'), clientManager } },
    ]);
    const may = (who: Asker, desk: string) =>
      asCaller(db, who, (tx) => openCustomer(tx, who, [desk], 'anna'));
    assert.equal(await may(staff('M2'), 'm:M2'), true);
    assert.equal(await may(staff('M1'), 'm:M1'), false);
  });

  it('refuses what is written for anybody else, and what no request writes', async () => {
    const db = await bank();
    const snapshot = async () => {
      const rows: Record<string, unknown> = {};
      for (const table of [...TABLES, 'outbox', 'member', 'audit']) {
        rows[table] = await db.query(`SELECT to_jsonb(t)::text AS row FROM ${table} t ORDER BY 1`);
      }
      return rows;
    };
    const before = await snapshot();
    const [{ chain } = { chain: '' }] = await db.query<{ chain: string }>(
      `SELECT chain::text AS chain FROM audit_key WHERE scope = 'c:bob'`,
    );
    const audit = `INSERT INTO audit (chain, n, at, action, version, records, actor_kind, hash)
      VALUES ('${chain}', 9, now(), 'update', 9, 1, 'customer', '')`;
    const refused: [Asker, string][] = [
      ...[
        `INSERT INTO doc (customer, coll, id, body, rev) VALUES ('bob', 'notes', 'z', '{}', 1)`,
        `INSERT INTO doc (customer, coll, id, body, rev) VALUES ('bob', 'notes', 'n', '{}', 1)
         ON CONFLICT (customer, coll, id) DO UPDATE SET body = '{}'`,
        `INSERT INTO doc (customer, coll, id, body, rev) VALUES ('', 'policies', 'z', '{}', 1)`,
        `UPDATE doc SET customer = 'bob'`,
        `INSERT INTO entry (scope, coll, id, customer, ver) VALUES ('c:bob', 'notes', 'z', 'bob', 9)`,
        `INSERT INTO entry (scope, coll, id, customer, ver) VALUES ('m:M1', 'notes', 'n', 'bob', 9)`,
        `INSERT INTO entry (scope, coll, id, customer, ver) VALUES ('c:anna', 'notes', 'n', 'bob', 9)`,
        `INSERT INTO entry (scope, coll, id, customer, ver) VALUES ('g:policy', 'x', 'n', 'anna', 9)`,
        `INSERT INTO scope (scope, epoch, ver, gc) VALUES ('c:new', 1, 1, 0)`,
        `UPDATE scope SET ver = 99 WHERE scope = 'g:policy'`,
        `UPDATE scope SET epoch = 99`,
        `INSERT INTO outbox (customer, ver, coll, id, pushed) VALUES ('bob', 9, 'notes', 'n', true)`,
        audit,
        `INSERT INTO audit_key (scope, chain, key) VALUES ('c:new', gen_random_uuid(), '')`,
        `INSERT INTO audit_head (chain, n, hash) VALUES ('${chain}', 9, '')`,
        `INSERT INTO reveal (customer, n, at, actor, field, reason)
         VALUES ('anna', 9, now(), 'M1', 'name', 'x')`,
        ...['doc', 'entry', 'scope', 'reveal', 'audit'].map((table) => `DELETE FROM ${table}`),
        ...['audit', 'outbox', 'member', 'metrics', 'holdings'].map(
          (name) => `SELECT * FROM ${name}`,
        ),
        'SELECT birthday_calendar FROM customers',
      ].map((sql): [Asker, string] => [customer('anna'), sql]),
      // Not even in the name of a colleague.
      [
        staff('M1'),
        `INSERT INTO reveal (customer, n, at, actor, field, reason)
         VALUES ('anna', 9, now(), 'M2', 'name', 'x')`,
      ],
      [
        staff('M1'),
        `INSERT INTO doc (customer, coll, id, body, rev) VALUES ('bob', 'x', 'z', '{}', 1)`,
      ],
    ];
    for (const [who, sql] of refused) {
      const attempt = asCaller(db, who, async (tx) => {
        if (who.actor.role === 'staff') await openCustomer(tx, who, ['m:M1'], 'anna');
        await tx.query(sql);
      });
      await assert.rejects(attempt, { code: '42501' }, sql);
    }
    const unseen = [
      `UPDATE doc SET body = '{}' WHERE customer = 'bob'`,
      `UPDATE entry SET gone = true WHERE customer = 'bob'`,
      `UPDATE scope SET ver = 99 WHERE scope = 'c:bob'`,
      `UPDATE audit_head SET n = 99 WHERE chain = '${chain}'`,
    ];
    for (const sql of unseen) {
      await asCaller(db, customer('anna'), async (tx) => {
        assert.deepEqual(await tx.query(`${sql} RETURNING 1`), [], sql);
      });
    }
    assert.deepEqual(await snapshot(), before);
  });

  it('shows and takes nothing when nobody said who asks', async () => {
    const db = await bank();
    // On a connection that knows the settings from before, and on one that doesn't.
    await asCaller(db, customer('anna'), docs);
    for (let n = 0; n < 3; n++) {
      await db.transaction(async (tx) => {
        await tx.query('SET LOCAL ROLE liyu_request');
        for (const table of TABLES) assert.equal(await count(tx, table), 0, table);
      });
    }
    for (const table of ['doc (customer, coll, id, body, rev)', 'scope (scope, epoch, ver, gc)']) {
      const values = table.startsWith('doc') ? `'anna', 'notes', 'z', '{}', 1` : `'c:z', 1, 1, 0`;
      const attempt = db.transaction(async (tx) => {
        await tx.query('SET LOCAL ROLE liyu_request');
        await tx.query(`INSERT INTO ${table} VALUES (${values})`);
      });
      await assert.rejects(attempt, /row-level security/, table);
    }
  });

  it('ends with the transaction, also with one that failed', async () => {
    const db = await bank();
    await asCaller(db, customer('anna'), docs);
    await assert.rejects(
      asCaller(db, customer('anna'), (tx) => tx.query('SELECT * FROM member')),
      /permission denied/,
    );
    await assert.rejects(
      asCaller(db, customer('anna'), () => Promise.reject(new Error('a fault of the request'))),
      /a fault of the request/,
    );
    // As many at once as there are connections.
    const all = await Promise.all(
      Array.from({ length: 10 }, () =>
        db.query(`SELECT current_user = session_user AS back, count(*) AS docs,
          coalesce(current_setting('liyu.scopes', true), '') AS scopes FROM doc`),
      ),
    );
    for (const [row] of all) assert.deepEqual(row, { back: true, docs: 7, scopes: '' });
  });

  it('takes text that looks like SQL for the scope that it is', async () => {
    const db = await bank();
    for (const id of [
      `'), set_config('role', 'none', true); --`,
      `\\'; RESET ROLE; --`,
      '"]\\u0027',
    ]) {
      await asCaller(db, customer(id), async (tx) => {
        const [now] = await tx.query(
          `SELECT current_user::text AS name, current_setting('liyu.scopes')::jsonb AS scopes`,
        );
        assert.deepEqual(now, { name: 'liyu_request', scopes: [`c:${id}`, 'g:policy'] });
      });
    }
  });

  it('leaves a pull and a push their keys', async () => {
    const db = await bank();
    const plan: string[] = [];
    const explained = (tx: Queryable): Queryable => ({
      query: async (sql, params) => {
        const rows = await tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, params);
        plan.push(...rows.map((row) => row['QUERY PLAN']));
        return [];
      },
    });
    for (const [who, scope] of [
      [customer('anna'), 'c:anna'],
      [staff('M1'), 'm:M1'],
    ] as const) {
      await asCaller(db, who, async (tx) => {
        // So few rows are read through faster: what is asked is whether the keys can be used.
        await tx.query('SET LOCAL enable_seqscan = off');
        await tx.query('SET LOCAL enable_bitmapscan = off');
        const request = { scope, audience: who.actor.role, cp: null, limit: 10 };
        await pull(explained(tx), { collection: collections.careEvents!, ...request });
      });
    }
    const scans = plan.filter((line) => /Scan .*on (doc|entry|scope)\b/.test(line));
    assert.ok(scans.length >= 6, plan.join('\n'));
    assert.deepEqual(
      scans.filter((line) => line.includes('Seq Scan')),
      [],
      plan.join('\n'),
    );
    for (const key of ['(customer = ', '(scope = ']) {
      assert.ok(
        plan.some((line) => line.includes('Index Cond') && line.includes(key)),
        key,
      );
    }
  });

  it('looks records up by key for a customer who wrote much since the statistics were made', async () => {
    const db = await bank();
    await db.query('ANALYZE doc, entry');
    const ids = Array.from({ length: 3_000 }, (_, n) => `m${n}`);
    await writeDocs(
      db,
      withNotes,
      'c:anna',
      ids.map((id) => ({ coll: 'notes', doc: note('anna', id, 'x') })),
    );
    const plan: string[] = [];
    await asCaller(db, customer('anna'), (tx) => {
      const analysed: Queryable = {
        query: async (sql, params) => {
          const found = await tx.query<{ 'QUERY PLAN': string }>(
            `EXPLAIN (ANALYZE, TIMING OFF) ${sql}`,
            params,
          );
          plan.push(...found.map((row) => row['QUERY PLAN']));
          return [];
        },
      };
      const keys = ids.slice(0, 50).map((id) => ({ coll: 'notes', id }));
      return readDocs(analysed, 'anna', keys);
    });
    const read = plan.filter((line) => line.includes(' on doc'));
    assert.match(read.join('\n'), /actual rows=1(\.00)? loops=50/, plan.join('\n'));
  });

  it('lets a push judge and write all it needs', async () => {
    const db = await bank();
    const request = {
      collections: withNotes,
      collection: withNotes.notes!,
      now: '2026-11-22T08:00:00Z',
    };
    const rows = [{ newDocumentState: note('anna', 'p', 'x') }];
    const own = { ...request, ...customer('anna'), scope: 'c:anna', desks: null, rows };
    assert.equal((await push(db, own))?.written, 1);
    // Their own token names other scopes than the request.
    await assert.rejects(push(db, { ...own, ...customer('bob') }), { code: '42501' });
    const desks = ['m:M2'];
    assert.equal(await push(db, { ...own, ...staff('M2'), desks }), null);
  });
});
