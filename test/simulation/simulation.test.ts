import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as mutants from './mutants.js';
import { SEEDS, expectWhole, players } from './seeds.testing.js';
import type { SimulationOptions } from './simulate.js';

const failing = JSON.parse(
  readFileSync(new URL('failing-seeds.json', import.meta.url), 'utf8'),
) as { seed: number; happenings: number }[];

/** Longer stories: most mistakes need a few things to go wrong together. */
const MUTANT_HAPPENINGS = 16;

describe('the simulation', () => {
  const play = players();

  it('holds for the seeds that once failed', async () => {
    for (const { seed, happenings } of failing) expectWhole(await play(seed, { happenings }));
  });

  it('plays a seed again byte for byte', async () => {
    for (const seed of [3, 21]) {
      const [one, other] = [await play(seed), await play(seed)];
      assert.deepEqual(other.trace, one.trace);
      assert.equal(other.hash, one.hash);
    }
    assert.notEqual((await play(3)).hash, (await play(4)).hash);
  });

  const wrong: [what: string, options: Partial<SimulationOptions>, found: RegExp][] = [
    [
      'checks the base before equality',
      { wrapServer: mutants.baseBeforeEquality },
      /refused when it came again/,
    ],
    [
      'goes by the time of a write',
      { wrapServer: mutants.timestampCheckpoint },
      / is missing| is too many| differs/,
    ],
    [
      'filters after the limit',
      { wrapServer: mutants.filterAfterLimit },
      / is missing| never delivered/,
    ],
    ['loses a record of a page', { wrapServer: mutants.shortPages }, / has the digest /],
    ['has a conflict handler that throws', { resolve: mutants.throwingHandler }, /never delivered/],
  ];
  for (const [what, options, found] of wrong) {
    it(`finds who ${what}`, async () => {
      for (let seed = 1; seed <= SEEDS; seed++) {
        const { breaches } = await play(seed, { happenings: MUTANT_HAPPENINGS, ...options });
        if (breaches.some((breach) => found.test(breach))) return;
      }
      assert.fail(`${SEEDS} seeds found nothing`);
    });
  }
});
