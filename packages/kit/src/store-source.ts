import type { Locale, Survey } from '@liyu/model';
import type { LocalDoc, Store, Stored, StoreOptions, StoreStatus } from '@liyu/store';
import type { Records, Rejection, Snapshot, Source, SourceStatus } from '@liyu/widgets';

/** Attaches something to the open store; the result detaches it. */
type Attach = (store: Store) => () => void;

const OFFLINE: SourceStatus = { offline: false, pending: 0, memory: false };

/**
 * Gives widgets the records of the store, which is loaded and opened when the first widget asks.
 * Everything that watches is attached anew when another store takes over.
 */
export class StoreSource implements Source {
  locale: Locale | null = null;
  status: SourceStatus = OFFLINE;
  #opening: Promise<Store> | null = null;
  readonly #attached = new Map<Attach, (() => void) | null>();
  readonly #statusWatchers = new Set<(status: SourceStatus) => void>();

  constructor(
    private options: StoreOptions,
    private readonly onStatus: (status: StoreStatus) => void,
    private readonly onError: (code: string) => void,
  ) {}

  watchStatus(next: (status: SourceStatus) => void): () => void {
    this.#statusWatchers.add(next);
    next(this.status);
    return () => this.#statusWatchers.delete(next);
  }

  watch<Name extends keyof Records>(
    name: Name,
    next: (snapshot: Snapshot<Records[Name]>) => void,
  ): () => void {
    next({ state: 'loading' });
    return this.#attach((store) => {
      let stored: Stored | null = null;
      let last: Snapshot<LocalDoc> | null = null;
      const emit = () => {
        const snapshot = toSnapshot(stored, store.currentStatus);
        if (sameSnapshot(last, snapshot)) return;
        last = snapshot;
        next(snapshot as unknown as Snapshot<Records[Name]>);
      };
      const docs = store.watch(name).subscribe((value) => {
        stored = value;
        emit();
      });
      const status = store.status.subscribe(emit);
      return () => {
        docs.unsubscribe();
        status.unsubscribe();
      };
    });
  }

  retry(): void {
    void this.#opening?.then((store) => store.retry());
  }

  async submitSurvey(survey: Survey): Promise<void> {
    const store = await this.#open();
    await store.write('surveys', survey);
  }

  watchRejection(
    surveyId: string,
    next: (rejection: Rejection<Survey> | null) => void,
  ): () => void {
    return this.#attach((store) => {
      const subscription = store.watchRejection('surveys', surveyId).subscribe((rejection) => {
        next(rejection as unknown as Rejection<Survey> | null);
      });
      return () => subscription.unsubscribe();
    });
  }

  async loadDraft(key: string): Promise<unknown> {
    return (await this.#open()).loadDraft(key);
  }

  async saveDraft(key: string, value: unknown): Promise<void> {
    await (await this.#open()).saveDraft(key, value);
  }

  /** Tells every widget that the language, or another setting of the kit, changed. */
  setLocale(locale: Locale | null): void {
    this.locale = locale;
    for (const watcher of this.#statusWatchers) watcher(this.status);
  }

  /** Wipes the person's store and goes on with another person's. */
  async replace(options: StoreOptions): Promise<void> {
    const before = this.#detach();
    this.options = options;
    await (await before)?.wipe();
    if (this.#attached.size > 0) void this.#open();
  }

  /** Closes the store and keeps what it holds. */
  async close(): Promise<void> {
    await (await this.#detach())?.close();
  }

  /** Closes the store and leaves nothing of it on the device. */
  async wipe(): Promise<void> {
    const store = await this.#open();
    await store.wipe();
  }

  #attach(attach: Attach): () => void {
    this.#attached.set(attach, null);
    void this.#open().then(
      (store) => {
        if (this.#attached.get(attach) === null) this.#attached.set(attach, attach(store));
      },
      () => undefined,
    );
    return () => {
      this.#attached.get(attach)?.();
      this.#attached.delete(attach);
    };
  }

  #detach(): Promise<Store> | null {
    for (const [attach, detach] of this.#attached) {
      detach?.();
      this.#attached.set(attach, null);
    }
    const opening = this.#opening;
    this.#opening = null;
    return opening;
  }

  #open(): Promise<Store> {
    this.#opening ??= this.#load();
    return this.#opening;
  }

  async #load(): Promise<Store> {
    try {
      const { Store } = await import('@liyu/store');
      const store = await Store.open(this.options);
      store.status.subscribe((status) => this.#onStatus(status));
      for (const [attach, detach] of this.#attached) {
        if (detach === null) this.#attached.set(attach, attach(store));
      }
      return store;
    } catch (error) {
      this.#opening = null;
      this.onError('store_failed');
      throw error;
    }
  }

  #onStatus(status: StoreStatus): void {
    this.status = {
      offline: status.state === 'offline',
      pending: status.pending,
      memory: status.memory,
    };
    for (const watcher of this.#statusWatchers) watcher(this.status);
    this.onStatus(status);
  }
}

function toSnapshot(stored: Stored | null, status: StoreStatus): Snapshot<LocalDoc> {
  if (status.state === 'signedOut') return { state: 'signedOut' };
  if (stored !== null && (stored.docs.length > 0 || stored.complete)) {
    return { state: 'ready', docs: stored.docs };
  }
  if (status.state === 'ready' || status.state === 'syncing') return { state: 'loading' };
  return { state: 'error', code: status.state };
}

function sameSnapshot(a: Snapshot<LocalDoc> | null, b: Snapshot<LocalDoc>): boolean {
  if (a?.state !== b.state) return false;
  if (a.state === 'ready' && b.state === 'ready') return a.docs === b.docs;
  return a.state !== 'error' || b.state !== 'error' || a.code === b.code;
}
