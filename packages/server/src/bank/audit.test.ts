import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import type { Database } from '../db/database.js';
import { addMetrics } from '../db/metrics-table.js';
import { onEveryEngine } from '../testing/engines.js';
import { auditAssessments } from './audit.js';
import { reassess } from './reassess.js';

const policy = loadPolicy();
const METRICS = { deposit_avg_3m_fen: 60_000_000, txn_month_avg: 9, relationship_months: 20 };

onEveryEngine((fresh) => {
  /** Two customers with three evaluations each. */
  const bank = async (): Promise<Database> => {
    const db = await fresh();
    for (const [asOf, date] of [
      ['2026-09-30', '2026-10-01'],
      ['2026-10-31', '2026-11-01'],
      ['2026-11-30', '2026-12-01'],
    ] as const) {
      const rows = ['c-1', 'c-2'].map((customer) => ({ customer, asOf, metrics: METRICS }));
      await addMetrics(db, policy.files.metrics, rows);
      await reassess(db, collections, policy, date);
    }
    return db;
  };
  const audit = async (db: Database, customer: string | null = null) => {
    const misfits: [id: string, field: string][] = [];
    const done = await auditAssessments(db, customer, ({ id, field }) => misfits.push([id, field]));
    return { ...done, misfits };
  };
  const change = (db: Database, id: string, set: object) =>
    db.query(`UPDATE doc SET body = body || $2::jsonb WHERE coll = 'assessments' AND id = $1`, [
      id,
      JSON.stringify(set),
    ]);

  it('finds nothing where nothing was changed', async () => {
    const db = await bank();
    const { head, ...done } = await audit(db);
    assert.deepEqual(done, { customers: 2, assessments: 6, misfits: [] });
    assert.match(head, /^[0-9a-f]{64}$/);
    assert.equal((await audit(db, 'c-2')).assessments, 3);
    assert.equal((await audit(db, 'c-3')).customers, 0);
  });

  it('names the first record that does not fit, and what in it', async () => {
    const cases: [why: string, id: string, set: object, misfit: [id: string, field: string]][] = [
      ['inputs', 'c-1:2026-11-01', { inputs: {} }, ['c-1:2026-11-01', 'inputDigest']],
      ['a score', 'c-1:2026-11-01', { score: 99 }, ['c-1:2026-11-01', 'score']],
      ['the last rung', 'c-2:2026-12-01', { rung: 'VIP-3' }, ['c-2:2026-12-01', 'rung']],
      ['a date', 'c-1:2026-12-01', { validTo: '2030-01-01' }, ['c-1:2026-12-01', 'validTo']],
      ['the past', 'c-1:2026-10-01', { since: '2020-01-01' }, ['c-1:2026-11-01', 'previousHash']],
      [
        'the rules',
        'c-1:2026-10-01',
        { policyHash: 'f'.repeat(64) },
        ['c-1:2026-10-01', 'policyHash'],
      ],
      ['a reason', 'c-1:2026-10-01', { reasons: [] }, ['c-1:2026-10-01', 'reasons']],
    ];
    const db = await bank();
    for (const [why, id, set, misfit] of cases) {
      const [{ body } = { body: {} }] = await db.query<{ body: object }>(
        `SELECT body FROM doc WHERE coll = 'assessments' AND id = $1`,
        [id],
      );
      await change(db, id, set);
      assert.deepEqual((await audit(db)).misfits, [misfit], why);
      await change(db, id, body);
    }
    assert.deepEqual((await audit(db)).misfits, []);
  });

  it('misses a record in the middle, and one more or less at the end by the head', async () => {
    const db = await bank();
    const { head } = await audit(db);
    await db.query(`DELETE FROM doc WHERE id = 'c-1:2026-11-01'`);
    assert.deepEqual((await audit(db)).misfits, [['c-1:2026-12-01', 'previousHash']]);
    await db.query(`DELETE FROM doc WHERE id = 'c-1:2026-12-01'`);
    const after = await audit(db);
    assert.deepEqual(after.misfits, []);
    assert.notEqual(after.head, head);
  });
});
