import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import type { Actor } from '@liyu/model';
import type { Database } from '../db/database.js';
import { publishPolicy } from '../sync/publish-policy.js';
import { push } from '../sync/push.js';
import type { PushRequest } from '../sync/push.js';
import { customerScope } from '../sync/scope.js';
import { onEveryEngine } from '../testing/engines.js';
import { invitation, invitationEvent, note, withNotes } from '../testing/records.js';
import { writeDocs } from '../sync/write-docs.js';
import { auditChains } from './audit-chains.js';
import type { ChainMisfit } from './audit-chains.js';
import { publishRecords } from './publish-records.js';
import { reveal } from './reveal.js';

const policy = loadPolicy();
const NOW = '2026-11-22T08:00:00.123Z';
const customer = (id: string): Actor => ({
  ...{ role: 'customer', customer: id, manager: null, branch: null, duties: [], name: null },
});
const MANAGER: Actor = {
  ...{ role: 'staff', customer: null, manager: 'M-CANARY', branch: null },
  ...{ duties: ['client-manager'], name: null },
};

onEveryEngine((fresh) => {
  const request = (id: string, rows: PushRequest['rows'], coll = 'notes'): PushRequest => ({
    ...{ collections: withNotes, collection: withNotes[coll]!, scope: customerScope(id), rows },
    ...{ actor: customer(id), scopes: [customerScope(id), 'g:policy'], desks: null, now: NOW },
  });
  const create = (id: string, key: string, text = 'x') => ({
    newDocumentState: note(id, key, text),
  });
  const edit = (id: string, key: string, from: string, to: string) => ({
    newDocumentState: note(id, key, to),
    assumedMasterState: note(id, key, from),
  });
  const rows = (db: Database) =>
    db.query(
      `SELECT k.scope, a.n, a.action, a.coll, a.version, a.records, a.actor_kind FROM audit a
       JOIN audit_key k ON k.chain = a.chain WHERE k.scope LIKE 'c:%'
       ORDER BY k.scope, a.n`,
    );
  const check = async (db: Database, only: string | null = null) => {
    const misfits: ChainMisfit[] = [];
    const done = await auditChains(db, only, (misfit) => misfits.push(misfit));
    assert.equal(done.misfits, misfits.length);
    return { ...done, misfits };
  };
  /** A customer at a desk, who wrote, whom the bank wrote about, and whom a manager looked at. */
  const busy = async () => {
    const db = await fresh();
    await db.query(
      `INSERT INTO managers (manager, name, phone) VALUES ('M-CANARY', '王慧敏', '010-5555-0101')`,
    );
    await db.query(
      `INSERT INTO customers (customer, name, phone, birthday, client_manager, as_of)
       VALUES ('c-CANARY', '欧阳CANARY', '138CANARY', '1990-03-07', 'M-CANARY', '2026-11-01')`,
    );
    await publishRecords(db, collections, policy);
    await push(
      db,
      request('c-CANARY', [create('c-CANARY', 'a-CANARY', 'CANARY'), create('c-CANARY', 'b')]),
    );
    await push(db, request('c-CANARY', [edit('c-CANARY', 'a-CANARY', 'CANARY', 'y')]));
    const caller = { subject: 's', actor: MANAGER, scopes: ['m:M-CANARY'], expires: 0 };
    const look = {
      caller,
      customer: 'c-CANARY',
      field: 'phone',
      reason: 'CANARY',
      at: NOW,
    } as const;
    assert.deepEqual(await reveal(db, look), { value: '138CANARY' });
    return db;
  };

  it('has a row for each record that a person wrote, and one for all that the bank wrote', async () => {
    const db = await fresh();
    await publishPolicy(db, withNotes, policy);
    await writeDocs(db, withNotes, 'c:c-1', [
      { coll: 'surveys', doc: invitation('c-1', 's1') },
      { coll: 'careEvents', doc: invitationEvent('c-1', 's1') },
    ]);
    const survey = { ...invitation('c-1', 's1'), rev: 1 };
    const answered = {
      newDocumentState: { ...survey, state: 'submitted', answers: { q1: 5 }, submittedAt: NOW },
      assumedMasterState: survey,
    };
    await push(db, request('c-1', [answered], 'surveys'));
    await push(db, request('c-1', [create('c-1', 'a'), create('c-1', 'b', 'refuse')]));
    const from = { scope: 'c:c-1', actor_kind: 'customer', records: 1 };
    assert.deepEqual(await rows(db), [
      {
        ...{ ...from, n: 1, action: 'publish', coll: null, version: 2, records: 2 },
        actor_kind: 'bank',
      },
      { ...from, n: 2, action: 'update', coll: 'surveys', version: 3 },
      { ...from, n: 3, action: 'update', coll: 'careEvents', version: 4 },
      { ...from, n: 4, action: 'create', coll: 'notes', version: 5 },
    ]);
    // What comes again or changes nothing is no write.
    await push(db, request('c-1', [create('c-1', 'a')]));
    assert.equal((await rows(db)).length, 4);
  });

  it('keeps nothing of a transaction that failed', async () => {
    const db = await fresh();
    const failed = db.transaction(async (tx) => {
      const within: Database = { ...db, transaction: (work) => work(tx) };
      await push(within, request('c-1', [create('c-1', 'a')]));
      await tx.query('SET LOCAL ROLE NONE');
      assert.equal((await tx.query('SELECT FROM audit')).length, 1);
      throw new Error('power cut');
    });
    await assert.rejects(failed, /power cut/);
    for (const table of ['audit', 'audit_head', 'audit_key', 'doc']) {
      assert.deepEqual(await db.query(`SELECT FROM ${table}`), [], table);
    }
  });

  it('is one chain, however many write at once', async () => {
    const db = await fresh();
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        push(db, request('c-1', [create('c-1', `a${n}`), create('c-1', `b${n}`)])),
      ),
    );
    const { head: _head, ...done } = await check(db);
    assert.deepEqual(done, { chains: 1, rows: 24, misfits: [] });
  });

  it('refuses a change, whoever asks', async () => {
    const db = await busy();
    for (const sql of ['UPDATE audit SET field = NULL', 'DELETE FROM audit', 'TRUNCATE audit']) {
      await assert.rejects(db.query(sql), /only ever added/, sql);
    }
    const grants = await db.query(
      `SELECT grantee, table_name AS table, string_agg(privilege_type, ', ' ORDER BY privilege_type) AS may
       FROM information_schema.role_table_grants
       WHERE table_name IN ('audit', 'audit_head', 'audit_key') AND grantee <> current_user
       GROUP BY grantee, table_name ORDER BY table_name`,
    );
    const grantee = 'liyu_request';
    assert.deepEqual(grants, [
      { grantee, table: 'audit', may: 'INSERT' },
      { grantee, table: 'audit_head', may: 'INSERT, SELECT' },
      { grantee, table: 'audit_key', may: 'INSERT, SELECT' },
    ]);
  });

  it('names nobody and nothing personal', async () => {
    const db = await busy();
    const text = JSON.stringify(
      await db.query('SELECT a::text AS t, to_jsonb(a) AS j FROM audit a'),
    );
    for (const word of ['CANARY', Buffer.from('CANARY').toString('hex'), '1990-03-07']) {
      assert.ok(!text.includes(word), word);
    }
    const actors = await db.query(
      `SELECT actor_kind, count(DISTINCT actor) AS names, count(*) AS rows FROM audit
       GROUP BY actor_kind ORDER BY actor_kind`,
    );
    assert.deepEqual(actors, [
      { actor_kind: 'bank', names: 0, rows: 1 },
      { actor_kind: 'customer', names: 1, rows: 3 },
      { actor_kind: 'staff', names: 1, rows: 1 },
    ]);
  });

  it('names the first row that was tampered with', async () => {
    const cases: [why: string, sql: string, field: string, at: string][] = [
      ['a field', `UPDATE audit SET field = 'name' WHERE n = 5`, 'hash', '/5'],
      ['a moment', `UPDATE audit SET at = at + interval '1 ms' WHERE n = 2`, 'hash', '/2'],
      ['an actor', `UPDATE audit SET actor = NULL WHERE n = 3`, 'hash', '/3'],
      ['a row in the middle', `DELETE FROM audit WHERE n = 2`, 'n', '/3'],
      ['the first row', `DELETE FROM audit WHERE n = 1`, 'n', '/2'],
      ['the last row', `DELETE FROM audit WHERE n = 5`, 'head', ''],
      ['all rows', `DELETE FROM audit`, 'head', ''],
      ['the head', `DELETE FROM audit_head`, 'head', ''],
      ['a hash', `UPDATE audit SET hash = sha256(hash) WHERE n = 4`, 'hash', '/4'],
      ['a reason', `UPDATE reveal SET reason = 'another'`, 'record', '/5'],
      ['a look', `DELETE FROM reveal`, 'record', '/5'],
    ];
    const db = await busy();
    const { misfits, head, chains, rows: count } = await check(db);
    assert.deepEqual([misfits, chains, count], [[], 1, 5]);
    const [key] = await db.query<{ chain: string }>('SELECT chain::text AS chain FROM audit_key');
    await db.query('ALTER TABLE audit DISABLE TRIGGER audit_only_grows');
    for (const [why, sql, field, at] of cases) {
      const undone = db.transaction(async (tx) => {
        await tx.query(sql);
        const found = await check({ ...db, query: (...args) => tx.query(...args) }, 'c-CANARY');
        assert.deepEqual(
          found.misfits.map((misfit) => [misfit.scope, misfit.id, misfit.field]),
          [['c:c-CANARY', `${key!.chain}${at}`, field]],
          why,
        );
        throw new Error('undo');
      });
      await assert.rejects(undone, /undo/, why);
    }
    assert.equal((await check(db)).head, head);
  });

  it('can be checked, but no longer traced, without the key', async () => {
    const db = await busy();
    const before = await check(db);
    await db.query('DELETE FROM audit_key');
    assert.deepEqual(await check(db), before);
    assert.equal((await check(db, 'c-CANARY')).chains, 0);
  });
});
