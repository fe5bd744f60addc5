import type { LitElement } from 'lit';
import type * as Module from './staff-side.js';
import type { StaffSide } from './staff-side.js';

type Loaded = typeof Module;

let loaded: Loaded | Promise<Loaded> | undefined;

/**
 * The chunk of staff: at once when it is here, else a promise, which rejects when it can't be fetched;
 * the next call tries again.
 */
export function loadStaffSide(): Loaded | Promise<Loaded> {
  loaded ??= import('./staff-side.js').then(
    (module) => (loaded = module),
    (error: unknown) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}

/** The staff's side of one card, which isn't loaded before it is asked for. */
export class StaffPart {
  #side: StaffSide | null = null;
  #state: 'idle' | 'loading' | 'failed' = 'idle';

  /** The host updates when the chunk is here, and when it can't be fetched. */
  constructor(
    private readonly host: LitElement,
    private readonly load: typeof loadStaffSide,
  ) {}

  /** Null until it is loaded. */
  get side(): StaffSide | null {
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

  #enter({ StaffSide }: Loaded): void {
    this.#side = new StaffSide(this.host);
  }
}
