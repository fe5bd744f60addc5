import { BehaviorSubject, EMPTY, NEVER, combineLatest, from, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { distinctUntilChanged, map, switchMap } from 'rxjs';
import { Backoff } from './backoff.js';
import { Connection, rejectionKey } from './connection.js';
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
  readonly #status: Status;
  readonly #session: Session;
  readonly #client: HttpClient;
  readonly #backoff = new Backoff();
  /** Null while another history of the server replaces what is stored, and after the end. */
  readonly #connection = new BehaviorSubject<Connection | null>(null);
  readonly #mayShow: BehaviorSubject<boolean>;
  /** Tells the person's other tabs that the store is wiped. */
  readonly #tabs: BroadcastChannel | null;
  #events: EventStream | null = null;
  #owner: string | null = null;
  #closed = false;
  #dropping: Promise<void> | null = null;

  /** Opens the person's store. What other persons left on this device is wiped. */
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
    const store = new Store(options, opened.memory ? null : name, opened.memory);
    await store.#connect(opened);
    return store;
  }

  private constructor(
    private readonly options: StoreOptions,
    private readonly name: string | null,
    memory: boolean,
  ) {
    this.#status = new Status(memory);
    this.#session = new Session(options.getToken);
    this.#client = new HttpClient(options.endpoint, this.#session, () => this.#onContact());
    const hours = name === null ? Infinity : (Date.now() - lastContact(name)) / 3_600_000;
    this.#mayShow = new BehaviorSubject(hours < options.offlineHours);
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
    const stored = this.#connection.pipe(
      switchMap((connection) => {
        if (connection === null) return NEVER;
        const docs = from(connection.opened.open(name)).pipe(
          switchMap((collection) => (collection.closed ? EMPTY : collection.find().$)),
          map((found) => found.map((doc) => doc.toMutableJSON())),
        );
        void connection.replicate(name);
        return combineLatest([docs, connection.complete]);
      }),
      map(([docs, complete]) => ({ docs, complete: complete.has(name) })),
    );
    return combineLatest([stored, this.#mayShow]).pipe(
      map(([value, mayShow]) => (mayShow ? value : null)),
    );
  }

  /** Writes a record on the device; it is pushed when the network allows. */
  async write(name: string, doc: LocalDoc): Promise<void> {
    const connection = this.#current();
    const collection = await connection.opened.open(name);
    await connection.putLocal(rejectionKey(name, doc.id), null);
    await collection.incrementalUpsert({ ...doc, pending: true });
    await connection.replicate(name);
  }

  /** The last refusal of a record's write, live. */
  watchRejection(name: string, id: string): Observable<StoredRejection | null> {
    return this.#connection.pipe(
      switchMap((connection) =>
        connection === null ? NEVER : connection.opened.database.getLocal$(rejectionKey(name, id)),
      ),
      switchMap((found) =>
        found === null
          ? of(null)
          : found.$.pipe(map((doc) => doc.get('value') as StoredRejection | null)),
      ),
      distinctUntilChanged(),
    );
  }

  async loadDraft(key: string): Promise<unknown> {
    return this.#current().getLocal(`draft:${key}`);
  }

  async saveDraft(key: string, value: unknown): Promise<void> {
    await this.#current().putLocal(`draft:${key}`, value);
  }

  /** Tries at once what waits after a failure. */
  retry(): void {
    this.#backoff.wake();
    this.#events?.wake();
    this.#connection.value?.resync(null);
  }

  /** Stops and keeps what is stored. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    this.#events?.stop();
    this.#tabs?.close();
    await this.#disconnect();
  }

  /** Stops, in every tab, and leaves no database on the device. Unsent writes go too. */
  async wipe(): Promise<void> {
    if (!this.#closed) this.#tabs?.postMessage('wiped');
    await this.#signOut();
    if (this.name !== null) await deleteDatabases(this.name);
  }

  async #connect(opened: OpenedDatabase): Promise<Connection> {
    const connection = await Connection.start(opened, {
      client: this.#client,
      session: this.#session,
      backoff: this.#backoff,
      status: this.#status,
      ownerOf: (claims) => this.#ownerOf(claims),
      onFailure: (error) => this.#onFailure(error),
    });
    this.#owner = await connection.getLocal<string>('owner');
    this.#events ??= new EventStream(
      this.#client,
      ({ coll }) => this.#connection.value?.resync(coll),
      (error) => this.#onFailure(error),
    );
    this.#connection.next(connection);
    return connection;
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection.value;
    this.#connection.next(null);
    await connection?.close();
  }

  #current(): Connection {
    const connection = this.#connection.value;
    if (connection === null) throw new SyncError('signed_out', 'the store is closed');
    return connection;
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
      await this.#current().putLocal('owner', customer);
    }
    if (this.#owner === customer) return customer;
    void this.wipe();
    throw new SyncError('signed_out', "the token is another customer's");
  }

  readonly #onOnline = () => this.retry();

  readonly #onOffline = () => {
    this.#status.setTrouble('offline');
    this.#events?.drop();
  };

  #onContact(): void {
    if (this.#closed) return;
    if (this.name !== null) rememberContact(this.name);
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
        this.#dropping ??= this.#dropAndPull().finally(() => {
          this.#dropping = null;
        });
        break;
      default:
        this.#status.setTrouble('error');
    }
  }

  /** The server's history is another one: keeps unsent writes, drops the rest, pulls anew. */
  async #dropAndPull(): Promise<void> {
    const before = this.#current();
    const unsent = await before.unsent();
    await this.#disconnect();
    if (this.name !== null) await deleteDatabases(this.name);
    if (this.#closed) return;
    const connection = await this.#connect(await openDatabase(this.name, this.options.wrapStorage));
    await Promise.all(before.replicated.map((name) => connection.replicate(name)));
    for (const [name, docs] of unsent) {
      const { state } = await connection.replicate(name);
      await state.awaitInitialReplication();
      for (const doc of docs) await this.write(name, doc);
    }
  }
}
