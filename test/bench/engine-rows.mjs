// Customers around the golden baseline, the same in every run; none breaks DQ2 or DQ3.
import { readFileSync } from 'node:fs';

const GOLDEN = new URL('../../packages/policy/data/golden.json', import.meta.url);
/** Figures are up to this many times those of the baseline. */
const SPREAD = 3;

/** Numbers in [0, 1), the same for the same seed. */
export function seeded(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
}

/** Rows as a database gives them: every key there, what isn't known null. */
export function customers(count, seed = 1) {
  const base = JSON.parse(readFileSync(GOLDEN, 'utf8')).assess[0].input;
  const random = seeded(seed);
  const oneOf = (list) => list[Math.floor(random() * list.length)];
  const upTo = (most) => Math.floor(random() * (most + 1));
  const aRow = () => {
    const row = {};
    for (const [name, value] of Object.entries(base)) {
      row[name] = typeof value === 'number' ? upTo(value * SPREAD) : value;
    }
    // A few hold far more than most, for the rungs at the top.
    if (random() < 0.1) row.deposit_avg_3m_fen *= upTo(300);
    row.overdue_months_24m = random() < 0.8 ? 0 : upTo(7);
    row.overdue_max_run_24m = Math.min(upTo(3), row.overdue_months_24m);
    row.overdue_max_days_60m = random() < 0.9 ? 0 : upTo(120);
    row.malicious_overdraft = random() < 0.01;
    row.illegal_cash_out = random() < 0.01;
    row.credit_active_months = upTo(80);
    row.card_limit_fen += 1;
    row.saving_months_12m = upTo(12);
    row.owns_property = random() < 0.5;
    row.owns_vehicle = random() < 0.5;
    row.occupation_group = oneOf(['A', 'B', 'C']);
    row.education = oneOf(['BELOW', 'BACHELOR', 'POSTGRAD']);
    for (const name of Object.keys(row)) {
      if (name !== 'customer_type' && random() < 0.02) row[name] = null;
    }
    return row;
  };
  // From text, as rows come over a wire, so that all share a shape.
  return Array.from({ length: count }, () => JSON.parse(JSON.stringify(aRow())));
}
