/** Most writes that are followed at a time; while the feed is that far behind, one more says nothing. */
const MOST = 10_000;

/**
 * Measures how long writes wait for the feed. A write counts as copied when a round of the feed that
 * began after it has found the outbox empty. Times are those of `performance.now()`, in ms.
 */
export class FeedDelay {
  #writes: number[] = [];

  written(at: number): void {
    if (this.#writes.length < MOST) this.#writes.push(at);
  }

  /** Ages at `now` of the writes that a round begun at `began` has copied, in ms. */
  emptied(began: number, now: number): number[] {
    const done = this.#writes.filter((at) => at <= began);
    this.#writes = this.#writes.filter((at) => at > began);
    return done.map((at) => now - at);
  }
}
