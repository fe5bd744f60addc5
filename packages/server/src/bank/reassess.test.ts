import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import type { Assessment, Customer, Entitlement } from '@liyu/model';
import { loadPolicy } from '@liyu/policy/node';
import type { Database } from '../db/database.js';
import { migrate } from '../db/migrate.js';
import { addMetrics } from '../db/metrics-table.js';
import { readCollection } from '../sync/stored-doc.js';
import { onEveryEngine } from '../testing/engines.js';
import { testServers } from '../testing/test-server.js';
import { publishRecords } from './publish-records.js';
import { monthOf, reassess } from './reassess.js';
import type { RefusedMetrics } from './reassess.js';

const policy = loadPolicy();
const start = testServers();
const RICH = { deposit_avg_3m_fen: 900_000_000_00, relationship_months: 120, age_years: 50 };
const POOR = { deposit_avg_3m_fen: 1_000_00, relationship_months: 120, age_years: 50 };

it('evaluates the month of a day by the months before', () => {
  assert.deepEqual(monthOf('2026-12-17'), { assessedOn: '2026-12-01', asOf: '2026-11-30' });
  assert.deepEqual(monthOf('2026-01-01'), { assessedOn: '2026-01-01', asOf: '2025-12-31' });
});

onEveryEngine((fresh) => {
  const bank = async (
    customers: Record<string, { metrics: object; consents?: string[] | null }>,
  ): Promise<Database> => {
    const db = await fresh();
    await migrate(db, policy);
    for (const [customer, { metrics, consents = null }] of Object.entries(customers)) {
      await db.query('INSERT INTO customers (customer, as_of, consents) VALUES ($1, $2, $3)', [
        customer,
        '2026-10-31',
        consents,
      ]);
      await measure(db, customer, '2026-10-31', metrics);
    }
    await publishRecords(db, collections, policy);
    return db;
  };
  const measure = (db: Database, customer: string, asOf: string, metrics: object) =>
    addMetrics(db, policy.files.metrics, [{ customer, asOf, metrics: metrics as never }]);
  const run = (db: Database, date: string, onRefused?: (refused: RefusedMetrics) => void) =>
    reassess(db, collections, policy, date, onRefused);
  const assessments = async (db: Database, customer: string) =>
    (await readCollection(db, customer, 'assessments')) as unknown as Assessment[];

  it('writes assessment, entitlement and tier of every customer, and nothing the second time', async () => {
    const db = await bank({ 'c-1': { metrics: RICH }, 'c-2': { metrics: POOR } });
    const done = await run(db, '2026-11-15');
    assert.deepEqual(done, { assessed: 2, standing: 0, refused: 0, written: 6 });
    const [assessment] = await assessments(db, 'c-1');
    assert.equal(assessment?.id, 'c-1:2026-11-01');
    assert.equal(assessment.asOf, '2026-10-31');
    assert.equal(assessment.class, 'LARGE');
    const [entitlement] = await readCollection(db, 'c-1', 'entitlements');
    assert.equal(entitlement?.rung, assessment.rung);
    const [customer] = (await readCollection(db, 'c-1', 'customers')) as unknown as Customer[];
    assert.equal(customer?.tier?.rung, assessment.rung);
    const before = await db.query('SELECT scope, ver FROM scope ORDER BY scope');
    assert.equal((await run(db, '2026-11-30')).written, 0);
    assert.deepEqual(await db.query('SELECT scope, ver FROM scope ORDER BY scope'), before);
  });

  it('keeps since while the rung stays, and begins it anew when the rung changes', async () => {
    const db = await bank({ 'c-1': { metrics: RICH }, 'c-2': { metrics: RICH } });
    await run(db, '2026-11-01');
    await measure(db, 'c-2', '2026-11-30', POOR);
    await run(db, '2026-12-01');
    const view = async (customer: string) =>
      (await assessments(db, customer)).map(({ since, status }) => [since, status]);
    assert.deepEqual(await view('c-1'), [
      ['2026-11-01', 'KEEP'],
      ['2026-11-01', 'KEEP'],
    ]);
    assert.deepEqual(await view('c-2'), [
      ['2026-11-01', 'KEEP'],
      ['2026-12-01', 'DOWNGRADE'],
    ]);
  });

  it('reads no metrics of the month it evaluates, nor later ones', async () => {
    const db = await bank({ 'c-1': { metrics: POOR } });
    await measure(db, 'c-1', '2026-11-01', RICH);
    await run(db, '2026-11-20');
    assert.equal((await assessments(db, 'c-1'))[0]?.asOf, '2026-10-31');
  });

  it('leaves what was used of a benefit as it is', async () => {
    const db = await bank({ 'c-1': { metrics: RICH } });
    await run(db, '2026-11-01');
    await db.query(
      `UPDATE doc SET body = jsonb_set(body, '{benefits,0,used}', '7') WHERE coll = 'entitlements'`,
    );
    await measure(db, 'c-1', '2026-11-30', { ...RICH, txn_month_avg: 40 });
    await run(db, '2026-12-01');
    const [entitlement] = (await readCollection(
      db,
      'c-1',
      'entitlements',
    )) as unknown as Entitlement[];
    assert.equal(entitlement?.asOf, '2026-12-01');
    assert.equal(entitlement.benefits[0]?.used, 7);
  });

  it('begins a year anew, but for what is counted for life', async () => {
    const db = await bank({ 'c-1': { metrics: { ...POOR, relationship_months: 2 } } });
    await run(db, '2026-12-01');
    await db.query(
      `UPDATE doc SET body = jsonb_set(body, '{benefits}', (
         SELECT jsonb_agg(b || '{"used": 1}') FROM jsonb_array_elements(body -> 'benefits') b))
       WHERE coll = 'entitlements'`,
    );
    await run(db, '2027-01-01');
    const found = (await readCollection(db, 'c-1', 'entitlements')) as unknown as Entitlement[];
    const { benefits } = found.find(({ period }) => period === '2027')!;
    const used = (per: string | null) =>
      new Set(benefits.filter((item) => item.per === per).map((item) => item.used));
    assert.deepEqual([...used('lifetime')], [1]);
    assert.deepEqual([...used('year')], [0]);
  });

  it('leaves alone what a later evaluation decided when an earlier one is made up for', async () => {
    const db = await bank({ 'c-1': { metrics: POOR } });
    await measure(db, 'c-1', '2026-11-30', RICH);
    await run(db, '2026-12-01');
    const state = async () => [
      ((await readCollection(db, 'c-1', 'customers')) as unknown as Customer[])[0]?.tier?.class,
      ((await readCollection(db, 'c-1', 'entitlements')) as unknown as Entitlement[])[0]?.asOf,
    ];
    assert.deepEqual(await state(), ['LARGE', '2026-12-01']);
    await run(db, '2026-11-01');
    assert.deepEqual(await state(), ['LARGE', '2026-12-01']);
    assert.equal((await assessments(db, 'c-1')).length, 2);
  });

  it('lets the benefits stand in a new year of those whom nobody evaluates', async () => {
    const db = await bank({ 'c-1': { metrics: RICH }, 'c-2': { metrics: RICH } });
    await run(db, '2026-12-01');
    await db.query(`UPDATE customers SET consents = '{}' WHERE customer = 'c-1'`);
    await db.query(`UPDATE metrics SET family_status = 'WRONG' WHERE customer = 'c-2'`);
    const done = await run(db, '2027-01-01');
    assert.deepEqual([done.assessed, done.standing, done.refused], [0, 1, 1]);
    for (const customer of ['c-1', 'c-2']) {
      const held = await readCollection(db, customer, 'entitlements');
      const view = held.map(({ period, rung, endsOn }) => [period, rung, endsOn]);
      assert.deepEqual(view.length, 2, customer);
      assert.deepEqual(view[1]?.slice(1), [view[0]?.[1], '2027-12-31']);
    }
    assert.equal((await run(db, '2027-01-01')).written, 0);
  });

  it('counts a use for life in every period, also one that was made ahead', async () => {
    const db = await bank({ 'c-1': { metrics: { ...POOR, relationship_months: 2 } } });
    await run(db, '2026-12-01');
    await run(db, '2027-01-01');
    await db.query(
      `UPDATE doc SET body = jsonb_set(body, '{benefits}', (
         SELECT jsonb_agg(b || '{"used": 1}') FROM jsonb_array_elements(body -> 'benefits') b))
       WHERE coll = 'entitlements' AND body ->> 'period' = '2026'`,
    );
    await run(db, '2027-01-01');
    const held = (await readCollection(db, 'c-1', 'entitlements')) as unknown as Entitlement[];
    const used = held[1]?.benefits.filter(({ per }) => per === 'lifetime').map((one) => one.used);
    assert.ok(used !== undefined && used.length > 0 && used.every((count) => count === 1));
  });

  it('follows consent: no machine decides for one who took it back, nor by occupation', async () => {
    // All but the credit record is at its best; then the occupation costs most.
    const metrics = {
      ...RICH,
      relationship_months: 240,
      invest_avg_3m_fen: 900_000_000_00,
      card_spend_12m_fen: 90_000_000_00,
      card_spend_month_avg_fen: 9_000_000_00,
      txn_month_avg: 50,
      products_held: 8,
      saving_months_12m: 12,
      occupation_group: 'C',
      education: 'BELOW',
      income_month_fen: 100_000_00,
    };
    const db = await bank({
      'c-none': { metrics, consents: [] },
      'c-neutral': { metrics, consents: ['TIERING'] },
      'c-all': { metrics, consents: ['TIERING', 'PROFILE_OCCUPATION'] },
    });
    const done = await run(db, '2026-11-01');
    assert.deepEqual([done.assessed, done.standing], [2, 1]);
    assert.deepEqual(await assessments(db, 'c-none'), []);
    const reasons = async (id: string) => (await assessments(db, id))[0]?.reasons;
    assert.ok((await reasons('c-all'))?.includes('F13'));
    assert.ok(!(await reasons('c-neutral'))?.includes('F13'));
  });

  it('tells metrics that cannot be graded and does the rest', async () => {
    const db = await bank({ 'c-1': { metrics: RICH }, 'c-2': { metrics: RICH } });
    await db.query(`UPDATE metrics SET family_status = 'WRONG' WHERE customer = 'c-2'`);
    const refused: RefusedMetrics[] = [];
    const done = await run(db, '2026-11-01', (one) => refused.push(one));
    assert.deepEqual([done.assessed, done.refused], [1, 1]);
    assert.deepEqual(
      refused.map(({ customer, field }) => [customer, field]),
      [['c-2', 'family_status']],
    );
  });

  it('reaches the devices of customers', async () => {
    const db = await bank({ 'c-1': { metrics: RICH } });
    const server = await start(db, { poll: 50 });
    const events = await server.events(await server.issuer.token('c-1'));
    await events.until('hello');
    await run(db, '2026-11-01');
    const colls = new Set<unknown>();
    while (colls.size < 3) {
      colls.add(((await events.until('change')).data as { coll: string }).coll);
    }
    assert.deepEqual([...colls].sort(), ['assessments', 'customers', 'entitlements']);
    events.close();
  });
});
