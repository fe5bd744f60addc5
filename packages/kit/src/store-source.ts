import type { Case, Locale, Offer, Redemption, Survey } from '@liyu/model';
import type {
  LocalDoc,
  Store,
  Stored,
  StoreOptions,
  StoreStatus,
  Wiped,
  WipeReason,
} from '@liyu/store';
import type {
  Answered,
  FoundCustomers,
  Records,
  Rejection,
  Snapshot,
  Source,
  SourceStatus,
  StaffSource,
} from '@liyu/widgets';
import { reveal } from './reveal.js';
import { keyOf, show, toSnapshot } from './watched.js';
import type { Name, Watched } from './watched.js';

/** How long a customer's records are followed after the last widget left, in ms: it may be moved. */
const LINGER_MS = 1_000;

/** Whom a source tells what concerns the whole store. */
export interface Listener {
  onStatus(status: StoreStatus): void;
  /** The store could not be loaded or opened; `retry` tries again. */
  onFailed(): void;
  /** What lay here of a person is gone. */
  onWiped(wiped: Wiped): void;
}

/** What is asked of a source before it leaves nothing of a person here. */
export interface Logout {
  /** Whether unsent writes may be lost. */
  discard: boolean;
  reason: WipeReason;
}

/**
 * Gives widgets the records of one person's store, which is loaded and opened when the first widget
 * asks. A collection that was once asked for is followed until the end, so that a widget that is moved
 * in the page finds at once what was known; the records of one customer only while a widget shows them.
 * After `close` or `logout` it never opens the store again.
 */
export class StoreSource implements Source {
  locale: Locale | null = null;
  status: SourceStatus = { offline: false, pending: 0, memory: false };
  /** The server alone knows who is staff: it refuses others. */
  readonly staff: StaffSource = {
    findCustomers: (search, next) => this.#findCustomers(search, next),
    reveal: (customer, field, reason) =>
      this.#end === null
        ? reveal(this.options, { customer, field, reason })
        : Promise.resolve({ fault: 'signedOut' }),
  };
  #opening: Promise<Store> | null = null;
  #end: 'close' | 'wipe' | null = null;
  /** What has to be over before this source touches the device. */
  #before: Promise<unknown>;
  readonly #collections = new Map<string, Watched>();
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

  watch<N extends Name>(
    name: N,
    next: (snapshot: Snapshot<Records[N]>) => void,
    of?: { customer: string },
  ): () => void {
    const customer = of?.customer ?? null;
    const known = this.#collections.get(keyOf(name, customer));
    const watched = known ?? this.#begin(name, customer);
    const { watchers, snapshot } = watched;
    const watcher = next as unknown as (snapshot: Snapshot<LocalDoc>) => void;
    watchers.add(watcher);
    watcher(snapshot);
    return () => {
      watchers.delete(watcher);
      this.#letGo(watched);
    };
  }

  retry(): void {
    for (const watched of this.#collections.values()) this.#follow(watched);
    void this.#opening?.then(
      (store) => store.retry(),
      () => undefined,
    );
  }

  submitSurvey(survey: Survey): Promise<void> {
    return this.#write('surveys', survey);
  }

  openCase(opened: Case): Promise<void> {
    return this.#write('cases', opened);
  }

  requestRedemption(redemption: Redemption): Promise<void> {
    return this.#write('redemptions', redemption);
  }

  answerOffer(answered: Offer): Promise<void> {
    return this.#write('offers', answered);
  }

