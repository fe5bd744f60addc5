import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { compilePolicy } from '../compile-policy.js';
import { MetricsError } from '../read-metrics.js';
import type { MetricsRow } from '../read-metrics.js';
import { unknownIn } from './metric-column.js';
import type { Columns, MetricColumn } from './metric-column.js';
import { toColumns } from './to-columns.js';

const { files } = loadPolicy();
const grader = compilePolicy(files);
const golden = (
  JSON.parse(readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8')) as {
    assess: { input: MetricsRow }[];
  }
).assess.map(({ input }) => input);

/** Rows in which every metric is unknown, at an edge of a bin, or one beside it. */
function edgeRows(count: number): MetricsRow[] {
  let seed = 20261126;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const extra = [0, 5, 6, 30_000_000, 50_000_000, 200_000_000, 600_000_000, 5_000_000_000];
  return Array.from({ length: count }, () => {
    const row: Record<string, unknown> = {};
    for (const { id, type, values, derived, unit } of files.metrics.metrics) {
      if (derived !== undefined || random(8) === 0) continue;
      if (type === 'bool') row[id] = random(2) === 1;
      else if (type === 'enum') row[id] = values![random(values!.length)];
      else {
        const edges = files.scorecard.factors
          .filter(({ metric }) => metric === id)
          .flatMap(({ bins }) => bins.flatMap((bin) => ('lo' in bin ? [bin.lo] : [])));
        const all = unit === 'fen' ? [...edges, ...extra] : [...edges, 0, 3, 6, 90];
        row[id] = Math.max(0, all[random(all.length)]! + random(3) - 1);
      }
    }
    const months = row.overdue_months_24m as number | undefined;
    const run = row.overdue_max_run_24m as number | undefined;
    if (months !== undefined && run !== undefined) row.overdue_max_run_24m = Math.min(run, months);
    if (row.card_limit_fen === 0) delete row.card_limit_fen;
    return row;
  });
}

/** The same columns, each a Float64Array. */
function asNumbers(columns: Columns): Columns {
  const number = (column: MetricColumn) => (value: number) =>
    !(column instanceof Float64Array) && value === unknownIn(column) ? NaN : value;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      Float64Array.from(column, number(column)),
    ]),
  );
}

/** The same columns, bytes as words. */
function asWords(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      column instanceof Uint8Array
        ? Uint16Array.from(column, (value) => (value === 255 ? 65535 : value))
        : column,
    ]),
  );
}

describe('gradeColumns gives what grade gives', () => {
  const rows = [...golden, ...edgeRows(20_000)];
  const { columns, places, refused } = toColumns(grader, rows);
  it('of columns of bytes, words and numbers', () => {
    const kinds = new Set(Object.values(columns).map((column) => column.constructor));
    assert.deepEqual([...kinds].sort(), [Float64Array, Uint16Array, Uint8Array].sort());
    const expected = grader.gradeColumns(columns, { explain: true });
    assert.deepEqual(grader.gradeColumns(asNumbers(columns), { explain: true }), expected);
    assert.deepEqual(grader.gradeColumns(asWords(columns), { explain: true }), expected);
  });
  const ids = files.scorecard.factors.map(({ id }) => id);
  for (const variant of [undefined, 'neutral'] as const) {
    it(variant ?? 'whole', () => {
      assert.deepEqual(refused, []);
      const graded = grader.gradeColumns(columns, { variant, explain: true });
      const met = new Set<string>();
      for (const [i, place] of places.entries()) {
        const grade = grader.grade(rows[place]!, { variant });
        met.add(grade.rung);
        const reasons = [...graded.reasons!.subarray(4 * i, 4 * i + 4)].filter((n) => n < 255);
        const found = {
          rung: graded.rungs[graded.rung[i]!],
          score: graded.score[i],
          neutralScore: graded.neutralScore[i],
          knockouts: files.scorecard.knockouts
            .map(({ id }) => id)
            .filter((_, n) => ((graded.knockouts[i]! >> n) & 1) === 1),
          creditKnown: graded.creditUnknown[i] === 0,
          points: Object.fromEntries(ids.map((id) => [id, graded.points![id]![i]])),
          reasons: reasons.map((n) => ids[n]),
        };
        const { rung, score, neutralScore, knockouts, creditKnown, points } = grade;
        const expected = { rung, score, neutralScore, knockouts, creditKnown, points };
        assert.deepEqual(found, { ...expected, reasons: grade.reasons }, `row ${place}`);
      }
      assert.ok(met.size >= 11, [...met].join());
      const brief = grader.gradeColumns(columns, { variant });
      assert.deepEqual(brief.rung, graded.rung);
      assert.equal(brief.points, undefined);
    });
  }
});

