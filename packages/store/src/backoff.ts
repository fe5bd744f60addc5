/** Waits that grow with each failure, with full jitter, and that a sign of life cuts short. */
export class Backoff {
  #failures = 0;

  constructor(
    private readonly firstMs = 500,
    private readonly mostMs = 30_000,
    private readonly wakers = new Set<() => void>(),
  ) {}

  /** One that counts failures of its own, and is woken together with this one. */
  another(): Backoff {
    return new Backoff(this.firstMs, this.mostMs, this.wakers);
  }

  /** Resolves after a random share of 0.5, 1, 2 … 30 s, but not before `leastMs`, or when woken. */
  async sleep(leastMs = 0): Promise<void> {
    const ceiling = Math.min(this.mostMs, this.firstMs * 2 ** this.#failures++);
    const isWoken = await this.#wait(Math.max(leastMs, Math.random() * ceiling));
    if (isWoken) this.reset();
  }

  /** Resolves only when woken. */
  async untilWoken(): Promise<void> {
    await this.#wait(null);
    this.reset();
  }

  /** Forgets the failures. */
  reset(): void {
    this.#failures = 0;
  }

  /** Ends every wait. */
  wake(): void {
    this.reset();
    const wakers = [...this.wakers];
    this.wakers.clear();
    for (const waker of wakers) waker();
  }

  /** Resolves when the time is over, or when woken; gives which. */
  #wait(ms: number | null): Promise<boolean> {
    const { wakers } = this;
    return new Promise((resolve) => {
      const timer = ms === null ? undefined : setTimeout(() => end(false), ms);
      const wake = () => end(true);
      function end(isWoken: boolean) {
        clearTimeout(timer);
        wakers.delete(wake);
        resolve(isWoken);
      }
      wakers.add(wake);
    });
  }
}
