import { describe, it } from 'node:test';
import { SEEDS, expectWhole, players } from './seeds.testing.js';

describe('the simulation', () => {
  const play = players();

  it(`loses nothing and leaks nothing, seeds 1 to ${SEEDS}`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) expectWhole(await play(seed));
  });
});
