import type { Database } from '../db/database.js';
import { feed } from './feeder.js';
import type { Collections } from './write-docs.js';

export interface FeedLoopOptions {
  /** Time between two looks at the outbox, in ms. */
  interval: number;
  /** Told of each scope that got something new, and how many entries. */
  onCopied: (scope: string, entries: number) => void;
  /** Told when a look that began at `began`, as `performance.now()` told it, left the outbox empty. */
  onEmptied?: ((began: number) => void) | undefined;
  /** Told of a look that failed; the next one catches up. */
  onError: (error: unknown) => void;
}

/** Empties the outbox again and again, and at once after a `poke`; one look at a time. */
export class FeedLoop {
  readonly #db: Database;
  readonly #collections: Collections;
  readonly #options: FeedLoopOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(db: Database, collections: Collections, options: FeedLoopOptions) {
    this.#db = db;
    this.#collections = collections;
    this.#options = options;
    this.#timer = setInterval(() => this.poke(), options.interval).unref();
    this.poke();
  }

  poke(): void {
    if (this.#closed) return;
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    const { onCopied, onEmptied, onError } = this.#options;
    const began = performance.now();
    this.#running = feed(this.#db, this.#collections, onCopied)
      .then(() => onEmptied?.(began), onError)
      .finally(() => {
        this.#running = null;
        if (!this.#again) return;
        this.#again = false;
        this.poke();
      });
  }

  /** Stops, and waits for a look that is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}
