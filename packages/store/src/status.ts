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
  /** Whether what comes isn't kept when the page closes: the browser refuses IndexedDB, or has no room. */
  memory: boolean;
  /** Records of the server that this version can't read and left out. */
  quarantined: number;
}

type Trouble = 'signedOut' | 'error' | 'offline';

/** Derives one state from what each part reports. */
export class Status {
  readonly changes: BehaviorSubject<StoreStatus>;
  #trouble: Trouble | null = null;
  #outdated = false;
  /** Whether this tab, and whether the one that replicates for it, keeps less than all. */
  #memory: { here: boolean; there: boolean };
  #syncing = new Set<string>();

  constructor(memory: boolean) {
    this.#memory = { here: memory, there: false };
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

  /** Whether the server no longer serves what this page knows; answers to the rest don't end that. */
  setOutdated(outdated: boolean): void {
    this.#outdated = outdated;
    this.#emit({});
  }

  setSyncing(collection: string, syncing: boolean): void {
    if (syncing) this.#syncing.add(collection);
    else this.#syncing.delete(collection);
    this.#emit({});
  }

  /** This tab replicates from now on: what another one said no longer holds. */
  lead(): void {
    this.#syncing.clear();
    this.#outdated = false;
    this.#memory.there = false;
    this.#emit({});
  }

  /** Nothing is replicated here any more. */
  forget(): void {
    this.#syncing.clear();
    this.#emit({});
  }

  /** What another tab says that replicates for this one. */
  follow({ state, quarantined, memory }: Omit<StoreStatus, 'pending'>): void {
    this.#memory.there = memory;
    this.#syncing = new Set(state === 'syncing' ? ['another tab'] : []);
    this.#outdated = state === 'upgrade';
    this.#trouble = ['signedOut', 'error', 'offline'].includes(state) ? (state as Trouble) : null;
    this.#emit({ quarantined });
  }

  setPending(pending: number): void {
    this.#emit({ pending });
  }

  setMemory(memory: boolean): void {
    this.#memory.here = memory;
    this.#emit({});
  }

  addQuarantined(count: number): void {
    this.#emit({ quarantined: this.value.quarantined + count });
  }

  #emit(change: Partial<StoreStatus>): void {
    const calm = this.#syncing.size > 0 ? 'syncing' : 'ready';
    const state: StoreState = this.#outdated ? 'upgrade' : (this.#trouble ?? calm);
    const memory = this.#memory.here || this.#memory.there;
    const next = { ...this.value, ...change, memory, state };
    const before = this.value as unknown as Record<string, unknown>;
    if (Object.entries(next).some(([key, value]) => before[key] !== value)) this.changes.next(next);
  }
}
