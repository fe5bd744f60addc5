import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import type { Expression, PolicyFiles } from '@liyu/policy';
import { checkPolicy } from './check-policy.js';

const { files } = loadPolicy();

/** What is wrong with the rules after a change. */
function mistakesAfter(change: (changed: PolicyFiles) => void): string[] {
  const changed = structuredClone(files);
  change(changed);
  return checkPolicy(changed);
}

const compare = (op: 'ge' | 'lt' | 'eq', name: string, value: number | string | boolean) =>
  ({ op, args: [{ var: name }, value] }) satisfies Expression;
const both = (...args: Expression[]): Expression => ({ op: 'and', args });
const knockout: Expression = { var: 'knockout' };
const sound: Expression = { op: 'not', args: [knockout] };

/** What a rung asks for instead, and the rungs that nobody reaches then. */
const CRITERIA: [why: string, rung: string, criterion: Expression, unreached: string[]][] = [
  [
    'the threshold of the rung above',
    'LARGE-2',
    compare('ge', 'deposit_avg_3m_fen', 3e9),
    ['LARGE-2'],
  ],
  ['one above it', 'LARGE-2', compare('ge', 'deposit_avg_3m_fen', 4e9), ['LARGE-2']],
  ['one fen below it', 'LARGE-2', compare('ge', 'deposit_avg_3m_fen', 3e9 - 1), []],
  // Who is left has unknown assets: 78 points at best.
  ['any assets at all', 'VIP-1', compare('ge', 'aum_avg_3m_fen', 0), ['QUALITY-3']],
  ['deposits that make large', 'VIP-3', compare('ge', 'deposit_avg_3m_fen', 6e8), ['VIP-3']],
  ['a score above 100', 'QUALITY-3', both(sound, compare('ge', 'score', 101)), ['QUALITY-3']],
  // Deposits of 300,000 yuan leave less than 200,000 for investments, or it is VIP: 4 points of 8.
  ['the best score below VIP', 'QUALITY-3', both(sound, compare('ge', 'score', 96)), []],
  [
    'a score that only VIP have',
    'QUALITY-3',
    both(sound, compare('ge', 'score', 97)),
    ['QUALITY-3'],
  ],
  // No credit yet: F01 gives 5 of 14 as missing, F02 none of 8, and investments 4 of 8.
  [
    'the best score without credit',
    'QUALITY-3',
    both(compare('eq', 'credit_active_months', 0), compare('ge', 'score', 79)),
    [],
  ],
  [
    'a score that takes credit',
    'QUALITY-3',
    both(compare('eq', 'credit_active_months', 0), compare('ge', 'score', 80)),
    ['QUALITY-3'],
  ],
  [
    'overdue often, no knock-out',
    'QUALITY-3',
    both(sound, compare('ge', 'overdue_months_24m', 6)),
    ['QUALITY-3'],
  ],
  [
    'overdue less, no knock-out',
    'QUALITY-3',
    both(sound, compare('ge', 'overdue_months_24m', 5)),
    [],
  ],
  [
    'a run longer than all months',
    'QUALITY-3',
    both(compare('lt', 'overdue_months_24m', 2), compare('ge', 'overdue_max_run_24m', 2)),
    ['QUALITY-3'],
  ],
  ['a knock-out', 'QUALITY-3', knockout, []],
  ['a value that no bank has', 'QUALITY-3', compare('eq', 'education', 'NONE'), ['QUALITY-3']],
  ['months below none', 'NEW', compare('lt', 'relationship_months', 0), ['NEW']],
  [
    'a total that investments fill up',
    'VIP-2',
    both(compare('eq', 'deposit_avg_3m_fen', 1_234), compare('eq', 'aum_avg_3m_fen', 99_999)),
    [],
  ],
  [
    'a total below the deposits',
    'VIP-2',
    both(compare('eq', 'deposit_avg_3m_fen', 1_234), compare('lt', 'aum_avg_3m_fen', 1_234)),
    ['VIP-2'],
  ],
  [
    'a product that is just so',
    'NEW',
    { op: 'eq', args: [{ op: 'mul', args: [12, { var: 'income_month_fen' }] }, 240] },
    [],
  ],
  [
    'a product',
    'NEW',
    { op: 'ge', args: [{ op: 'mul', args: [12, { var: 'income_month_fen' }] }, 90_000_000] },
    [],
  ],
  [
    'more of the year than twelve months spend',
    'NEW',
    both(compare('lt', 'card_spend_12m_fen', 12), compare('ge', 'card_spend_month_avg_fen', 100)),
    [],
  ],
  ['a yes or no', 'NEW', { var: 'owns_property' }, []],
  ['a derived value', 'NEW', { var: 'card_spend_over_third' }, []],
  ['nothing at all', 'LARGE-5', { op: 'not', args: [{ op: 'true' }] }, ['LARGE-5']],
];

