// A book graded where it lies: one UPDATE from toSql, beside a bare UPDATE of the same rows and columns.
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { compilePolicy, toSql } from '@liyu/engine';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { COLUMN_TYPES, quote, stored } from '../../packages/server/src/db/metrics-table.js';
import { startPostgres } from '../postgres/start-postgres.js';
import { row } from './report.mjs';

/** Rows compared with what the engine finds. */
const COMPARED = 1_000;
const MEMORY = [
  'shared_buffers=1GB',
  'max_wal_size=8GB',
  'work_mem=256MB',
  'maintenance_work_mem=256MB',
];

/** Figures as random() gives them; what isn't here is null. */
const RANDOM = {
  deposit_avg_3m_fen:
    'floor(random() * 36e6) * CASE WHEN random() < 0.1 THEN floor(random() * 300) ELSE 1 END',
  invest_avg_3m_fen: 'floor(random() * 9e6)',
  card_spend_12m_fen: 'floor(random() * 13.5e6)',
  card_limit_fen: '1 + floor(random() * 3e6)',
  txn_month_avg: 'floor(random() * 37)',
  products_held: 'floor(random() * 10)',
  annual_contribution_fen: 'floor(random() * 24e4)',
  overdue_months_24m: 'CASE WHEN random() < 0.8 THEN 0 ELSE 3 + floor(random() * 5) END',
  overdue_max_run_24m: 'CASE WHEN random() < 0.98 THEN 0 END',
  overdue_max_days_60m: 'CASE WHEN random() < 0.9 THEN 0 ELSE floor(random() * 120) END',
  malicious_overdraft: 'random() < 0.01',
  illegal_cash_out: 'random() < 0.01',
  credit_active_months: 'floor(random() * 80)',
  debt_ratio_bp: 'floor(random() * 7500)',
  saving_months_12m: 'floor(random() * 13)',
  owns_property: 'random() < 0.5',
  owns_vehicle: 'random() < 0.5',
  occupation_group: "(ARRAY['A', 'B', 'C'])[1 + floor(random() * 3)::int]",
  income_month_fen: 'floor(random() * 36e5)',
  housing_fund_month_fen: 'floor(random() * 45e4)',
  job_tenure_months: 'floor(random() * 150)',
  relationship_months: 'floor(random() * 144)',
  education: "(ARRAY['BELOW', 'BACHELOR', 'POSTGRAD'])[1 + floor(random() * 3)::int]",
  cash_txn_large_30d: 'floor(random() * 3)',
  crossborder_txn_30d: 'floor(random() * 3)',
  misoperation_90d: 'floor(random() * 3)',
  complex_products_held: 'floor(random() * 3)',
  customer_type: "'PERSONAL'",
};

/** The lines of PostgreSQL and of PGlite. */
export async function sqlRows(files, { postgres, pglite, rounds }) {
  const server = await startPostgres(MEMORY);
  const rows = [];
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const query = async (sql) => (await client.query(sql)).rows;
    rows.push(
      await compare(files, query, { name: 'PostgreSQL', count: postgres, rounds, target: 2 }),
    );
    await client.end();
  } finally {
    await server.stop();
  }
  const lite = await PGlite.create();
  const query = async (sql) => (await lite.query(sql)).rows;
  rows.push(await compare(files, query, { name: 'PGlite', count: pglite, rounds, target: 2 }));
  await lite.close();
  return rows;
}

async function compare(files, query, { name, count, rounds, target }) {
  await fill(files, query, count);
  const columns = ['rung', 'score', 'neutralScore', 'knockouts'];
  // A row finds itself again by where it lies.
  const source = '(SELECT ctid AS place, * FROM book) AS book';
  const graded = `UPDATE book SET rung = g.rung, score = g.score, neutral_score = g."neutralScore",
    knockouts = g.knockouts FROM (${toSql(files, { source, columns, carry: ['place'] })}) AS g
    WHERE g.place = book.ctid`;
  const bare = `UPDATE book SET rung = 'QUALITY-1', score = 74, neutral_score = 75,
    knockouts = '[]'::jsonb`;
  const timed = async (sql) => {
    await query('VACUUM book');
    await query('CHECKPOINT');
    const start = performance.now();
    await query(sql);
    return performance.now() - start;
  };
  // The first of each makes the table grow.
  await timed(bare);
  await timed(graded);
  await checkGrades(files, query);
  const found = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? bare : graded;
    const a = await timed(first);
    const b = await timed(first === bare ? graded : bare);
    const [plain, whole] = first === bare ? [a, b] : [b, a];
    found.push(whole / plain);
    console.log(`${name}: graded ${whole.toFixed(0)} ms, bare ${plain.toFixed(0)} ms`);
  }
  const customers = count.toLocaleString('en');
  return row({
    what: `${name}, ${customers} customers graded and written back in one UPDATE`,
    against: 'an UPDATE of the same rows and columns with constants',
    ratios: found,
    target,
    isCost: true,
  });
}

async function fill(files, query, count) {
  const metrics = stored(files.metrics);
  const columns = metrics.map(({ id, type }) => `${quote(id)} ${COLUMN_TYPES[type]}`);
  const results = ['rung text', 'score int', 'neutral_score int', 'knockouts jsonb'];
  await query(
    `CREATE TABLE book (customer text PRIMARY KEY, ${[...columns, ...results].join(', ')})`,
  );
  await query('SELECT setseed(0.5)');
  const values = metrics.map(({ id }) =>
    id in RANDOM ? `CASE WHEN random() < 0.98 THEN ${RANDOM[id]} END` : 'NULL',
  );
  await query(
    `INSERT INTO book (customer, ${metrics.map(({ id }) => quote(id)).join(', ')})
     SELECT 'C' || lpad(n::text, 8, '0'), ${values.join(', ')} FROM generate_series(1, ${count}) AS n`,
  );
  // A run of months is none of more months than there are.
  await query(
    `UPDATE book SET overdue_max_run_24m = 3 WHERE overdue_months_24m >= 3 AND random() < 0.2`,
  );
  await query('VACUUM FULL ANALYZE book');
}

/** Throws where the engine finds other than the statement wrote. */
async function checkGrades(files, query) {
  const grader = compilePolicy(files);
  const metrics = stored(files.metrics);
  for (const found of await query(`SELECT * FROM book ORDER BY customer LIMIT ${COMPARED}`)) {
    const input = Object.fromEntries(
      metrics.map(({ id, type }) => {
        const value = found[id];
        return [id, type === 'int' && value !== null ? Number(value) : value];
      }),
    );
    const { rung, score, neutralScore, knockouts } = grader.grade(input);
    assert.deepEqual(
      [found.rung, found.score, found.neutral_score, found.knockouts],
      [rung, score, neutralScore, knockouts],
      found.customer,
    );
  }
}
