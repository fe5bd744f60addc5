/**
 * A stream of random numbers (sfc32, Doty-Humphrey's small fast counting generator) that depends on
 * its seed, number and topic only: what one topic of one customer draws moves no other draw. Uses
 * nothing but integer and exact arithmetic, so that every machine draws the same.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: number, number: number, topic: string) {
    this.#a = seed | 0;
    this.#b = number | 0;
    this.#c = hash(topic);
    for (let i = 0; i < 15; i++) this.next();
  }

  /** An integer from 0 to 2^32 - 1. */
  next(): number {
    const out = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + out;
    this.#c |= 0;
    return out >>> 0;
  }

  /** From 0 up to, not including, 1; 53 bits. */
  unit(): number {
    return ((this.next() >>> 5) * 67_108_864 + (this.next() >>> 6)) / 9_007_199_254_740_992;
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return high <= low ? low : low + Math.floor(this.unit() * (high - low + 1));
  }

  /** As `between`, but small values are likelier, the more so the higher `power`. */
  skewed(low: number, high: number, power: number): number {
    let share = 1;
    for (let i = 0; i < power; i++) share *= this.unit();
    return low + Math.floor(share * (high - low + 1));
  }

  /** Whether something happens that happens `percent` times in 100. */
  chance(percent: number): boolean {
    return this.unit() * 100 < percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)]!;
  }

  /** One of a list of values with weights. */
  weighted<T>(list: readonly (readonly [value: T, weight: number])[]): T {
    let total = 0;
    for (const [, weight] of list) total += weight;
    let left = this.unit() * total;
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    return list.at(-1)![0];
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let out = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) out = Math.imul(out ^ text.charCodeAt(i), 0x01000193);
  return out | 0;
}
