import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parsePolicy, loadPolicy } from '@liyu/policy/node';
import type { Policy } from '@liyu/policy';
import { migrate, migrateSchema } from '../db/migrate.js';
import type { Database } from '../db/database.js';
import { addMetrics } from '../db/metrics-table.js';
import { onEveryEngine } from '../testing/engines.js';
import { diffBook } from './diff-book.js';

const shipped = loadPolicy();

/** The shipped rules with one file changed. */
function changed(file: string, change: (content: never) => unknown): Policy {
  const contents = structuredClone(shipped.contents) as Record<string, unknown>;
  change(contents[file] as never);
  return parsePolicy(contents);
}

interface Ladder {
  rungs: { code: string; criterion: { args: [unknown, number] } }[];
}

/** VIP-1 from 600,000 yuan instead of 500,000. */
const dearer = changed('tier-ladder', ({ rungs }: Ladder) => {
  rungs.find(({ code }) => code === 'VIP-1')!.criterion.args[1] = 60_000_000;
});

type Metrics = Record<string, number | boolean | string | null>;
const OLD = { relationship_months: 200 };
const VIP = { ...OLD, deposit_avg_3m_fen: 55_000_000, age_years: 45, family_status: 'MARRIED' };
/** Of class QUALITY with the occupation, of none without. */
const BY_OCCUPATION = {
  ...OLD,
  age_years: 25,
  family_status: 'SINGLE',
  occupation_group: 'A',
  education: 'POSTGRAD',
  overdue_months_24m: 0,
  overdue_max_run_24m: 0,
  overdue_max_days_60m: 0,
  credit_active_months: 60,
  debt_ratio_bp: 1_000,
  deposit_avg_3m_fen: 20_000_000,
  txn_month_avg: 30,
  products_held: 4,
};

