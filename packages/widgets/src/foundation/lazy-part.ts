import type { ReactiveControllerHost } from 'lit';

/** What gives a chunk: at once when it is here, else a promise. */
export type Loader<Module> = () => Module | Promise<Module>;

/** Loads a chunk once for the whole page; the promise rejects when it can't be fetched, and the next call tries again. */
export function once<Module>(load: () => Promise<Module>): Loader<Module> {
  let loaded: Module | Promise<Module> | undefined;
  return () => {
    loaded ??= load().then(
      (module) => (loaded = module),
      (error: unknown) => {
        loaded = undefined;
        throw error;
      },
    );
    return loaded;
  };
}

/** What a chunk gives one widget, which asks for it when it first needs it, and updates when it is here or failed. */
export class LazyPart<Module, Side> {
  #side: Side | null = null;
  #state: 'idle' | 'loading' | 'failed' = 'idle';

  constructor(
    private readonly host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    private readonly load: Loader<Module>,
    private readonly make: (module: Module) => Side,
  ) {}

  /** Null until the chunk is loaded. */
  get side(): Side | null {
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
      this.#side = this.make(found);
      return;
    }
    this.#state = 'loading';
    void found
      .then(
        (module) => {
          this.#side = this.make(module);
        },
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
}
