import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SEEDS, expectWhole, players } from './seeds.testing.js';
import { Tally } from './tally.js';

describe('the simulation', () => {
  const play = players();

  it(`loses nothing and leaks nothing, seeds 1 to ${SEEDS}, whatever happens`, async () => {
    const total = new Tally();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const outcome = await play(seed);
      expectWhole(outcome);
      total.addAll(outcome.tally);
    }
    assert.deepEqual(total.missing(), [], 'never happened');
  });
});