describe('columns at fault', () => {
  const column = (...values: number[]) => Float64Array.from(values);
  const cases: [why: string, columns: Columns, message: RegExp][] = [
    [
      'a negative amount',
      { deposit_avg_3m_fen: column(1, -1) },
      /#1: deposit_avg_3m_fen: must not be negative/,
    ],
    ['a fraction', { txn_month_avg: column(1.5) }, /#0: txn_month_avg: must be an integer/],
    ['infinity', { txn_month_avg: column(Infinity) }, /#0: txn_month_avg: must be an integer/],
    ['beyond 2^53', { card_limit_fen: column(2 ** 53) }, /#0: card_limit_fen: must be below 2\^53/],
    ['an age', { age_years: column(NaN, 120, 121) }, /#2: age_years: must be 120 or less/],
    ['no flag among bytes', { owns_property: Uint8Array.of(255, 2) }, /#1: owns_property: must be/],
    ['no flag among words', { owns_property: Uint16Array.of(2) }, /#0: owns_property: must be/],
    ['an age among bytes', { age_years: Uint8Array.of(255, 120, 121) }, /#2: age_years: must be/],
    [
      'no value of the list among bytes',
      { customer_type: Uint8Array.of(0, 2) },
      /#1: customer_type: must be one of/,
    ],
    [
      'the first customer, though a column before tells of a later one',
      { txn_month_avg: column(1, 1.5), education: Uint8Array.of(9, 0) },
      /^customer #0: education: must be one of/,
    ],
    ['no flag', { owns_property: column(2) }, /#0: owns_property: must be true or false/],
    ['no value of the list', { education: column(3) }, /#0: education: must be one of/],
    [
      'a contradiction',
      { overdue_max_run_24m: column(0, 3), overdue_months_24m: column(0, 2) },
      /#1: overdue_max_run_24m: credit: above overdue_months_24m/,
    ],
    [
      'a total beyond 2^53',
      { deposit_avg_3m_fen: column(2 ** 53 - 1), invest_avg_3m_fen: column(1) },
      /#0: aum_avg_3m_fen: the total of deposits and investments/,
    ],
  ];
  for (const [why, columns, message] of cases) {
    it(`${why}: names the customer by place, and the metric`, () => {
      assert.throws(
        () => grader.gradeColumns(columns),
        (error) => {
          assert.ok(error instanceof MetricsError);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }

  it('refuses what is no column of metrics', () => {
    const of = (columns: object) => () => grader.gradeColumns(columns as never);
    assert.throws(of({ depozit: column(1) }), /column depozit: no such metric/);
    assert.throws(of({ aum_avg_3m_fen: column(1) }), /column aum_avg_3m_fen: no such metric/);
    assert.throws(
      of({ txn_month_avg: [1] }),
      /column txn_month_avg: no Float64Array, Uint8Array or Uint16Array/,
    );
    assert.throws(
      of({ txn_month_avg: column(1), products_held: column(1, 2) }),
      /column products_held: 2 values beside 1/,
    );
  });

  it('takes no customer at all', () => {
    assert.equal(grader.gradeColumns({}).rung.length, 0);
  });
});

it('toColumns tells every bad row by its customer, and keeps the others', () => {
  const found = toColumns(grader, [
    { id: 'a', txn_month_avg: 1 },
    { id: 'b', txn_month_avg: -1, education: 'PHD' },
    { id: 'c', depozit: 1 },
    { id: 'd' },
  ]);
  assert.deepEqual([...found.places], [0, 3]);
  assert.deepEqual(
    found.refused.map(({ place, id, faults }) => [place, id, faults.map(({ field }) => field)]),
    [
      [1, 'b', ['txn_month_avg', 'education']],
      [2, 'c', ['depozit']],
    ],
  );
  assert.deepEqual(found.columns.txn_month_avg, Uint8Array.of(1, 255));
});