onEveryEngine((fresh) => {
  const bank = async (
    customers: [id: string, metrics: Metrics, branch?: string | null, consents?: string[]][],
  ): Promise<Database> => {
    const db = await fresh();
    await db.query(`INSERT INTO branches (branch, name, name_en) VALUES ('b-1', '鼓楼支行', NULL)`);
    for (const [customer, , branch = null, consents] of customers) {
      await db.query(
        'INSERT INTO customers (customer, as_of, branch, consents) VALUES ($1, $2, $3, $4)',
        [customer, '2026-10-31', branch, consents ?? null],
      );
    }
    const rows = customers.map(([customer, metrics]) => ({
      customer,
      asOf: '2026-10-31',
      metrics,
    }));
    await addMetrics(db, shipped.files.metrics, rows);
    const older = rows.map((row) => ({ ...row, asOf: '2026-09-30', metrics: { age_years: 1 } }));
    await addMetrics(db, shipped.files.metrics, older);
    return db;
  };

  it('finds no difference between rules and themselves', async () => {
    const db = await bank([['c-1', VIP]]);
    const diff = await diffBook(db, shipped, shipped);
    assert.deepEqual(diff.matrix, [{ from: 'VIP-1', to: 'VIP-1', customers: 1 }]);
    assert.deepEqual([diff.benefits, diff.notices], [[], []]);
    assert.deepEqual(diff.before, diff.after);
  });

  it('counts who moves by branch, age and years, what they gain and lose, and who is owed a notice', async () => {
    const db = await bank([
      ...Array.from({ length: 12 }, (_, n): [string, Metrics, string] => {
        return [`vip-${String(n).padStart(2, '0')}`, VIP, 'b-1'];
      }),
      [
        'rich',
        { ...VIP, deposit_avg_3m_fen: 60_000_000, age_years: null, relationship_months: 11 },
      ],
      ['young', { ...OLD, age_years: 17, relationship_months: null }, 'b-2'],
    ]);
    const down = await diffBook(db, shipped, dearer);
    assert.deepEqual(down.customers, {
      graded: 14,
      leftOut: 0,
      refusedBefore: 0,
      refusedAfter: 0,
    });
    assert.deepEqual(down.matrix, [
      { from: 'VIP-1', to: 'VIP-1', customers: 1 },
      { from: 'VIP-1', to: 'ORDINARY', customers: 12 },
      { from: 'ORDINARY', to: 'ORDINARY', customers: 1 },
    ]);
    const told = (moves: { group: string; up: number; down: number; same: number }[]) =>
      moves.map((one) => [one.group, one.up, one.down, one.same]);
    assert.deepEqual(told(down.moves.branch), [
      ['b-1', 0, 12, 0],
      ['b-2', 0, 0, 1],
      ['UNKNOWN', 0, 0, 1],
    ]);
    assert.deepEqual(down.moves.branch[0]?.label, { 'zh-CN': '鼓楼支行', en: '鼓楼支行' });
    assert.deepEqual(told(down.moves.ageBand), [
      ['<18', 0, 0, 1],
      ['MID', 0, 12, 0],
      ['UNKNOWN', 0, 0, 1],
    ]);
    assert.deepEqual(told(down.moves.yearsWithBank), [
      ['<1', 0, 0, 1],
      ['10+', 0, 12, 0],
      ['UNKNOWN', 0, 0, 1],
    ]);
    const lounge = down.benefits.find(({ benefit }) => benefit === 'B-V3');
    assert.deepEqual([lounge?.gained, lounge?.lost, lounge?.label['zh-CN']], [0, 12, '贵宾室使用']);
    // Locked for a VIP too, who never agreed to share data with an insurer.
    assert.ok(!down.benefits.some(({ benefit }) => benefit === 'B-O2'));
    assert.equal(down.notices.length, 12);
    const [first] = down.notices;
    assert.deepEqual([first?.customer, first?.from, first?.to], ['vip-00', 'VIP-1', 'ORDINARY']);
    assert.ok(first?.benefitsLost.includes('B-V3'));

    const up = await diffBook(db, dearer, shipped);
    assert.deepEqual(up.notices, []);
    assert.equal(up.moves.branch[0]?.up, 12);
    assert.equal(up.benefits.find(({ benefit }) => benefit === 'B-V3')?.gained, 12);
  });

  it('tells of a benefit that is taken away though the rung stays', async () => {
    const db = await bank([['c-1', VIP]]);
    interface Benefits {
      benefits: { id: string; grants: { class: string }[] }[];
    }
    const poorer = changed('benefits', ({ benefits }: Benefits) => {
      const one = benefits.find(({ id }) => id === 'B-V3')!;
      one.grants = one.grants.filter((grant) => grant.class !== 'VIP');
    });
    const { moves, notices } = await diffBook(db, shipped, poorer);
    assert.equal(moves.ageBand[0]?.same, 1);
    assert.deepEqual(notices, [
      { customer: 'c-1', from: 'VIP-1', to: 'VIP-1', benefitsLost: ['B-V3'] },
    ]);
  });

  it('grades neutrally who did not agree to occupation, and leaves out who refused assessment', async () => {
    const db = await bank([
      ['agreed', BY_OCCUPATION, null, ['TIERING', 'PROFILE_OCCUPATION']],
      ['neutral', BY_OCCUPATION, null, ['TIERING']],
      ['refused', BY_OCCUPATION, null, ['CARE']],
      ['silent', BY_OCCUPATION],
    ]);
    const { customers, matrix } = await diffBook(db, shipped, shipped);
    assert.deepEqual([customers.graded, customers.leftOut], [3, 1]);
    const quality = matrix.find(({ from }) => from.startsWith('QUALITY'));
    assert.equal(quality?.customers, 2);
    assert.equal(matrix.find(({ from }) => from === 'ORDINARY')?.customers, 1);
  });

  it('counts metrics that either policy refuses', async () => {
    const db = await bank([['c-1', { ...OLD, family_status: 'OTHER' }]]);
    await db.query(
      `INSERT INTO metrics (customer, as_of, age_years) VALUES ('c-2', '2026-10-31', 121)`,
    );
    interface Metric {
      metrics: { id: string; values?: string[] }[];
    }
    const narrower = changed('metrics', ({ metrics }: Metric) => {
      metrics.find(({ id }) => id === 'family_status')!.values!.pop();
    });
    const { customers } = await diffBook(db, shipped, narrower);
    assert.deepEqual(customers, { graded: 0, leftOut: 0, refusedBefore: 1, refusedAfter: 2 });
  });

  it('takes a metric that only the new rules know for unknown, and adds no column', async () => {
    const db = await bank([['c-1', VIP]]);
    interface Metric {
      metrics: { id: string }[];
    }
    const more = changed('metrics', ({ metrics }: Metric) => {
      metrics.push({ ...structuredClone(metrics[0]!), id: 'branch_visits_12m' });
    });
    const { customers } = await diffBook(db, shipped, more);
    assert.equal(customers.graded, 1);
    assert.deepEqual((await migrate(db, more)).length, 1);
  });

  it('compares how groups fare, plainly and neutrally, and marks small ones', async () => {
    const many = (name: string, count: number, metrics: Metrics) =>
      Array.from({ length: count }, (_, n): [string, Metrics] => [`${name}-${n}`, metrics]);
    const db = await bank([
      ...many('vip', 15, VIP),
      ...many('poor', 5, { ...OLD, age_years: 45, family_status: 'MARRIED' }),
      ...many('young', 10, BY_OCCUPATION),
      ...many('few', 2, { ...VIP, age_years: 55, family_status: null }),
    ]);
    const { parity } = await diffBook(db, shipped, shipped);
    const told = parity.ageBand.map(({ label: _, ...rest }) => rest);
    const ratios = (plain: number, neutral: number) => ({
      plainRatioBp: plain,
      neutralRatioBp: neutral,
    });
    assert.deepEqual(told, [
      {
        group: 'YOUNG',
        customers: 10,
        plainShareBp: 10_000,
        neutralShareBp: 0,
        ...ratios(10_000, 0),
        isSmall: false,
      },
      {
        group: 'MID',
        customers: 20,
        plainShareBp: 7_500,
        neutralShareBp: 7_500,
        ...ratios(7_500, 10_000),
        isSmall: false,
      },
      // The best off is a group that isn't small.
      {
        group: 'PRERETIRE',
        customers: 2,
        plainShareBp: 10_000,
        neutralShareBp: 10_000,
        ...ratios(10_000, 13_333),
        isSmall: true,
      },
    ]);
    assert.deepEqual(
      parity.familyStatus.map(({ group, customers }) => [group, customers]),
      [
        ['SINGLE', 10],
        ['MARRIED', 20],
        ['UNKNOWN', 2],
      ],
    );
  });

  it('says nothing of a bank without customers', async () => {
    const db = await fresh();
    await migrateSchema(db);
    const diff = await diffBook(db, shipped, dearer);
    assert.equal(diff.customers.graded, 0);
    assert.deepEqual([diff.matrix, diff.parity.ageBand], [[], []]);
  });
});
