import type { Log } from './log.js';

/** Time between two lines about a trouble that lasts, in ms. */
const REMINDER = 60_000;

/**
 * Tells the log of something that is tried again and again: when it first fails, each minute while it
 * lasts with how often it failed, and when it is over. A failure a second would bury the rest.
 */
export class Trouble {
  readonly #log: Log;
  readonly #name: string;
  readonly #now: () => number;
  #since: number | null = null;
  #told = 0;
  #failures = 0;

  constructor(log: Log, name: string, now: () => number = () => performance.now()) {
    this.#log = log;
    this.#name = name;
    this.#now = now;
  }

  failed(error: unknown): void {
    this.#failures += 1;
    const now = this.#now();
    if (this.#since === null) {
      this.#since = now;
      this.#told = now;
      this.#log.failure(`${this.#name} failed`, error);
    } else if (now - this.#told >= REMINDER) {
      this.#told = now;
      this.#log.event('warn', `${this.#name} still fails`, this.#facts(now));
    }
  }

  worked(): void {
    if (this.#since === null) return;
    this.#log.event('info', `${this.#name} works again`, this.#facts(this.#now()));
    this.#since = null;
    this.#failures = 0;
  }

  #facts(now: number): { failures: number; seconds: number } {
    return { failures: this.#failures, seconds: Math.round((now - (this.#since ?? now)) / 1000) };
  }
}
