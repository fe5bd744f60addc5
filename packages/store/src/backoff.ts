/** Waits that grow with each failure, with full jitter, and that a sign of life cuts short. */
export class Backoff {
  #failures = 0;
  #wakers = new Set<() => void>();

  constructor(
    private readonly firstMs = 500,
    private readonly mostMs = 30_000,
  ) {}

  /** Resolves after a random share of 0.5, 1, 2 … 30 s, but not before `leastMs`, or when woken. */
  async sleep(leastMs = 0): Promise<void> {
    const ceiling = Math.min(this.mostMs, this.firstMs * 2 ** this.#failures++);
    await this.#wait(Math.max(leastMs, Math.random() * ceiling));
  }

  /** Resolves only when woken. */
  async untilWoken(): Promise<void> {
    await this.#wait(null);
  }

  /** Forgets the failures. */
  reset(): void {
    this.#failures = 0;
  }

  /** Ends every wait. */
  wake(): void {
    this.#failures = 0;
    const wakers = [...this.#wakers];
    this.#wakers.clear();
    for (const waker of wakers) waker();
  }

  #wait(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === null ? undefined : setTimeout(done, ms);
      const wakers = this.#wakers;
      function done() {
        clearTimeout(timer);
        wakers.delete(done);
        resolve();
      }
      wakers.add(done);
    });
  }
}
