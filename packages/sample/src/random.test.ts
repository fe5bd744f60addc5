import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from './random.js';

describe('a stream of random numbers', () => {
  it('is that of sfc32, seeded with seed, number and hash of the topic', () => {
    // Reckoned apart with 64-bit integers; a wrong step of the generator shows here.
    const random = new Random(1, 7, 'names');
    assert.deepEqual([random.next(), random.next(), random.next()], reference(1, 7, 'names', 3));
  });

  it('depends on seed, number and topic, and on nothing else', () => {
    const first = (...of: ConstructorParameters<typeof Random>) => new Random(...of).next();
    assert.equal(first(1, 2, 'a'), first(1, 2, 'a'));
    const others = [first(1, 2, 'a'), first(2, 2, 'a'), first(1, 3, 'a'), first(1, 2, 'b')];
    assert.equal(new Set(others).size, 4);
  });

  it('fills every interval evenly, ends included', () => {
    const random = new Random(3, 0, 'even');
    const counts = new Map<number, number>();
    for (let i = 0; i < 60_000; i++) {
      const drawn = random.between(-1, 4);
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    assert.deepEqual(
      [...counts.keys()].sort((a, b) => a - b),
      [-1, 0, 1, 2, 3, 4],
    );
    for (const count of counts.values()) assert.ok(Math.abs(count - 10_000) < 400, String(count));
  });

  it('draws by weight', () => {
    const random = new Random(4, 0, 'weights');
    let rare = 0;
    for (let i = 0; i < 20_000; i++) {
      if (
        random.weighted([
          ['often', 95],
          ['rare', 5],
          ['never', 0],
        ] as const) === 'rare'
      )
        rare++;
    }
    assert.ok(rare > 850 && rare < 1_150, String(rare));
  });
});

function reference(seed: number, number: number, topic: string, count: number): number[] {
  const M = 0xffffffffn;
  let hash = 0x811c9dc5n;
  for (const character of topic) {
    hash = ((hash ^ BigInt(character.charCodeAt(0))) * 0x01000193n) & M;
  }
  let [a, b, c, d] = [BigInt(seed), BigInt(number), hash, 1n];
  const out: number[] = [];
  for (let i = 0; i < 15 + count; i++) {
    const t = (a + b + d) & M;
    d = (d + 1n) & M;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & M;
    c = (((c << 21n) | (c >> 11n)) + t) & M;
    if (i >= 15) out.push(Number(t));
  }
  return out;
}