  async #write<N extends Name>(name: N, doc: Records[N]): Promise<void> {
    const store = await this.#open();
    await store.write(name, doc);
  }

  watchRejection<N extends Answered>(
    name: N,
    id: string,
    next: (rejection: Rejection<Records[N]> | null) => void,
  ): () => void {
    let stopped = false;
    let stop = () => {
      stopped = true;
    };
    void this.#open().then(
      (store) => {
        if (stopped) return;
        const subscription = store.watchRejection(name, id).subscribe((rejection) => {
          next(rejection as unknown as Rejection<Records[N]> | null);
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

  /** Records with a write that the server hasn't taken, also of an earlier visit. */
  async pendingCount(): Promise<number> {
    await this.#before;
    const store = this.#end === null ? await this.#opened() : null;
    if (store !== null) return store.pendingCount();
    return (await import('@liyu/store')).Store.pendingCount(this.options);
  }

  /**
   * Closes the store, and leaves nothing of it on the device, nor of an earlier visit; gives how many
   * unsent writes were lost. Rejects with `UnsentWork`, and touches nothing, when there are any and
   * they may not be lost.
   */
  async logout({ discard, reason }: Logout): Promise<{ dropped: number }> {
    if (!discard) {
      const unsent = await this.pendingCount();
      if (unsent > 0) throw new (await import('@liyu/store')).UnsentWork(unsent);
    }
    this.#end = 'wipe';
    for (const watched of this.#collections.values()) show(watched, { state: 'signedOut' });
    return this.#afterwards(async () => {
      const store = await this.#opened();
      if (store !== null) return store.logout({ discard: true, reason });
      const { Store } = await import('@liyu/store');
      const { dropped } = await Store.logout(this.options, { discard: true, reason });
      this.listener.onWiped({ reason, unsent: dropped });
      return { dropped };
    });
  }

  /** Runs one end after the other. */
  async #afterwards<T>(run: () => Promise<T>): Promise<T> {
    const running = this.#before.then(run);
    this.#before = running.catch(() => undefined);
    return running;
  }

  /** The store if it was ever opened. */
  async #opened(): Promise<Store | null> {
    return (await this.#opening?.catch(() => null)) ?? null;
  }

  #begin(name: Name, customer: string | null): Watched {
    const watched: Watched = {
      name,
      customer,
      snapshot: { state: this.#end === 'wipe' ? 'signedOut' : 'loading' },
      watchers: new Set(),
      followed: false,
      stop: null,
    };
    this.#collections.set(keyOf(name, customer), watched);
    this.#follow(watched);
    return watched;
  }

  #follow(watched: Watched): void {
    if (watched.followed || this.#end !== null) return;
    watched.followed = true;
    const { name, customer } = watched;
    this.#open().then(
      (store) => {
        let stored: Stored | null = null;
        const update = () => show(watched, toSnapshot(stored, store.currentStatus));
        const records = store.watch(name, { customer }).subscribe((value) => {
          stored = value;
          update();
        });
        records.add(store.status.subscribe(update));
        watched.stop = () => records.unsubscribe();
        if (watched.watchers.size === 0) this.#letGo(watched);
      },
      () => {
        watched.followed = false;
        show(watched, { state: 'error', code: 'store_failed' });
      },
    );
  }

  #findCustomers(search: string, next: (found: FoundCustomers | null) => void): () => void {
    const stopped = new AbortController();
    next(null);
    void this.#open().then(
      (store) => {
        if (stopped.signal.aborted) return;
        const found = store
          .find('customers', { search, sort: { by: 'name' } })
          .subscribe((page) => next(page as FoundCustomers | null));
        stopped.signal.addEventListener('abort', () => found.unsubscribe());
      },
      () => undefined,
    );
    return () => stopped.abort();
  }

  /** Staff look at one customer after another: what nobody shows any more isn't followed. */
  #letGo(watched: Watched): void {
    const { customer, watchers } = watched;
    if (customer === null) return;
    const key = keyOf(watched.name, customer);
    setTimeout(() => {
      const isLast = this.#collections.get(key) === watched && watchers.size === 0;
      if (!isLast || watched.stop === null) return;
      watched.stop();
      this.#collections.delete(key);
    }, LINGER_MS);
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
      const store = await Store.open({
        ...this.options,
        onWiped: (wiped) => this.listener.onWiped(wiped),
      });
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
