import type { RxLocalDocument } from 'rxdb/plugins/core';
import type { Observable } from 'rxjs';
import { BehaviorSubject, combineLatest, from, of } from 'rxjs';
import { distinctUntilChanged, map, switchMap } from 'rxjs';
import { Backoff } from './backoff.js';
import {
  databaseName,
  deleteDatabases,
  lastContact,
  localDatabases,
  rememberContact,
} from './database-names.js';
import { openDatabase } from './database.js';
import type { LocalDoc, OpenedDatabase, WrapStorage } from './database.js';
import { EventStream } from './event-stream.js';
import { HttpClient } from './http-client.js';
import { replicate } from './replicate.js';
import type { Replication } from './replicate.js';
import { Session } from './session.js';
import type { Claims, GetToken } from './session.js';
import { Status } from './status.js';
import type { StoreStatus } from './status.js';
import { SyncError } from './sync-error.js';

export interface StoreOptions {
  /** Address that `/sync/v1/…` is appended to. */
  endpoint: string;
  /** Opaque name of the signed-in person; without it the store lives in memory only. */
  subject: string | null;
  getToken: GetToken;
  /** Hours after the last answer of the server in which stored data opens without a token; 0 never. */
  offlineHours: number;
  wrapStorage?: WrapStorage;
}

export interface Stored<T = LocalDoc> {
  docs: readonly T[];
  /** Whether the collection has been pulled to its end at least once on this device. */
  complete: boolean;
}

export interface StoredRejection {
  code: string;
  doc: LocalDoc;
}

/** The local-first store of one signed-in person. */
export class Store {
  readonly #options: StoreOptions;
  readonly #name: string | null;
  readonly #status: Status;
  readonly #session: Session;
  readonly #client: HttpClient;
  readonly #backoff = new Backoff();
  readonly #opened: BehaviorSubject<OpenedDatabase>;
  readonly #mayShow: BehaviorSubject<boolean>;
  readonly #complete = new BehaviorSubject<ReadonlySet<string>>(new Set());
  readonly #replications = new Map<string, Promise<Replication>>();
  #events: EventStream | null = null;
  /** Tells the person's other tabs that the store is wiped. */
  readonly #tabs: BroadcastChannel | null;
  readonly #pending = new Map<string, number>();
  #owner: string | null = null;
  #closed = false;
  #resyncing: Promise<void> | null = null;

  static async open(options: StoreOptions): Promise<Store> {
    const named = options.subject !== null && isSecureContext;
    const name = named ? await databaseName(options.endpoint, options.subject ?? '') : null;
    if (name !== null) {
      await Promise.all(
        localDatabases()
          .filter((other) => other !== name)
          .map(deleteDatabases),
      );
    }
    const opened = await openDatabase(name, options.wrapStorage);
    const store = new Store(options, opened.memory ? null : name, opened);
    await store.#loadMarks();
    return store;
  }

  private constructor(options: StoreOptions, name: string | null, opened: OpenedDatabase) {
    this.#options = options;
    this.#name = name;
    this.#status = new Status(opened.memory);
    this.#opened = new BehaviorSubject(opened);
    this.#session = new Session(options.getToken);
    this.#client = new HttpClient(options.endpoint, this.#session, () => this.#onContact());
    const fresh =
      name !== null && Date.now() - lastContact(name) < options.offlineHours * 3_600_000;
    this.#mayShow = new BehaviorSubject(fresh);
    if (!navigator.onLine) this.#status.setTrouble('offline');
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    this.#tabs = name === null ? null : new BroadcastChannel(name);
    if (this.#tabs !== null) this.#tabs.onmessage = () => void this.#signOut();
  }

  get status(): Observable<StoreStatus> {
    return this.#status.changes.asObservable();
  }

  get currentStatus(): StoreStatus {
    return this.#status.value;
  }

  /**
   * The records of a collection, live; opens and replicates it when first asked for. Null until
   * stored data may be shown, and again after a sign-out.
   */
  watch(name: string): Observable<Stored | null> {
    const docs = this.#opened.pipe(
      switchMap((opened) => from(opened.open(name))),
      switchMap((collection) => collection.find().$),
      map((found) => found.map((doc) => doc.toMutableJSON())),
    );
    void this.#replicate(name);
    return combineLatest([docs, this.#complete, this.#mayShow]).pipe(
      map(([list, complete, mayShow]) =>
        mayShow ? { docs: list, complete: complete.has(name) } : null,
      ),
    );
  }

  /** Writes a record on the device; it is pushed when the network allows. */
  async write(name: string, doc: LocalDoc): Promise<void> {
    const opened = this.#opened.value;
    const collection = await opened.open(name);
    await this.#putLocal(rejectionKey(name, doc.id), null);
    await collection.incrementalUpsert({ ...doc, pending: true });
    await this.#replicate(name);
  }

  /** The last refusal of a record's write, live. */
  watchRejection(name: string, id: string): Observable<StoredRejection | null> {
    return this.#watchLocal(rejectionKey(name, id)) as Observable<StoredRejection | null>;
  }

  async loadDraft(key: string): Promise<unknown> {
    const found = await this.#opened.value.database.getLocal(`draft:${key}`);
    return found?.get('value') ?? null;
  }

  async saveDraft(key: string, value: unknown): Promise<void> {
    await this.#putLocal(`draft:${key}`, value);
  }

  /** Tries at once what waits after a failure. */
  retry(): void {
    this.#backoff.wake();
    this.#events?.wake();
    this.#resyncAll(null);
  }

  /** Stops and keeps what is stored. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    this.#events?.stop();
    this.#backoff.wake();
    this.#tabs?.close();
    await this.#opened.value.database.close();
  }

  /** Stops, in every tab, and leaves no database on the device. Unsent writes go too. */
  async wipe(): Promise<void> {
    this.#tabs?.postMessage('wiped');
    await this.#signOut();
    if (this.#name !== null) await deleteDatabases(this.#name);
  }

  async #signOut(): Promise<void> {
    this.#status.setTrouble('signedOut');
    this.#mayShow.next(false);
    await this.close();
  }

  /** A portal that gives one person's token under another's subject must not mix their records. */
  async #ownerOf(claims: Claims): Promise<string> {
    const customer = claims.customer ?? '';
    if (this.#owner === null) {
      this.#owner = customer;
      await this.#putLocal('owner', customer);
    }
    if (this.#owner === customer) return customer;
    void this.wipe();
    throw new SyncError('signed_out', "the token is another customer's");
  }

  #replicate(name: string): Promise<Replication> {
    let replication = this.#replications.get(name);
    if (replication === undefined) {
      replication = this.#startReplication(name);
      this.#replications.set(name, replication);
    }
    return replication;
  }

