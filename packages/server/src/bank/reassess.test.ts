import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import type { Assessment, CareEvent, Customer, Entitlement } from '@liyu/model';
import { auditChain, hashOf, rulesByHash } from '@liyu/engine/node';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import type { Database } from '../db/database.js';
import { addMetrics } from '../db/metrics-table.js';
import { readCollection } from '../sync/stored-doc.js';
import { onEveryEngine } from '../testing/engines.js';
import { testServers } from '../testing/test-server.js';
import { publishRecords } from './publish-records.js';
import { monthOf, reassess } from './reassess.js';
import type { RefusedMetrics } from './reassess.js';

const policy = loadPolicy();
const { assess: golden } = JSON.parse(
  readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8'),
) as { assess: { input: object }[] };
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
    assert.deepEqual(done, {
      ...{ assessed: 2, standing: 0, stale: 0, later: 0, refused: 0 },
      written: 6,
    });
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

  it('does the book in parts, at the same time, as it does it whole', async () => {
    const book = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`c-${n}`, { metrics: n % 2 === 0 ? RICH : POOR }]),
    );
    const db = await bank(book);
    const parts = await Promise.all(
      [1, 2, 3].map((number) =>
        reassess(db, collections, policy, '2026-11-15', undefined, { number, of: 3 }),
      ),
    );
    assert.ok(parts.every(({ assessed }) => assessed > 0 && assessed < 30));
    assert.equal(
      parts.reduce((sum, { assessed }) => sum + assessed, 0),
      30,
    );
    const whole = await run(db, '2026-11-15');
    assert.deepEqual([whole.assessed, whole.written], [30, 0]);
  });

  it('keeps since while the rung stays, and begins it anew when the rung changes', async () => {
    const db = await bank({ 'c-1': { metrics: RICH }, 'c-2': { metrics: POOR } });
    await run(db, '2026-11-01');
    await measure(db, 'c-2', '2026-11-30', RICH);
    await run(db, '2026-12-01');
    const view = async (customer: string) =>
      (await assessments(db, customer)).map(({ since, status }) => [since, status]);
    assert.deepEqual(await view('c-1'), [
      ['2026-11-01', 'KEEP'],
      ['2026-11-01', 'KEEP'],
    ]);
    assert.deepEqual(await view('c-2'), [
      ['2026-11-01', 'KEEP'],
      ['2026-12-01', 'UPGRADE'],
    ]);
  });

  /** Evaluates month after month, each by the metrics of the end of the one before. */
  const live = async (db: Database, customer: string, months: readonly object[]) => {
    const found: Assessment[] = [];
    for (const [i, metrics] of months.entries()) {
      const asOf = new Date(Date.UTC(2026, 11 + i, 0)).toISOString().slice(0, 10);
      const day = new Date(Date.UTC(2026, 11 + i, 1)).toISOString().slice(0, 10);
      await measure(db, customer, asOf, metrics);
      await run(db, day);
      found.push((await assessments(db, customer)).at(-1)!);
    }
    return found;
  };
  const notices = async (db: Database, customer: string) =>
    (await readCollection(db, customer, 'careEvents')) as unknown as CareEvent[];

  it('keeps a VIP rung with its benefits for three failing months, tells so, and lands in the fourth', async () => {
    const VIP = { deposit_avg_3m_fen: 60_000_000, relationship_months: 120 };
    const less = { ...VIP, deposit_avg_3m_fen: 46_301_635 };
    const db = await bank({ 'c-1': { metrics: VIP } });
    await run(db, '2026-11-01');
    const found = await live(db, 'c-1', [less, less, less, less]);
    assert.deepEqual(
      found.map(({ rung, qualified, status, failStreak, previous, validTo }) => {
        return [rung, qualified, status, failStreak, previous, validTo];
      }),
      [
        ['VIP-1', 'ORDINARY', 'WATCH', 1, 'VIP-1', '2027-02-28'],
        ['VIP-1', 'ORDINARY', 'WATCH', 2, 'VIP-1', '2027-02-28'],
        ['VIP-1', 'ORDINARY', 'WATCH', 3, 'VIP-1', '2027-02-28'],
        ['ORDINARY', 'ORDINARY', 'DOWNGRADE', 0, 'VIP-1', null],
      ],
    );
    assert.equal(found[0]?.restore?.['zh-CN'], '近3个月日均管理资产达到50万元');
    assert.equal(found[3]?.restore, null);
    const told = await notices(db, 'c-1');
    assert.deepEqual(
      told.map(({ id, title, note }) => [id, title['zh-CN'], note?.['zh-CN']]),
      [
        ...['2026-12', '2027-01', '2027-02'].map((month) => [
          `c-1:C-WATCH:${month}`,
          'VIP客户1级保留至2027年2月28日',
          '恢复条件：近3个月日均管理资产达到50万元',
        ]),
        ['c-1:TIER:2027-03', '等级调整为普通客户', '如需说明，可申请人工复核'],
      ],
    );
    const entitlements = await readCollection(db, 'c-1', 'entitlements');
    assert.deepEqual(
      entitlements.map(({ period, rung }) => [period, rung]),
      [
        ['2026', 'VIP-1'],
        ['2027', 'ORDINARY'],
      ],
    );
  });

  it('moves a QUALITY rung at once on a knock-out, and a month that meets the rung ends a watch', async () => {
    const base = golden[0]!.input;
    const poor = { ...base, card_spend_12m_fen: 0, txn_month_avg: 0 };
    const overdue = { ...base, overdue_months_24m: 6, overdue_max_run_24m: 3 };
    const db = await bank({ 'c-1': { metrics: base } });
    await run(db, '2026-11-01');
    const found = await live(db, 'c-1', [poor, base, poor, overdue]);
    assert.deepEqual(
      found.map(({ rung, status, failStreak }) => [rung, status, failStreak]),
      [
        ['QUALITY-1', 'WATCH', 1],
        ['QUALITY-1', 'KEEP', 0],
        ['QUALITY-1', 'WATCH', 1],
        ['ORDINARY', 'DOWNGRADE', 0],
      ],
    );
  });

  it('tells the end of being a new customer as that', async () => {
    const db = await bank({ 'c-1': { metrics: { ...POOR, relationship_months: 5 } } });
    await run(db, '2026-11-01');
    const [ended] = await live(db, 'c-1', [{ ...POOR, relationship_months: 6 }]);
    assert.deepEqual([ended?.previous, ended?.rung, ended?.status], ['NEW', 'ORDINARY', 'UPGRADE']);
    assert.deepEqual(
      (await notices(db, 'c-1')).map(({ title }) => title),
      [{ 'zh-CN': '新客户期结束，现为普通客户', en: 'No longer a new customer: Ordinary' }],
    );
  });

  it('issues no evaluation on stale data: nobody falls by it', async () => {
    const db = await bank({ 'c-1': { metrics: RICH } });
    await run(db, '2026-11-01');
    await measure(db, 'c-1', '2026-11-16', POOR);
    const done = await run(db, '2027-01-01');
    assert.deepEqual([done.assessed, done.stale], [0, 1]);
    assert.deepEqual(
      (await assessments(db, 'c-1')).map(({ class: one }) => one),
      ['LARGE'],
    );
  });

  it('seals each assessment into a chain that can be run again', async () => {
    const db = await bank({ 'c-1': { metrics: RICH } });
    await run(db, '2026-11-01');
    await live(db, 'c-1', [POOR, POOR]);
    const chain = await assessments(db, 'c-1');
    assert.deepEqual(
      chain.map(({ previousHash }) => previousHash),
      [null, hashOf(chain[0]!), hashOf(chain[1]!)],
    );
    const rules = rulesByHash((hash) => Promise.resolve(hash === policy.hash ? policy : null));
    assert.equal(await auditChain(chain, rules), null);
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

  it('puts no evaluation before a later one', async () => {
    const db = await bank({ 'c-1': { metrics: POOR } });
    await measure(db, 'c-1', '2026-11-30', RICH);
    await run(db, '2026-12-01');
    const before = await db.query('SELECT scope, ver FROM scope ORDER BY scope');
    const done = await run(db, '2026-11-01');
    assert.deepEqual([done.assessed, done.later, done.written], [0, 1, 0]);
    assert.deepEqual(await db.query('SELECT scope, ver FROM scope ORDER BY scope'), before);
  });

  it('lets the benefits stand in a new year of those whom nobody evaluates', async () => {
    const db = await bank({ 'c-1': { metrics: RICH }, 'c-2': { metrics: RICH } });
    await run(db, '2026-12-01');
    await db.query(`UPDATE customers SET consents = '{}' WHERE customer = 'c-1'`);
    await measure(db, 'c-2', '2026-12-31', RICH);
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
    await measure(db, 'c-1', '2026-12-31', { ...POOR, relationship_months: 4 });
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
