import type { Locale, Survey } from '@liyu/model';
import type { LocalDoc, Store, Stored, StoreOptions, StoreStatus } from '@liyu/store';
import type { Records, Rejection, Snapshot, Source, SourceStatus } from '@liyu/widgets';

type Name = keyof Records;

/** What is known of a collection, and who wants to know. */
interface Watched {
  snapshot: Snapshot<LocalDoc>;
  readonly watchers: Set<(snapshot: Snapshot<LocalDoc>) => void>;
  /** Whether the store tells what changes, or is about to. */
  followed: boolean;
}

/** Whom a source tells what concerns the whole store. */
export interface Listener {
  onStatus(status: StoreStatus): void;
  /** The store could not be loaded or opened; `retry` tries again. */
  onFailed(): void;
}

/**
 * Gives widgets the records of one person's store, which is loaded and opened when the first widget
 * asks. A collection that was once asked for is followed until the end, so that a widget that is moved
 * in the page finds at once what was known. After `close` or `wipe` it never opens the store again.
 */
export class StoreSource implements Source {
  locale: Locale | null = null;
  status: SourceStatus = { offline: false, pending: 0, memory: false };
  #opening: Promise<Store> | null = null;
  #end: 'close' | 'wipe' | null = null;
  /** What has to be over before this source touches the device. */
  #before: Promise<unknown>;
  readonly #collections = new Map<Name, Watched>();
  readonly #statusWatchers = new Set<(status: SourceStatus) => void>();

  /** Opens nothing before `before` is settled: the end of the store that was open until now. */
  constructor(
    private readonly options: StoreOptions,
    private readonly listener: Listener,
    before: Promise<unknown>,
  ) {
    this.#before = before;
  }

  /** Whether it was closed or wiped. */
  get ended(): boolean {
    return this.#end !== null;
  }

  watchStatus(next: (status: SourceStatus) => void): () => void {
    this.#statusWatchers.add(next);
    next(this.status);
    return () => this.#statusWatchers.delete(next);
  }

  watch<N extends Name>(name: N, next: (snapshot: Snapshot<Records[N]>) => void): () => void {
    let watched = this.#collections.get(name);
    if (watched === undefined) {
      const state = this.#end === 'wipe' ? 'signedOut' : 'loading';
      watched = { snapshot: { state }, watchers: new Set(), followed: false };
      this.#collections.set(name, watched);
      this.#follow(name, watched);
    }
    const { watchers, snapshot } = watched;
    const watcher = next as unknown as (snapshot: Snapshot<LocalDoc>) => void;
    watchers.add(watcher);
    watcher(snapshot);
    return () => watchers.delete(watcher);
  }

  retry(): void {
    for (const [name, watched] of this.#collections) this.#follow(name, watched);
    void this.#opening?.then(
      (store) => store.retry(),
      () => undefined,
    );
  }

  async submitSurvey(survey: Survey): Promise<void> {
    const store = await this.#open();
    await store.write('surveys', survey);
  }

  watchRejection(
    surveyId: string,
    next: (rejection: Rejection<Survey> | null) => void,
  ): () => void {
    let stopped = false;
    let stop = () => {
      stopped = true;
    };
    void this.#open().then(
      (store) => {
        if (stopped) return;
        const subscription = store.watchRejection('surveys', surveyId).subscribe((rejection) => {
          next(rejection as unknown as Rejection<Survey> | null);
        });
        stop = () => subscription.unsubscribe();
      },
      () => undefined,
    );
    return () => stop();
  }

  async loadDraft(key: string): Promise<unknown> {
    return (await this.#open()).loadDraft(key);
  }

  async saveDraft(key: string, value: unknown): Promise<void> {
    await (await this.#open()).saveDraft(key, value);
  }

  /** Tells every widget that the kit's language changed. */
  setLocale(locale: Locale | null): void {
    this.locale = locale;
    for (const watcher of this.#statusWatchers) watcher(this.status);
  }

  /** Closes the store and keeps what it holds. */
  async close(): Promise<void> {
    this.#end ??= 'close';
    await this.#afterwards(async () => (await this.#opened())?.close());
  }

  /** Closes the store, and leaves nothing of it on the device, nor of an earlier visit. */
  async wipe(): Promise<void> {
    this.#end = 'wipe';
    for (const watched of this.#collections.values()) show(watched, { state: 'signedOut' });
    await this.#afterwards(async () => {
      const store = await this.#opened();
      if (store !== null) await store.wipe();
      else await (await import('@liyu/store')).Store.forget(this.options);
    });
  }

  /** Runs one end after the other. */
  async #afterwards(run: () => Promise<void>): Promise<void> {
    const running = this.#before.then(run);
    this.#before = running.catch(() => undefined);
    await running;
  }

  /** The store if it was ever opened. */
  async #opened(): Promise<Store | null> {
    return (await this.#opening?.catch(() => null)) ?? null;
  }

  #follow(name: Name, watched: Watched): void {
    if (watched.followed || this.#end !== null) return;
    watched.followed = true;
    this.#open().then(
      (store) => {
        let stored: Stored | null = null;
        const update = () => show(watched, toSnapshot(stored, store.currentStatus));
        store.watch(name).subscribe((value) => {
          stored = value;
          update();
        });
        store.status.subscribe(update);
      },
      () => {
        watched.followed = false;
        show(watched, { state: 'error', code: 'store_failed' });
      },
    );
  }

  #open(): Promise<Store> {
    if (this.#end !== null) return Promise.reject(new Error('the store is closed'));
    this.#opening ??= this.#load(this.#before);
    return this.#opening;
  }

  async #load(before: Promise<unknown>): Promise<Store> {
    try {
      await before;
      const { Store } = await import('@liyu/store');
      const store = await Store.open(this.options);
      store.status.subscribe((status) => this.#onStatus(status));
      return store;
    } catch (error) {
      this.#opening = null;
      this.listener.onFailed();
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
    this.listener.onStatus(status);
  }
}

function show(watched: Watched, snapshot: Snapshot<LocalDoc>): void {
  if (sameSnapshot(watched.snapshot, snapshot)) return;
  watched.snapshot = snapshot;
  for (const watcher of watched.watchers) watcher(snapshot);
}

function toSnapshot(stored: Stored | null, status: StoreStatus): Snapshot<LocalDoc> {
  if (status.state === 'signedOut') return { state: 'signedOut' };
  if (stored !== null && (stored.docs.length > 0 || stored.complete)) {
    return { state: 'ready', docs: stored.docs };
  }
  if (status.state === 'ready' || status.state === 'syncing') return { state: 'loading' };
  return { state: 'error', code: status.state };
}

function sameSnapshot(a: Snapshot<LocalDoc>, b: Snapshot<LocalDoc>): boolean {
  if (a.state !== b.state) return false;
  if (a.state === 'ready' && b.state === 'ready') return a.docs === b.docs;
  return a.state !== 'error' || b.state !== 'error' || a.code === b.code;
}
