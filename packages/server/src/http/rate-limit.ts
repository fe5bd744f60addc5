/** Most keys that are remembered; past it, those that wait for nothing are forgotten. */
const KEYS = 50_000;

/**
 * How often somebody may ask: `perMinute` on the average, half of that at once. It keeps one number
 * for each key, the moment at which what it took is made up for (the generic cell rate algorithm).
 */
export class RateLimit {
  readonly #interval: number;
  readonly #burst: number;
  readonly #now: () => number;
  readonly #even = new Map<string, number>();

  /** `now` is a clock in ms that never goes back. */
  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#interval = 60_000 / perMinute;
    this.#burst = 30_000;
    this.#now = now;
  }

  /** Takes one turn for `key`. Returns how long it must wait, in whole seconds; 0 when it needn't. */
  take(key: string): number {
    const now = this.#now();
    const even = Math.max(this.#even.get(key) ?? 0, now) + this.#interval;
    const wait = even - now - Math.max(this.#burst, this.#interval);
    if (wait > 0) return Math.ceil(wait / 1000);
    if (this.#even.size >= KEYS && !this.#even.has(key)) this.#forget(now);
    this.#even.set(key, even);
    return 0;
  }

  /** Forgets who is even; and everybody, should a crowd of addresses be behind it. */
  #forget(now: number): void {
    for (const [key, even] of this.#even) if (even <= now) this.#even.delete(key);
    if (this.#even.size >= KEYS) this.#even.clear();
  }
}
