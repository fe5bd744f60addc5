import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PolicyError, loadPolicy, parsePolicy } from './load-policy.js';

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-call,
   @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access,
   @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-argument --
   the point here is to break files in ways that no type allows */
type Break = (content: any) => unknown;

const { contents } = loadPolicy();

/** The mistakes of the rules with one file changed. */
function mistakesOf(file: string, change: Break): readonly string[] {
  const changed = structuredClone(contents) as Record<string, unknown>;
  change(changed[file]);
  try {
    parsePolicy(changed);
    return [];
  } catch (error) {
    assert.ok(error instanceof PolicyError);
    return error.mistakes;
  }
}

const byId = (list: any[], id: string) => list.find((one) => (one.id ?? one.code) === id);
const factor = (f: any, id: string) => byId(f.factors, id);
const rung = (f: any, code: string) => byId(f.rungs, code);
const compare = (op: string, name: string, value: unknown) => {
  return { op, args: [{ var: name }, value] };
};

const EXPRESSIONS: [why: string, when: unknown, reason: string][] = [
  ['an unknown name', compare('ge', 'depozit', 1), 'reads depozit, which nothing defines'],
  ['a name of a later stage', compare('ge', 'score', 1), 'reads score, which is known only later'],
  [
    'an order of values',
    compare('ge', 'education', 'BACHELOR'),
    'ge compares education with "BACHELOR", but education has no order',
  ],
  [
    'an order with the constant first',
    { op: 'lt', args: ['BACHELOR', { var: 'education' }] },
    'lt compares education with "BACHELOR", but education has no order',
  ],
  [
    'an order of a flag',
    compare('gt', 'owns_property', 0),
    'gt compares owns_property with 0, but owns_property has no order',
  ],
  [
    'a number below a text',
    compare('lt', 'age_years', 'OLD'),
    'lt compares age_years with "OLD", but "OLD" has no order',
  ],
  [
    'a value that an enum lacks',
    compare('eq', 'occupation_group', 'D'),
    'compares occupation_group with "D", which it can\'t be',
  ],
  [
    'an enum that is a flag',
    compare('eq', 'occupation_group', true),
    "compares occupation_group with true, which it can't be",
  ],
  [
    'a flag that is a number',
    compare('eq', 'owns_property', 1),
    "compares owns_property with 1, which it can't be",
  ],
  [
    'two enums without a value in common',
    compare('eq', 'education', { var: 'family_status' }),
    "compares education with family_status, which it can't be",
  ],
  [
    'a number below 0',
    compare('ge', 'age_years', -1),
    'compares age_years with -1, but it is never below 0',
  ],
  ['a number for a condition', { var: 'age_years' }, 'age_years is no condition'],
  ['a text for a condition', 'yes', '"yes" is no condition'],
  [
    'a number in an or',
    { op: 'or', args: [{ op: 'true' }, { var: 'age_years' }] },
    'or takes age_years, which is no condition',
  ],
  [
    'a flag in a product',
    { op: 'ge', args: [{ op: 'mul', args: [2, { var: 'owns_property' }] }, 1] },
    'mul takes owns_property, which is no number',
  ],
];

describe('findMistakes in an expression', () => {
  for (const [why, when, reason] of EXPRESSIONS) {
    it(`refuses ${why}`, () => {
      const found = mistakesOf('scorecard', (f) => void (f.knockouts[0].when = when));
      assert.deepEqual(found, [`scorecard.json: K1: ${reason}`]);
    });
  }
});

/** Where expressions stand: what reads an unknown name there is told by its item. */
const PLACES: [file: string, item: string, put: Break][] = [
  ['scorecard', 'card_spend_over_third', (f) => (f.derived[0].expr = { var: 'x' })],
  ['scorecard', 'K1', (f) => (f.knockouts[0].when = { var: 'x' })],
  ['scorecard', 'R-LIMIT-THIRD', (f) => (f.sideRules[0].when = { var: 'x' })],
  ['scorecard', 'F01', (f) => (factor(f, 'F01').treatAsMissingWhen = { var: 'x' })],
  ['tier-ladder', 'VIP-1', (f) => (rung(f, 'VIP-1').criterion = { var: 'x' })],
  ['tier-ladder', 'lever products_held', (f) => (f.levers.at(-1).barredWhen = { var: 'x' })],
  ['benefits', 'B-N1', (f) => (byId(f.benefits, 'B-N1').alsoWhen = { var: 'x' })],
  ['risk-grade', 'RA1', (f) => (f.dimensions[1].rules[0].when = { var: 'x' })],
  ['value-grade', 'V1', (f) => (f.rules[0].when = { var: 'x' })],
  ['needs-grade', 'N1', (f) => (f.rules[0].when = { var: 'x' })],
  ['maintenance-matrix', 'G1', (f) => (f.assignment.marketingGrade[0].when = { var: 'x' })],
];