describe('checkPolicy', () => {
  it('finds nothing wrong with the rules that come with Liyu, in well under a second', () => {
    const began = performance.now();
    assert.deepEqual(checkPolicy(files), []);
    const took = performance.now() - began;
    assert.ok(took < 1_000, `${took} ms`);
  });

  for (const [why, code, criterion, unreached] of CRITERIA) {
    it(`tells whether anybody reaches ${code} by ${why}`, () => {
      const found = mistakesAfter((changed) => {
        changed['tier-ladder'].rungs.find((rung) => rung.code === code)!.criterion = criterion;
      });
      assert.deepEqual(
        found,
        unreached.map((rung) => `tier-ladder.json: ${rung}: no customer can reach it`),
      );
    });
  }

  it('names all rungs below one that takes everyone', () => {
    const found = mistakesAfter((changed) => {
      const rung = changed['tier-ladder'].rungs.find(({ code }) => code === 'QUALITY-1')!;
      rung.criterion = { op: 'or', args: [sound, knockout, compare('ge', 'score', 0)] };
    });
    assert.deepEqual(found, [
      'tier-ladder.json: NEW: no customer can reach it',
      'tier-ladder.json: ORDINARY: no customer can reach it',
    ]);
  });

  type Benefit = PolicyFiles['benefits']['benefits'][number];
  const SHRINKING: [why: string, id: string, change: (benefit: Benefit) => void, told: string[]][] =
    [
      [
        'a class above that lacks it',
        'B-Q2',
        (b) => void (b.grants = b.grants.filter((grant) => grant.class !== 'VIP')),
        ["QUALITY-3 is granted it, VIP-1 above it isn't"],
      ],
      [
        'a class above that grants it late',
        'B-Q3',
        (b) => void (b.grants.find((grant) => grant.class === 'VIP')!.minLevel = 2),
        ["QUALITY-3 is granted it, VIP-1 above it isn't"],
      ],
      [
        'a level with a lower quota',
        'B-V3',
        (b) => void (b.quotaByLevel!['VIP-2'] = 5),
        ['quota falls from 6 of VIP-1 to 5 of VIP-2'],
      ],
      [
        'a class with a lower quota',
        'B-A5',
        (b) => void (b.quotaByLevel!.LARGE = 7),
        ['quota falls from 8 of VIP-3 to 7 of LARGE-1'],
      ],
      [
        'a level with less on top',
        'B-L4',
        (b) => void (b.paramsByLevel!['LARGE-3'] = { addBp: 14 }),
        ['addBp falls from 15 of LARGE-2 to 14 of LARGE-3'],
      ],
      [
        'a class with nothing on top',
        'B-V1',
        (b) => void (b.paramsByLevel!.LARGE = {}),
        ['addBp falls from 10 of VIP-3 to none of LARGE-1'],
      ],
      ['gifts of welcome that end', 'B-N1', (b) => void delete b.alsoWhen, []],
    ];
  for (const [why, id, change, told] of SHRINKING) {
    it(`tells of benefits that shrink: ${why}`, () => {
      const found = mistakesAfter((changed) => {
        change(changed.benefits.benefits.find((benefit) => benefit.id === id)!);
      });
      assert.deepEqual(
        found,
        told.map((reason) => `benefits.json: ${id}: ${reason}`),
      );
    });
  }
});
