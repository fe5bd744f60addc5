// Turns by turns, so that what else the machine does falls on all of them alike.
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';

/** Throws where a contender finds other than the first of them, of what it computes. */
export async function checkEqual(contenders, rows) {
  const truth = await contenders[0].gradeAll(rows);
  for (const { id, gradeAll, customers = rows.length } of contenders) {
    const found = await gradeAll(rows.slice(0, customers));
    found.forEach((grade, i) => {
      const shared = Object.keys(grade).filter((key) => key in truth[i]);
      assert.ok(shared.includes('rung') && shared.includes('score'), `${id} gives too little`);
      for (const key of shared) {
        assert.deepEqual(grade[key], truth[i][key], `${id} of customer ${i}: ${key}`);
      }
    });
  }
}

/** Throws where a contender grades a row that breaks DQ2 or DQ3. */
export function checkRefusals(contenders, row) {
  const bad = [
    ...[-1, 0.5, NaN, 2 ** 53, '1', true, {}].map((txn_month_avg) => ({ txn_month_avg })),
    ...[{ owns_property: 1 }, { education: 'PHD' }, { age_years: 121 }, { depozit: 1 }],
    { deposit_avg_3m_fen: 2 ** 53 - 1, invest_avg_3m_fen: 1 },
    { deposit_avg_3m_fen: 2, aum_avg_3m_fen: 1 },
    { overdue_max_run_24m: 2, overdue_months_24m: 1 },
    { card_spend_12m_fen: 1, card_limit_fen: 0 },
  ];
  for (const { id, gradeAll } of contenders) {
    for (const values of bad) {
      assert.throws(() => gradeAll([{ ...row, ...values }]), `${id}: ${JSON.stringify(values)}`);
    }
  }
}

/** Nanoseconds a customer, a list over the runs, by the id of the contender. */
export async function time(contenders, rows, { runs, ms }) {
  const all = [];
  for (const contender of contenders) all.push(await prepare(contender, rows, ms));
  const found = Object.fromEntries(contenders.map(({ id }) => [id, []]));
  for (let run = 0; run < runs; run++) {
    for (let turn = 0; turn < all.length; turn++) {
      const one = all[(run + turn) % all.length];
      globalThis.gc?.();
      found[one.id].push(await one.measure());
    }
  }
  return found;
}

/** Warms up and finds how often to pass over the rows for a run of `ms`. */
async function prepare({ id, pass, customers }, rows, ms) {
  const own = rows.slice(0, customers ?? rows.length);
  const measure = async (times) => {
    const start = performance.now();
    for (let i = 0; i < times; i++) await pass(own);
    return ((performance.now() - start) * 1e6) / (times * own.length);
  };
  await measure(1);
  const passMs = ((await measure(2)) * own.length) / 1e6;
  const times = Math.max(1, Math.round(ms / passMs));
  await measure(times);
  return { id, measure: () => measure(times) };
}

export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