  async #startReplication(name: string): Promise<Replication> {
    const opened = this.#opened.value;
    const collection = await opened.open(name);
    const replication = replicate(name, collection, {
      client: this.#client,
      session: this.#session,
      backoff: this.#backoff,
      ownerOf: (claims) => this.#ownerOf(claims),
      onFailure: (error) => this.#onFailure(error),
      onReject: (coll, reject, doc) =>
        this.#putLocal(rejectionKey(coll, reject.id), { code: reject.code, doc }),
      onQuarantine: (count) => this.#status.addQuarantined(count),
    });
    replication.state.active$.subscribe((active) => this.#status.setSyncing(name, active));
    if ('pending' in collection.schema.jsonSchema.properties) {
      collection.find({ selector: { pending: true } }).$.subscribe((docs) => {
        this.#pending.set(name, docs.length);
        this.#status.setPending([...this.#pending.values()].reduce((sum, count) => sum + count, 0));
      });
    }
    void replication.state.awaitInitialReplication().then(() => this.#markComplete(name));
    this.#events ??= new EventStream(
      this.#client,
      (hint) => this.#resyncAll(hint.coll),
      (error) => this.#onFailure(error),
    );
    return replication;
  }
  #resyncAll(coll: string | null): void {
    for (const [name, replication] of this.#replications) {
      if (coll === null || coll === name) void replication.then(({ resync }) => resync());
    }
  }

  readonly #onOnline = () => this.retry();

  readonly #onOffline = () => {
    this.#status.setTrouble('offline');
    this.#events?.drop();
  };

  #onContact(): void {
    if (this.#closed) return;
    if (this.#name !== null) rememberContact(this.#name);
    const wasOffline = this.#status.value.state === 'offline';
    this.#status.setTrouble(null);
    if (!this.#mayShow.value) this.#mayShow.next(true);
    if (wasOffline) this.retry();
  }

  #onFailure(error: SyncError): void {
    if (this.#closed) return;
    switch (error.kind) {
      case 'network':
        this.#status.setTrouble('offline');
        break;
      case 'signed_out':
        this.#status.setTrouble('signedOut');
        this.#mayShow.next(false);
        break;
      case 'upgrade':
        this.#status.setTrouble('upgrade');
        break;
      case 'resync':
        this.#resyncing ??= this.#dropAndPull().finally(() => {
          this.#resyncing = null;
        });
        break;
      default:
        this.#status.setTrouble('error');
    }
  }

  /** The server's history is another one: keeps unsent writes, drops the rest, pulls anew. */
  async #dropAndPull(): Promise<void> {
    const names = [...this.#replications.keys()];
    const unsent: [string, LocalDoc[]][] = [];
    const opened = this.#opened.value;
    for (const name of names) {
      const collection = await opened.open(name);
      if (!('pending' in collection.schema.jsonSchema.properties)) continue;
      const docs = await collection.find({ selector: { pending: true } }).exec();
      unsent.push([name, docs.map((doc) => doc.toMutableJSON())]);
    }
    await opened.database.close();
    if (this.#name !== null) await deleteDatabases(this.#name);
    this.#replications.clear();
    this.#complete.next(new Set());
    this.#backoff.wake();
    this.#opened.next(await openDatabase(this.#name, this.#options.wrapStorage));
    await Promise.all(names.map((name) => this.#replicate(name)));
    for (const [name, docs] of unsent) {
      const { state } = await this.#replicate(name);
      await state.awaitInitialReplication();
      for (const doc of docs) await this.write(name, doc);
    }
  }

  async #markComplete(name: string): Promise<void> {
    if (this.#closed || this.#complete.value.has(name)) return;
    this.#complete.next(new Set([...this.#complete.value, name]));
    await this.#putLocal('complete', [...this.#complete.value]);
  }

  async #loadMarks(): Promise<void> {
    const { database } = this.#opened.value;
    const complete = await database.getLocal('complete');
    this.#complete.next(new Set(complete?.get('value') as string[] | undefined));
    const owner = await database.getLocal('owner');
    this.#owner = (owner?.get('value') as string | undefined) ?? null;
  }

  async #putLocal(key: string, value: unknown): Promise<void> {
    await this.#opened.value.database.upsertLocal(key, { value });
  }

  #watchLocal(key: string): Observable<unknown> {
    return this.#opened.pipe(
      switchMap(({ database }) => database.getLocal$(key)),
      switchMap((found: RxLocalDocument<unknown> | null) =>
        found === null ? of(null) : found.$.pipe(map((doc) => doc.get('value') as unknown)),
      ),
      distinctUntilChanged(),
    );
  }
}

function rejectionKey(collection: string, id: string): string {
  return `rejected:${collection}:${id}`;
}
