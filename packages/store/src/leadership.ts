/** What a tab does when it becomes, and when it no longer is, the one that replicates. */
export interface Turn {
  begin(): void;
  /** Resolves when nothing replicates here any more. */
  end(): Promise<void>;
}

/**
 * Which tab of a person's store talks to the server: the one that holds a lock, which the browser gives
 * to the next in line when its tab closes or crashes. Without locks, or without a name (a store in
 * memory), every tab does.
 */
export class Leadership {
  /** Whether this tab is the one. */
  leading = false;
  #release: (() => void) | null = null;
  #waiting: AbortController | null = null;
  #stopped = false;
  #isAway = false;

  constructor(
    private readonly name: string | null,
    private readonly turn: Turn,
  ) {
    // A page that the browser keeps for "back", or freezes, keeps its locks.
    addEventListener('pagehide', this.#onHide);
    document.addEventListener('freeze', this.#onHide);
    addEventListener('pageshow', this.#onShow);
    document.addEventListener('resume', this.#onShow);
  }

  /** Joins the line. */
  start(): void {
    if (this.leading || this.#waiting !== null || this.#stopped) return;
    if (this.name === null || !('locks' in navigator)) {
      this.leading = true;
      this.turn.begin();
      return;
    }
    const waiting = new AbortController();
    this.#waiting = waiting;
    void this.#hold({ signal: waiting.signal });
  }

  /** Takes over from a tab that no longer answers (a phone suspends tabs that it doesn't show). */
  steal(): void {
    if (this.leading || this.name === null || !('locks' in navigator) || this.#stopped) return;
    this.#waiting?.abort();
    this.#waiting = null;
    void this.#hold({ steal: true });
  }

  /** Resigns when another tab is in line. */
  async giveWay(): Promise<void> {
    if (this.name === null || !('locks' in navigator)) return;
    const { pending } = await navigator.locks.query();
    if (pending?.some(({ name }) => name === this.#lock()) === true) await this.resign();
  }

  /** Lets the next tab have its turn, and doesn't join the line again by itself. */
  async resign(): Promise<void> {
    this.#waiting?.abort();
    this.#waiting = null;
    if (!this.leading) return;
    this.leading = false;
    const release = this.#release;
    this.#release = null;
    await this.turn.end();
    release?.();
  }

  /** Resigns for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    removeEventListener('pagehide', this.#onHide);
    document.removeEventListener('freeze', this.#onHide);
    removeEventListener('pageshow', this.#onShow);
    document.removeEventListener('resume', this.#onShow);
    await this.resign();
  }

  readonly #onHide = () => {
    this.#isAway = true;
    // There is no time to wait: for a moment two may replicate.
    this.#release?.();
    void this.resign();
  };

  readonly #onShow = () => {
    if (this.#isAway) this.start();
    this.#isAway = false;
  };

  #lock(): string {
    return `liyu:${this.name}`;
  }

  async #hold(options: LockOptions): Promise<void> {
    try {
      await navigator.locks.request(this.#lock(), options, async () => {
        this.#waiting = null;
        if (this.#stopped) return;
        const released = new Promise<void>((resolve) => {
          this.#release = resolve;
        });
        this.leading = true;
        this.turn.begin();
        await released;
      });
    } catch (error) {
      const isAborted = error instanceof DOMException && error.name === 'AbortError';
      if (!isAborted && !this.#stopped && !this.leading) {
        // This page gets no locks.
        this.#waiting = null;
        this.leading = true;
        this.turn.begin();
      }
      // Out of the line, or another tab took the lock from this one.
      if (!isAborted || !this.leading) return;
      this.leading = false;
      this.#release = null;
      await this.turn.end();
      this.start();
    }
  }
}