describe('findMistakes reads every expression', () => {
  for (const [file, item, put] of PLACES) {
    it(`of ${item} in ${file}.json`, () => {
      const found = mistakesOf(file, put);
      assert.deepEqual(found, [`${file}.json: ${item}: reads x, which nothing defines`]);
    });
  }
});

const MISTAKES: [why: string, file: string, change: Break, expected: string][] = [
  [
    'a gap before the first bin',
    'scorecard',
    (f) => (factor(f, 'F04').bins[0].lo = 5),
    'F04: a gap: values from 0 up to 5 have no bin',
  ],
  [
    'an overlap of bins',
    'scorecard',
    (f) => (factor(f, 'F04').bins[1].lo -= 1),
    'F04: an overlap: values from 1999999 up to 2000000 have two bins',
  ],
  [
    'a bin after the last',
    'scorecard',
    (f) => factor(f, 'F04').bins.push({ lo: 90_000_000, hi: null, points: 14 }),
    'F04: an overlap: values from 90000000 on have two bins',
  ],
  [
    'an empty bin',
    'scorecard',
    (f) => (factor(f, 'F02').bins[1].hi = 1),
    'F02: a bin from 1 ends at 1, not above it',
  ],
  [
    'a bin below 0',
    'scorecard',
    (f) => (factor(f, 'F04').bins[0].lo = -1),
    'F04: a bin starts at -1, below 0',
  ],
  [
    'points that fall where they are to rise',
    'scorecard',
    (f) => (factor(f, 'F04').bins[2].points = 2),
    'F04: declared up, but points go from 3 to 2 at 5000000',
  ],
  [
    'points that rise where they are to fall',
    'scorecard',
    (f) => (factor(f, 'F01').bins[4].points = 3),
    'F01: declared down, but points go from 2 to 3 at 6',
  ],
  [
    'a flag against the declared way',
    'scorecard',
    (f) => (factor(f, 'F07').monotone = 'down'),
    'F07: declared down, but false gives 0 and true 3',
  ],
  [
    'a value without a bin',
    'scorecard',
    (f) => factor(f, 'F13').bins.pop(),
    'F13: the value C of occupation_group has no bin',
  ],
  [
    'a flag without a bin',
    'scorecard',
    (f) => factor(f, 'F08').bins.pop(),
    'F08: the value false of owns_vehicle has no bin',
  ],
  [
    'a value with two bins',
    'scorecard',
    (f) => factor(f, 'F13').bins.push({ eq: 'C', points: 2 }),
    'F13: the value C of occupation_group has 2 bins',
  ],
  [
    'a bin for no value',
    'scorecard',
    (f) => factor(f, 'F13').bins.push({ eq: 'D', points: 0 }),
    "F13: a bin for D, which occupation_group can't be",
  ],
  [
    'ranges of values',
    'scorecard',
    (f) => (factor(f, 'F13').bins = [{ lo: 0, hi: null, points: 5 }]),
    'F13: occupation_group takes bins of values',
  ],
  [
    'values of ranges',
    'scorecard',
    (f) => (factor(f, 'F12').bins = [{ eq: true, points: 5 }]),
    'F12: products_held takes bins of ranges',
  ],
  [
    'bins of both kinds',
    'scorecard',
    (f) => factor(f, 'F12').bins.push({ eq: true, points: 5 }),
    'F12: mixes bins of ranges and of values',
  ],
  [
    'a best bin below max',
    'scorecard',
    (f) => (factor(f, 'F04').bins[4].points = 13),
    'F04: the best bin gives 13 of 14: nobody can earn max',
  ],
  [
    'more for what is missing than max',
    'scorecard',
    (f) => (factor(f, 'F08').missingPoints = 2),
    'F08: missingPoints gives 2 of 1',
  ],
  [
    'a block that does not add up',
    'scorecard',
    (f) => (f.blocks[1].max = 29),
    'assets: its max is 29, but those of its factors add up to 30',
  ],
  [
    'blocks that do not add up',
    'scorecard',
    (f) => (f.blocks[1].max = 29),
    'blocks: their max add up to 99, not to 100',
  ],
  [
    'a block that nobody declared',
    'scorecard',
    (f) => (factor(f, 'F04').block = 'wealth'),
    "F04: block wealth isn't declared",
  ],
  [
    'a variant that drops no factor',
    'scorecard',
    (f) => f.variants[0].drop.push('F99'),
    'neutral: drops F99, which is no factor',
  ],
  [
    'a variant that drops all factors',
    'scorecard',
    (f) => (f.variants[0].drop = f.factors.map(({ id }: any) => id)),
    'neutral: drops every factor',
  ],
  [
    'a lever on no metric',
    'tier-ladder',
    (f) => (f.levers[0].metric = 'gold_fen'),
    'lever gold_fen: is on no metric',
  ],
  [
    'a lever on a flag',
    'tier-ladder',
    (f) => (f.levers[0].metric = 'owns_property'),
    'lever owns_property: is on owns_property, which is no number',
  ],
  [
    'a lever on a computed total',
    'tier-ladder',
    (f) => (f.levers[0].metric = 'aum_avg_3m_fen'),
    'lever aum_avg_3m_fen: is on aum_avg_3m_fen, which is computed',
  ],
  [
    'two levers on one metric',
    'tier-ladder',
    (f) => (f.levers[0].metric = f.levers[1].metric),
    'lever invest_avg_3m_fen: this id stands twice',
  ],
  [
    'a class without the levels it declares',
    'tier-ladder',
    (f) => (f.classes.find(({ id }: any) => id === 'VIP').levels = 4),
    'VIP: level 4 has no rung',
  ],
  [
    'a level above those of its class',
    'tier-ladder',
    (f) => (f.classes.find(({ id }: any) => id === 'VIP').levels = 2),
    "VIP: level 3 isn't one of its 2",
  ],
  [
    'a rung that ranks below a lower one',
    'tier-ladder',
    (f) => ([rung(f, 'VIP-3').rank, rung(f, 'LARGE-1').rank] = [8, 7]),
    'LARGE-1: rank 7 is below 8 of VIP-3, a lower rung',
  ],
  [
    'a class that no downgrade knows',
    'tier-ladder',
    (f) => delete f.reevaluation.downgradeAfterMonths.VIP,
    'VIP: reevaluation.downgradeAfterMonths has no number for it',
  ],
  [
    'an event without a label',
    'tier-ladder',
    (f) => delete f.reevaluation.eventLabels.WATCH,
    'WATCH: reevaluation.eventLabels has no label for it',
  ],
  [
    'a kind without a label',
    'benefits',
    (f) => delete f.kindLabels.rate,
    'rate: kindLabels has no label for it',
  ],
  [
    'a period without a label',
    'benefits',
    (f) => delete f.periodLabels.lifetime,
    'B-N1: periodLabels has no label for lifetime',
  ],
  [
    'a grant from a level that is not there',
    'benefits',
    (f) => (byId(f.benefits, 'B-V10').grants[0].minLevel = 4),
    'B-V10: grants from level 4 of VIP, which has none so high',
  ],
  [
    'a benefit of nobody',
    'benefits',
    (f) => (byId(f.benefits, 'B-L1').grants = []),
    'B-L1: nobody is granted it',
  ],
  [
    'a quota of no rung',
    'benefits',
    (f) => (byId(f.benefits, 'B-A5').quotaByLevel['GOLD-1'] = 3),
    'B-A5: quotaByLevel names GOLD-1, which is no rung and no class',
  ],
  [
    'a parameter of no rung',
    'benefits',
    (f) => (byId(f.benefits, 'B-V1').paramsByLevel['GOLD-1'] = { addBp: 3 }),
    'B-V1: paramsByLevel names GOLD-1, which is no rung and no class',
  ],
  [
    'a quota per nothing',
    'benefits',
    (f) => (byId(f.benefits, 'B-A5').quota = null),
    'B-A5: quotaByLevel without a quota, which says per what',
  ],
  [
    'a side rule that is none',
    'benefits',
    (f) => (byId(f.benefits, 'B-Q6').requires.sideRule = 'R-MOON'),
    'B-Q6: requires R-MOON, which is no side rule',
  ],
  [
    'an enum without values',
    'metrics',
    (f) => (byId(f.metrics, 'customer_type').values = []),
    'customer_type: an enum needs values',
  ],
  [
    'a value without a label',
    'metrics',
    (f) => delete byId(f.metrics, 'education').valueLabels.BACHELOR,
    'education: the value BACHELOR has no label',
  ],
  [
    'a name that can be no column',
    'metrics',
    (f) => (byId(f.metrics, 'misoperation_90d').id = 'Mis-operation'),
    'Mis-operation: must be of a-z, 0-9 and _, since it names a column',
  ],
  [
    'a number that stands for null',
    'metrics',
    (f) => (byId(f.metrics, 'products_held').nullMeans = false),
    'products_held: only a flag can have nullMeans',
  ],
  [
    'a metric that grading misses',
    'metrics',
    (f) => (f.metrics = f.metrics.filter(({ id }: any) => id !== 'card_limit_fen')),
    'card_limit_fen: is missing, and grading reads it by this name',
  ],
  [
    'an outcome without a label',
    'value-grade',
    (f) => delete f.labels.HIGH,
    "V1: gives HIGH, which labels doesn't have",
  ],
  [
    'an outcome without a service',
    'needs-grade',
    (f) => delete f.service.BASIC,
    "N3: gives BASIC, which service doesn't have",
  ],
  [
    'rules that leave some without a grade',
    'needs-grade',
    (f) => f.rules.pop(),
    "rules: the last rule doesn't take the rest (when true)",
  ],
  [
    'a credit risk that nobody grades',
    'risk-grade',
    (f) => (f.dimensions[0].id = 'CREDITS'),
    'CREDIT: is missing, and benefits rest on this dimension',
  ],
  [
    'a marketing grade that is none',
    'maintenance-matrix',
    (f) => (f.assignment.marketingGrade[0].out = 'GOLD'),
    "G1: gives GOLD, which marketingGrade doesn't have",
  ],
  [
    'a method that is none',
    'maintenance-matrix',
    (f) => f.behaviourType[0].methods.push('MAGIC'),
    "RELATION: method MAGIC isn't declared",
  ],
  [
    'a gap between bands',
    'segments',
    (f) => (byId(f.depositBands, 'D2').lo += 1),
    'depositBands: a gap: values from 5000000 up to 5000001 have no band',
  ],
  [
    'an overlap of life stages',
    'segments',
    (f) => (byId(f.lifeStages, 'MID').age[0] = 29),
    'lifeStages: an overlap: values from 29 up to 30 have two stages',
  ],
  [
    'a state without a label',
    'complaints',
    (f) => delete f.stateLabels.CLOSED,
    'CLOSED: stateLabels has no label for it',
  ],
  [
    'a channel without a label',
    'care-playbook',
    (f) => delete f.channelLabels.WECHAT,
    'WECHAT: channelLabels has no label for it',
  ],
  [
    'a benefit that promises a return',
    'benefits',
    (f) => (byId(f.benefits, 'B-V7').label['zh-CN'] = '专属理财，预期收益更高'),
    'B-V7: "预期收益" promises a return',
  ],
  [
    'a sentence that promises one in a file that no rule reads',
    'copy',
    (f) => (f.strings['ben.available'].en = 'A guaranteed return'),
    'ben.available: "guaranteed return" promises a return',
  ],
];

describe('findMistakes', () => {
  it('finds none in the rules that come with Liyu', () => {
    assert.deepEqual(
      mistakesOf('metrics', () => undefined),
      [],
    );
  });

  for (const [why, file, change, expected] of MISTAKES) {
    it(`refuses ${why}`, () => {
      const found = mistakesOf(file, change);
      assert.ok(found.includes(`${file}.json: ${expected}`), found.join('\n') || 'nothing found');
    });
  }
});
