import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { canonicalJson } from './canonical-json.js';
import { DEFAULT_POLICY_DIR, PolicyError, loadPolicy } from './load-policy.js';
import { forCustomers } from './policy.js';

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-call,
   @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   the point here is to break files in ways that no type allows */
type Break = (content: any) => unknown;

describe('loadPolicy', () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'liyu-policy-'));
  });
  after(() => rmSync(dir, { recursive: true }));

  /** The mistakes of the rules with one file changed. */
  function mistakesOf(file: string, change: Break | string): readonly string[] {
    cpSync(DEFAULT_POLICY_DIR, dir, { recursive: true });
    const path = join(dir, `${file}.json`);
    if (typeof change === 'string') writeFileSync(path, change);
    else {
      const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, JSON.stringify(change(content) ?? content));
    }
    try {
      loadPolicy(dir);
      return [];
    } catch (error) {
      assert.ok(error instanceof PolicyError);
      return error.mistakes;
    }
  }

  it('takes the rules that come with Liyu', () => {
    const policy = loadPolicy();
    assert.equal(policy.files['tier-ladder'].rungs.length, 13);
    assert.match(policy.hash, /^[0-9a-f]{64}$/);
  });

  it('gives another hash when any file changes, and the same when golden.json does', () => {
    const { hash } = loadPolicy();
    assert.deepEqual(mistakesOf('golden', '{}'), []);
    assert.equal(loadPolicy(dir).hash, hash);
    assert.deepEqual(
      mistakesOf('complaints', (file) => ({ ...file, version: '9' })),
      [],
    );
    assert.notEqual(loadPolicy(dir).hash, hash);
  });

  const cases: [why: string, file: string, change: Break | string, expected: RegExp][] = [
    ['no JSON', 'benefits', '{"benefits": [', /^benefits\.json: /],
    [
      'a missing label',
      'tier-ladder',
      (f) => void delete f.rungs[3].label.en,
      /^tier-ladder\.json: rungs\[3\]\(LARGE-2\)\.label\.en: /,
    ],
    [
      'a float',
      'scorecard',
      (f) => void (f.factors[0].bins[1].points = 8.5),
      /^scorecard\.json: factors\[0\]\(F01\)\.bins\[1\]/,
    ],
    [
      'a float where no code looks',
      'benefits',
      (f) => void (f.benefits.at(-1).weight = 0.5),
      /^benefits\.json: benefits\[32\]\(B-A7\)\.weight: 0\.5 is no whole number/,
    ],
    [
      'a float in a criterion',
      'tier-ladder',
      (f) => void (f.rungs[0].criterion.args[1] = 0.5),
      /^tier-ladder\.json: rungs\[0\]\(LARGE-5\)\.criterion/,
    ],
    [
      'an operator that is none',
      'tier-ladder',
      (f) => void (f.rungs[0].criterion.op = 'add'),
      /rungs\[0\]\(LARGE-5\)\.criterion/,
    ],
    [
      'a comparison of three',
      'scorecard',
      (f) => void f.knockouts[0].when.args.push(1),
      /^scorecard\.json: knockouts\[0\]\(K1\)\.when/,
    ],
    [
      'an unknown metric',
      'tier-ladder',
      (f) => void (f.rungs[0].criterion.args[0].var = 'depozit'),
      /^tier-ladder\.json: LARGE-5: reads depozit/,
    ],
    [
      'a factor on nothing',
      'scorecard',
      (f) => void (f.factors[4].metric = 'x'),
      /^scorecard\.json: F05: scores x/,
    ],
    [
      'a gap between bins',
      'scorecard',
      (f) => void (f.factors[3].bins[1].lo += 1),
      /^scorecard\.json: F04: a gap: values from 2000000 up to 2000001 have no bin/,
    ],
    [
      'bins that end',
      'scorecard',
      (f) => void (f.factors[3].bins[4].hi = 9e9),
      /^scorecard\.json: F04: values from 9000000000 on have no bin/,
    ],
    [
      'points above the maximum',
      'scorecard',
      (f) => void (f.factors[0].bins[0].points = 15),
      /^scorecard\.json: F01: a bin gives 15 of 14/,
    ],
    [
      'an id twice',
      'benefits',
      (f) => void (f.benefits[1].id = 'B-L1'),
      /^benefits\.json: B-L1: this id stands twice/,
    ],
    [
      'a grant to no class',
      'benefits',
      (f) => void (f.benefits[0].grants[0].class = 'GOLD'),
      /^benefits\.json: B-L1: grants to GOLD/,
    ],
    [
      'a requirement that is none',
      'benefits',
      (f) => void (f.benefits[0].requires = { moon: 'full' }),
      /^benefits\.json: benefits\[0\]\(B-L1\)\.requires/,
    ],
    [
      'a rank twice',
      'tier-ladder',
      (f) => void (f.rungs[1].rank = 12),
      /^tier-ladder\.json: rank 12: this id stands twice/,
    ],
    [
      'nobody taking the rest',
      'tier-ladder',
      (f) => void (f.rungs = f.rungs.filter((r: any) => r.code !== 'ORDINARY')),
      /^tier-ladder\.json: rungs: no rung takes everyone/,
    ],
    [
      'a survey without a score',
      'surveys',
      (f) => void delete f.templates[0].items[0].score,
      /^surveys\.json: CSAT-BRANCH: needs exactly one/,
    ],
    [
      'a care rule of nobody',
      'care-playbook',
      (f) => void (f.rules[0].owner = 'NOBODY'),
      /^care-playbook\.json: C-BDAY: owner NOBODY/,
    ],
  ];
  for (const [why, file, change, expected] of cases) {
    it(`refuses ${why}, with file and item`, () => {
      const mistakes = mistakesOf(file, change);
      assert.ok(
        mistakes.some((mistake) => expected.test(mistake)),
        mistakes.join('\n') || 'no mistake found',
      );
    });
  }

  it('names every mistake at once', () => {
    const found = mistakesOf('tier-ladder', (f) => {
      f.rungs[0].level = 'five';
      f.rungs[1].label = null;
    });
    assert.equal(found.length, 2);
  });

  it('says which file is missing, and that a folder is none', () => {
    mistakesOf('golden', '{}');
    rmSync(join(dir, 'surveys.json'));
    assert.throws(() => loadPolicy(dir), /surveys\.json: the file is missing/);
    assert.throws(() => loadPolicy(join(dir, 'nowhere')), /nowhere: not a folder/);
  });
});

describe('the projection for customers', () => {
  it('has no AML metric, no internal grade and no source', () => {
    const text = JSON.stringify(forCustomers(loadPolicy()));
    for (const secret of [
      'cash_txn_large_30d',
      'crossborder_txn_30d',
      'RA1',
      '"seed"',
      'valueGrade',
    ]) {
      assert.ok(!text.includes(secret), secret);
    }
    assert.ok(text.includes('VIP客户1级'));
  });

  it('names the ways of contact, and tells nobody when the bank makes use of them', () => {
    const files = forCustomers(loadPolicy());
    assert.deepEqual(Object.keys(files['care-playbook']), ['channels', 'channelLabels']);
    assert.deepEqual(Object.keys(files.complaints), ['label', 'sla', 'stateLabels', 'taxonomy']);
  });
});

describe('canonicalJson', () => {
  it('is that of RFC 8785', () => {
    const value = { ö: 1, z: [true, null, '\u20ac'], a: { '\u0080': 2, '1': 1e21, '10': -0 } };
    assert.equal(
      canonicalJson(value),
      '{"a":{"1":1e+21,"10":0,"\u0080":2},"z":[true,null,"€"],"ö":1}',
    );
  });
});
