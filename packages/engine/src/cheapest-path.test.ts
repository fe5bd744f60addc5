import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { cheapestPath } from './cheapest-path.js';
import { compilePolicy } from './compile-policy.js';
import type { MetricsRow } from './read-metrics.js';

interface Golden {
  assess: { input: MetricsRow }[];
  paths: {
    id: string;
    why: string;
    input: MetricsRow;
    from_: string;
    target: string;
    expect: { cost: number; moves: Record<string, number>; rung: string; score: number };
  }[];
}

const { files } = loadPolicy();
const grader = compilePolicy(files);
const golden = JSON.parse(readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8')) as Golden;
const base = golden.assess[0]!.input;

describe('cheapestPath gives what the golden file says', () => {
  for (const { id, why, input, from_: from, target, expect } of golden.paths) {
    it(`${id}: ${why}`, () => {
      const path = cheapestPath(grader, files, input, target);
      assert.ok('moves' in path);
      const { leadDays, ...rest } = path;
      assert.deepEqual(rest, { from, target, ...expect });
      assert.ok(leadDays > 0);
    });
  }
});

/** Every choice of candidates, one after the other, straight from the words of `pathRule`. */
function byTryingAll(input: MetricsRow, target: string, variant?: 'neutral') {
  const { levers, rungs } = files['tier-ladder'];
  const rank = (code: string) => rungs.find((rung) => rung.code === code)!.rank;
  const value = (metric: string) => (input[metric] ?? null) as number | null;
  const barred =
    (value('debt_ratio_bp') ?? 5000) >= 5000 || (value('overdue_months_24m') ?? 1) >= 1;
  const lows = (metric: string) =>
    files.scorecard.factors
      .filter((factor) => factor.metric === metric)
      .flatMap(({ bins }) => bins.flatMap((bin) => ('lo' in bin ? [bin.lo] : [])));
  const LARGE = [6e8, 1e9, 3e9, 5e9, 1e10];
  const VIP = [5e7, 2e8, 5e8];
  const limit = value('card_limit_fen');
  const extra: Record<string, number[]> = {
    deposit_avg_3m_fen: [...LARGE, 3e7],
    card_spend_12m_fen: [
      ...[4e6, 5e6],
      ...(limit === null || input.card_spend_month_avg_fen != null
        ? []
        : [12 * (Math.floor(limit / 3) + 1)]),
    ],
  };
  const options = levers.map(({ metric, max }) => {
    const present = value(metric);
    if (present === null || (metric === 'card_spend_12m_fen' && barred)) return [null];
    const all = new Set([...lows(metric), ...(extra[metric] ?? [])]);
    return [null, ...[...all].filter((to) => to > present && to <= max)];
  });
  const found: { key: (number | string)[]; moves: Record<string, number>; cost: number }[] = [];
  const weigh = (values: (number | null)[]) => {
    const moved = levers.flatMap(({ metric, step, costPerStep, max }, i) => {
      const to = values[i] ?? null;
      if (to === null) return [];
      const present = value(metric)!;
      if (to <= present || to > max) return [{ i, metric, to, cost: Infinity }];
      return [{ i, metric, to, cost: Math.ceil((to - present) / step) * costPerStep }];
    });
    const cost = moved.reduce((sum, one) => sum + one.cost, 0);
    if (cost === Infinity || (found[0] && cost > (found[0].key[0] as number))) return;
    const moves = Object.fromEntries(moved.map(({ metric, to }) => [metric, to]));
    const { rung } = grader.decide({ ...input, ...moves }, { variant });
    if (rank(rung) < rank(target)) return;
    const pad = (n: number) => String(n).padStart(12, '0');
    const key = [
      cost,
      moved.length,
      moved.map(({ i }) => i).join(),
      moved.map(({ to }) => pad(to)).join(),
    ];
    const best = found[0]?.key;
    if (best === undefined || less(key, best)) found[0] = { key, moves, cost };
  };
  const less = (a: (number | string)[], b: (number | string)[]) => {
    const at = a.findIndex((one, i) => one !== b[i]);
    return at >= 0 && a[at]! < b[at]!;
  };
  const [deposits, investments, ...rest] = options;
  const pairs: (number | null)[][] = [];
  for (const a of deposits!) for (const b of investments!) pairs.push([a, b]);
  const movable = (list: (number | null)[]) => list.length > 1;
  for (const total of VIP) {
    if (movable(deposits!))
      for (const b of investments!) pairs.push([total - (b ?? value('invest_avg_3m_fen') ?? 0), b]);
    if (movable(investments!))
      for (const a of deposits!) pairs.push([a, total - (a ?? value('deposit_avg_3m_fen') ?? 0)]);
  }
  const tails = rest.reduce<(number | null)[][]>(
    (lists, list) => lists.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  );
  for (const pair of pairs) for (const tail of tails) weigh([...pair, ...tail]);
  return found[0] ?? null;
}

describe('cheapestPath is exact', () => {
  const changes: [why: string, change: object, target: string, variant?: 'neutral'][] = [
    ['from little', { deposit_avg_3m_fen: 100, invest_avg_3m_fen: 0 }, 'QUALITY-1'],
    ['to the top of QUALITY', {}, 'QUALITY-3'],
    ['to VIP with both', { deposit_avg_3m_fen: 1_999_999, invest_avg_3m_fen: 19_999_999 }, 'VIP-1'],
    ['without investments known', { invest_avg_3m_fen: null }, 'VIP-2'],
    ['without deposits known', { deposit_avg_3m_fen: null }, 'VIP-1'],
    ['with a knock-out', { overdue_months_24m: 6, overdue_max_run_24m: 3 }, 'QUALITY-1'],
    ['with an unknown debt ratio', { debt_ratio_bp: null, card_spend_12m_fen: 0 }, 'QUALITY-1'],
    ['with the monthly spend supplied', { card_spend_month_avg_fen: 1 }, 'QUALITY-2'],
    [
      'by occupation',
      { occupation_group: 'A', card_spend_12m_fen: 0, txn_month_avg: 0 },
      'QUALITY-2',
    ],
    [
      'in the neutral variant',
      { occupation_group: 'A', card_spend_12m_fen: 0 },
      'QUALITY-2',
      'neutral',
    ],
    ['just below an edge', { deposit_avg_3m_fen: 29_999_999 }, 'LARGE-1'],
    [
      'with little spend and a high limit',
      { card_spend_12m_fen: 0, card_limit_fen: 9e7 },
      'QUALITY-3',
    ],
  ];
  for (const [why, change, target, variant] of changes) {
    it(why, () => {
      const input = { ...base, ...change };
      const path = cheapestPath(grader, files, input, target, { variant });
      const expected = byTryingAll(input, target, variant);
      if (!('moves' in path)) assert.equal(expected, null);
      else {
        assert.deepEqual(
          { cost: path.cost, moves: path.moves },
          expected && {
            cost: expected.cost,
            moves: expected.moves,
          },
        );
        assert.equal(grader.decide({ ...input, ...path.moves }, { variant }).rung, path.rung);
      }
    });
  }
});

describe('a closed rung', () => {
  const unknown = { ...base, deposit_avg_3m_fen: null, invest_avg_3m_fen: null };
  const cases: [
    why: string,
    input: MetricsRow,
    target: string,
    because: string[],
    nearest: string,
  ][] = [
    [
      'names the knock-outs and the levers that cannot move',
      { ...unknown, overdue_max_run_24m: 3, overdue_months_24m: 6 },
      'QUALITY-1',
      [
        'K1',
        'K2',
        'unknown:deposit_avg_3m_fen',
        'barred:card_spend_12m_fen',
        'overdue_months_24m',
        'occupation_group',
        'score',
        'unknown:invest_avg_3m_fen',
      ],
      'ORDINARY',
    ],
    [
      'says that the credit record is unknown',
      { ...unknown, overdue_max_days_60m: null },
      'QUALITY-1',
      ['creditUnknown', 'unknown:deposit_avg_3m_fen', 'unknown:invest_avg_3m_fen'],
      'ORDINARY',
    ],
    [
      'names the highest rung that is open',
      { ...unknown, txn_month_avg: 0, products_held: 1, card_spend_12m_fen: 4_500_000 },
      'QUALITY-3',
      ['score', 'unknown:deposit_avg_3m_fen', 'unknown:invest_avg_3m_fen'],
      'QUALITY-1',
    ],
  ];
  for (const [why, input, target, because, nearest] of cases) {
    it(why, () => {
      const path = cheapestPath(grader, files, input, target);
      assert.deepEqual(path, { closed: true, because, nearest });
    });
  }

  it('stays closed where the only lever is left out', () => {
    const leftOut = files['tier-ladder'].levers.map(({ metric }) => metric);
    const path = cheapestPath(grader, files, base, 'VIP-1', { leftOut });
    assert.ok('closed' in path && path.nearest === 'QUALITY-1');
  });
});

describe('cheapestPath', () => {
  it('costs nothing where the rung is reached already', () => {
    const path = cheapestPath(grader, files, base, 'QUALITY-1');
    assert.deepEqual(path, {
      ...{ from: 'QUALITY-1', target: 'QUALITY-1', cost: 0, moves: {} },
      ...{ rung: 'QUALITY-1', score: 74, leadDays: 0 },
    });
  });

  it('refuses what is no rung, and metrics that are none', () => {
    assert.throws(() => cheapestPath(grader, files, base, 'GOLD-1'), /GOLD-1 is no rung/);
    assert.throws(
      () => cheapestPath(grader, files, { id: 'c-1', txn_month_avg: -1 }, 'VIP-1'),
      /customer c-1: txn_month_avg: must not be negative/,
    );
  });
});
