import { BehaviorSubject, EMPTY, NEVER, combineLatest, from } from 'rxjs';
import type { Observable } from 'rxjs';
import { catchError, map, switchMap } from 'rxjs';
import { Backoff } from './backoff.js';
import { Connection } from './connection.js';
import type { Unsent } from './connection.js';
import { databaseName, deleteDatabases, localDatabases } from './database-names.js';
import { openDatabase } from './database.js';
import type { LocalDoc, OpenedDatabase, WrapStorage } from './database.js';
import { EventStream } from './event-stream.js';
import { Freshness } from './freshness.js';
import { HttpClient } from './http-client.js';
import { OwnRecords, draftKey, rejectionKey } from './own-records.js';
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
  /** Waits between two pulls from the start, should the server refuse its own checkpoints. */
  readonly #dropBackoff = new Backoff();
  readonly #own: OwnRecords;
  /** Null while another history of the server replaces what is stored, and after the end. */
  readonly #connection = new BehaviorSubject<Connection | null>(null);
  readonly #freshness: Freshness;
  /** Tells the person's other tabs that the store is wiped. */
  readonly #tabs: BroadcastChannel | null;
  #events: EventStream | null = null;
  #owner: string | null = null;
  #closed = false;
  /** The mirror that is being dropped, or was last. */
  #doomed: Connection | null = null;

  /** Opens the person's store. What other persons left on this device is wiped. */
  static async open(options: StoreOptions): Promise<Store> {
    const name = await nameOf(options);
    if (name !== null) {
      await Promise.all(
        localDatabases()
          .filter((other) => other !== name)
          .map((other) => deleteDatabases(other)),
      );
    }
    const own = await openDatabase(name === null ? null : `${name}-own`, options.wrapStorage);
    const store = new Store(options, own.memory ? null : name, own);
    await store.#connect();
    return store;
  }

  /** Leaves no database of a person whose store isn't open in this page; ends it in other tabs. */
  static async forget(person: Pick<StoreOptions, 'endpoint' | 'subject'>): Promise<void> {
    const name = await nameOf(person);
    if (name === null) return;
    const tabs = new BroadcastChannel(name);
    tabs.postMessage('wiped');
    tabs.close();
    await deleteDatabases(name);
  }

  private constructor(
    private readonly options: StoreOptions,
    private readonly name: string | null,
    private readonly device: OpenedDatabase,
  ) {
    this.#status = new Status(device.memory);
    this.#own = new OwnRecords(device.database);
    this.#session = new Session(options.getToken);
    this.#client = new HttpClient(options.endpoint, this.#session, () => this.#onContact());
    this.#freshness = new Freshness(name, options.offlineHours);
    if (!navigator.onLine) this.#status.setTrouble('offline');
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    this.#tabs = name === null ? null : new BroadcastChannel(name);
    if (this.#tabs !== null) {
      this.#tabs.onmessage = ({ data }) => {
        if (data === 'wiped') void this.#signOut();
        else void this.#follow();
      };
    }
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
          // Closed meanwhile: the next mirror follows.
          catchError(() => EMPTY),
          switchMap((collection) => (collection.closed ? EMPTY : collection.find().$)),
          map((found) => found.map((doc) => doc.toMutableJSON())),
        );
        connection.replicate(name).catch(() => undefined);
        return combineLatest([docs, connection.complete]);
      }),
      map(([docs, complete]) => ({ docs, complete: complete.has(name) })),
    );
    return combineLatest([stored, this.#freshness.mayShow]).pipe(
      map(([value, mayShow]) => (mayShow ? value : null)),
    );
  }

  /**
   * Writes what the customer may write of a record on the device; it is pushed when the network allows.
   */
  async write(name: string, doc: LocalDoc): Promise<void> {
    await this.#current().write(name, doc);
  }

  /** The last refusal of a record's write, live. */
  watchRejection(name: string, id: string): Observable<StoredRejection | null> {
    return this.#own.watch(rejectionKey(name, id));
  }

  async loadDraft(key: string): Promise<unknown> {
    return this.#own.get(draftKey(key));
  }

  async saveDraft(key: string, value: unknown): Promise<void> {
    await this.#own.put(draftKey(key), value);
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
    this.#freshness.stop();
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    this.#events?.stop();
    this.#tabs?.close();
    await this.#disconnect();
    await this.device.close();
  }

  /** Stops, in every tab, and leaves no database on the device. Unsent writes go too. */
  async wipe(): Promise<void> {
    if (!this.#closed) this.#tabs?.postMessage('wiped');
    await this.#signOut();
    if (this.name !== null) await deleteDatabases(this.name);
  }

  /** Opens the mirror; writes that an earlier one left behind go into it once it is pulled. */
  async #connect(): Promise<void> {
    const connection = await Connection.start(
      await openDatabase(this.name, this.options.wrapStorage),
      {
        client: this.#client,
        session: this.#session,
        backoff: this.#backoff,
        status: this.#status,
        own: this.#own,
        ownerOf: (claims) => this.#ownerOf(claims),
        onFailure: (error, failed) => this.#onFailure(error, failed),
      },
    );
    this.#owner = await this.#own.get<string>('owner');
    this.#events ??= new EventStream(
      this.#client,
      ({ coll }) => this.#connection.value?.resync(coll),
      (error) => this.#onStreamFailure(error),
      () => this.#freshness.renew(),
    );
    this.#connection.next(connection);
    // What can't be written now stays put aside for the next time.
    void this.#replay(connection).catch(() => undefined);
  }

  /** Writes anew what was unsent when another mirror was dropped. */
  async #replay(connection: Connection): Promise<void> {
    const unsent = await this.#own.get<Unsent>(UNSENT);
    if (unsent === null) return;
    for (const [name, docs] of unsent) {
      const { state } = await connection.replicate(name);
      await state.awaitInitialReplication();
      if (this.#connection.value !== connection) return;
      for (const doc of docs) await connection.write(name, doc);
    }
    await this.#own.put(UNSENT, null);
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
    this.#freshness.refuse();
    await this.close();
  }

  /** A portal that gives one person's token under another's subject must not mix their records. */
  async #ownerOf(claims: Claims): Promise<string> {
    const customer = claims.customer ?? '';
    if (this.#owner === null) {
      this.#owner = customer;
      await this.#own.put('owner', customer);
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
    this.#freshness.confirm();
    const wasOffline = this.#status.value.state === 'offline';
    this.#status.setTrouble(null);
    if (!wasOffline) return;
    // What waits goes on; it asks for the rest itself.
    this.#backoff.wake();
    this.#events?.wake();
  }

  /** A stream that breaks is no proof that the network is gone: a pull will tell. */
  #onStreamFailure(error: SyncError): void {
    if (error.kind === 'network' || error.kind === 'busy') this.#connection.value?.resync(null);
    else this.#onFailure(error, null);
  }

  #onFailure(error: SyncError, failed: Connection | null): void {
    if (this.#closed) return;
    switch (error.kind) {
      case 'network':
        this.#status.setTrouble('offline');
        break;
      case 'signed_out':
        this.#status.setTrouble('signedOut');
        this.#freshness.refuse();
        break;
      case 'upgrade':
        this.#status.setTrouble('upgrade');
        break;
      case 'resync':
        this.#status.setTrouble('error');
        if (failed === this.#doomed || failed === null) return;
        this.#doomed = failed;
        void this.#dropAndPull(failed);
        break;
      default:
        this.#status.setTrouble('error');
    }
  }

  /**
   * The server's history is another one: what is unsent is put aside, the mirror dropped and pulled
   * anew. Put aside first, it survives a page that is closed in between; drafts aren't in the mirror.
   */
  async #dropAndPull(before: Connection): Promise<void> {
    await this.#dropBackoff.sleep();
    if (before !== this.#connection.value || this.#closed) return;
    const unsent = [...((await this.#own.get<Unsent>(UNSENT)) ?? []), ...(await before.unsent())];
    if (unsent.length > 0) await this.#own.put(UNSENT, unsent);
    this.#tabs?.postMessage('dropped');
    await this.#disconnect();
    if (this.name !== null) await deleteDatabases(this.name, 'mirror');
    if (this.#closed) return;
    await this.#connect();
  }

  /** Another tab drops the mirror: lets go of it and opens the next one. */
  async #follow(): Promise<void> {
    if (this.#connection.value === null) return;
    await this.#disconnect();
    if (!this.#closed) await this.#connect();
  }
}

/** Key of the writes that were unsent when a mirror was dropped. */
const UNSENT = 'unsent';

/** Name of a person's local database; null when the store lives in memory. */
async function nameOf(person: Pick<StoreOptions, 'endpoint' | 'subject'>): Promise<string | null> {
  if (person.subject === null || !isSecureContext) return null;
  return databaseName(person.endpoint, person.subject);
}
