import { BehaviorSubject } from 'rxjs';

/**
 * What the store is doing, worst first: `upgrade` (this page is too old for the server), `signedOut`,
 * `error` (the server refuses or fails), `offline` (the endpoint can't be reached), `syncing`, `ready`.
 */
export type StoreState = 'upgrade' | 'signedOut' | 'error' | 'offline' | 'syncing' | 'ready';

export interface StoreStatus {
  state: StoreState;
  /** Writes on this device that the server hasn't taken. */
  pending: number;
  /** Whether nothing is kept when the page closes, because the browser refuses IndexedDB. */
  memory: boolean;
  /** Records of the server that this version can't read and left out. */
  quarantined: number;
}

type Trouble = 'upgrade' | 'signedOut' | 'error' | 'offline';

/** Derives one state from what each part reports. */
export class Status {
  readonly changes: BehaviorSubject<StoreStatus>;
  #trouble: Trouble | null = null;
  #syncing = new Set<string>();

  constructor(memory: boolean) {
    this.changes = new BehaviorSubject<StoreStatus>({
      state: 'syncing',
      pending: 0,
      memory,
      quarantined: 0,
    });
  }

  get value(): StoreStatus {
    return this.changes.value;
  }

  /** The latest failure, or null after an answer. */
  setTrouble(trouble: Trouble | null): void {
    this.#trouble = trouble;
    this.#emit({});
  }

  setSyncing(collection: string, syncing: boolean): void {
    if (syncing) this.#syncing.add(collection);
    else this.#syncing.delete(collection);
    this.#emit({});
  }

  /** Nothing is replicated here any more. */
  forget(): void {
    this.#syncing.clear();
    this.#emit({});
  }

  /** What another tab says that replicates for this one. */
  follow({ state, quarantined }: Pick<StoreStatus, 'state' | 'quarantined'>): void {
    this.#syncing = new Set(state === 'syncing' ? ['another tab'] : []);
    this.#trouble = state === 'syncing' || state === 'ready' ? null : state;
    this.#emit({ quarantined });
  }

  setPending(pending: number): void {
    this.#emit({ pending });
  }

  setMemory(): void {
    this.#emit({ memory: true });
  }

  addQuarantined(count: number): void {
    this.#emit({ quarantined: this.value.quarantined + count });
  }

  #emit(change: Partial<StoreStatus>): void {
    const state: StoreState = this.#trouble ?? (this.#syncing.size > 0 ? 'syncing' : 'ready');
    const next = { ...this.value, ...change, state };
    const before = this.value as unknown as Record<string, unknown>;
    if (Object.entries(next).some(([key, value]) => before[key] !== value)) this.changes.next(next);
  }
}
