import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { onEveryEmptyEngine } from '../testing/engines.js';
import { addMetrics, latestMetrics } from './metrics-table.js';
import type { MetricsRow } from './metrics-table.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations.js';

const policy = loadPolicy();

async function collect(rows: AsyncGenerator<MetricsRow>): Promise<MetricsRow[]> {
  const found: MetricsRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

onEveryEmptyEngine((fresh) => {
  it('brings an empty database up to date, once', async () => {
    const db = await fresh();
    assert.equal((await migrate(db, policy)).length, MIGRATIONS.length + 1);
    assert.deepEqual(await migrate(db, policy), []);
  });

  it('applies each step once when several processes start together', async () => {
    const db = await fresh();
    // Opens as many connections, so that all of them start at once.
    await Promise.all(Array.from({ length: 6 }, () => db.query('SELECT pg_sleep(0.05)')));
    const all = await Promise.all(Array.from({ length: 6 }, () => migrate(db, policy)));
    assert.equal(all.flat().length, MIGRATIONS.length + 1);
  });

  it('adds the columns of a policy that knows more metrics', async () => {
    const db = await fresh();
    await migrate(db, policy);
    const metrics = structuredClone(policy.files.metrics);
    const added = {
      id: 'branch_visits_12m',
      type: 'int',
      unit: 'count',
      label: { 'zh-CN': '', en: '' },
    };
    metrics.metrics.push(added as (typeof metrics.metrics)[number]);
    const next = { ...policy, files: { ...policy.files, metrics } };
    assert.deepEqual(await migrate(db, next), ['metrics: 1 columns from the policy']);
    const row = { customer: 'c', asOf: '2026-10-31', metrics: { branch_visits_12m: 3 } };
    await addMetrics(db, metrics, [row]);
    const [found] = await collect(latestMetrics(db, metrics));
    assert.equal(found?.metrics.branch_visits_12m, 3);
  });

  it('gives metrics back as they were, the latest of each customer, over several pages', async () => {
    const db = await fresh();
    await migrate(db, policy);
    const { metrics } = policy.files;
    const values = {
      deposit_avg_3m_fen: Number.MAX_SAFE_INTEGER,
      owns_property: false,
      education: 'BACHELOR',
      age_years: null,
    };
    const rows = Array.from({ length: 2_001 }, (_, n) => ({
      customer: `c${String(n).padStart(5, '0')}`,
      asOf: '2026-10-31',
      metrics: values,
    }));
    const older = rows.map((row) => ({ ...row, asOf: '2026-09-30', metrics: { age_years: 1 } }));
    await addMetrics(db, metrics, rows);
    await addMetrics(db, metrics, older);
    await addMetrics(
      db,
      metrics,
      rows.map((row) => ({ ...row, metrics: { age_years: 2 } })),
    );
    const found = await collect(latestMetrics(db, metrics));
    assert.deepEqual(
      found.map((row) => row.customer),
      rows.map((row) => row.customer),
    );
    assert.equal(found[0]?.asOf, '2026-10-31');
    for (const [name, value] of Object.entries(values)) {
      assert.equal(found[2_000]?.metrics[name], value, name);
    }
    assert.ok(!('aum_avg_3m_fen' in (found[0]?.metrics ?? {})));
  });
});
