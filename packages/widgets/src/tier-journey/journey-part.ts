import type { LitElement } from 'lit';
import type * as Module from './journey-side.js';
import type { JourneySide } from './journey-side.js';

type Loaded = typeof Module;

let loaded: Loaded | Promise<Loaded> | undefined;

/**
 * The chunk that knows the rules: at once when it is here, else a promise, which rejects when it can't be
 * fetched; the next call tries again.
 */
export function loadJourneySide(): Loaded | Promise<Loaded> {
  loaded ??= import('./journey-side.js').then(
    (module) => (loaded = module),
    (error: unknown) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}

/** What one journey shows, which isn't loaded before there is a level to explain. */
export class JourneyPart {
  #side: JourneySide | null = null;
  #state: 'idle' | 'loading' | 'failed' = 'idle';

  /** The host updates when the chunk is here, and when it can't be fetched. */
  constructor(
    private readonly host: LitElement,
    private readonly load: typeof loadJourneySide,
  ) {}

  /** Null until it is loaded. */
  get side(): JourneySide | null {
    return this.#side;
  }

  get failed(): boolean {
    return this.#state === 'failed';
  }

  /** Loads it, once. */
  ask(): void {
    if (this.#state !== 'idle' || this.#side !== null) return;
    const found = this.load();
    if (!(found instanceof Promise)) {
      this.#enter(found);
      return;
    }
    this.#state = 'loading';
    void found
      .then(
        (module) => this.#enter(module),
        () => {
          this.#state = 'failed';
        },
      )
      .then(() => this.host.requestUpdate());
  }

  /** Tries again after a failure. */
  retry(): void {
    if (!this.failed) return;
    this.#state = 'idle';
    this.host.requestUpdate();
  }

  #enter({ JourneySide }: Loaded): void {
    this.#side = new JourneySide(this.host);
  }
}
