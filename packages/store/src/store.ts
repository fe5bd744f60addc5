import {
  EMPTY,
  NEVER,
  catchError,
  combineLatest,
  defer,
  distinctUntilChanged,
  from,
  map,
  switchMap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { deleteDatabases } from './database-names.js';
import { openDatabase } from './database.js';
import type { LocalDoc, OpenedDatabase, WrapStorage } from './database.js';
import { Freshness } from './freshness.js';
import { Ledger, countUnsent } from './ledger.js';
import type { Mirror } from './mirror.js';
import { OwnRecords, draftKey, rejectionKey } from './own-records.js';
import { countLeft, nameOf, wipeLeft, wipeOthers } from './person.js';
import type { Person } from './person.js';
import { definitionOf, keyOf, roleOf, selectorOf, wantOf } from './scopes.js';
import type { Want } from './scopes.js';
import type { FindOptions, Page } from './search-index.js';
import type { GetToken } from './session.js';
import { Status } from './status.js';
import type { StoreStatus } from './status.js';
import { Syncing } from './syncing.js';
import { UnsentWork } from './wiped.js';
import type { WipeReason, Wiped } from './wiped.js';

export interface StoreOptions extends Person {
  getToken: GetToken;
  /** Hours after the last answer of the server in which stored data opens without a token; 0 never. */
  offlineHours: number;
  /** Called when something of this, or of an earlier, person left the device. */
  onWiped?: (wiped: Wiped) => void;
  wrapStorage?: WrapStorage;
}

export interface Stored<T = LocalDoc> {
  docs: readonly T[];
  /** Whether the collection has been pulled to its end at least once on this device. */
  complete: boolean;
  /** Day in Asia/Shanghai on which that was last so; null before the first time. */
  pulledOn: string | null;
}

/** A page of what was found. */
export interface Found extends Page {
  /** Whether the collection has been pulled to its end at least once on this device. */
  complete: boolean;
}

export interface StoredRejection {
  code: string;
  doc: LocalDoc;
  /** Moment at which this device learned of it; absent in what older releases kept. */
  at?: string;
}

export interface LogoutOptions {
  /** Whether unsent writes may be lost. */
  discard?: boolean;
}

/** The local-first store of one signed-in person, as one tab has it open. */
export class Store {
  readonly #status: Status;
  readonly #own: OwnRecords;
  readonly #freshness: Freshness;
  readonly #syncing: Syncing;
  #closing: Promise<void> | null = null;
  #wiped = false;
  /** Whose records lie here; null until the first token says so, and then for good. */
  #owner: string | null = null;

  /** Opens the person's store. What other persons left on this device is wiped. */
  static async open(options: StoreOptions): Promise<Store> {
    const { onWiped, wrapStorage } = options;
    const name = await nameOf(options);
    if (name !== null) {
      const unsent = await wipeOthers(name, wrapStorage);
      if (unsent !== null) onWiped?.({ reason: 'subject_changed', unsent });
    }
    const device = await openDatabase(name, 'own', wrapStorage);
    const ledger = await Ledger.open(new OwnRecords(device));
    await ledger.adopt();
    const store = new Store(options, device.memory ? null : name, device, ledger);
    await store.#syncing.open();
    return store;
  }

  /** The same as `pendingCount()`, of a person whose store isn't open in this page. */
  static async pendingCount(person: Person): Promise<number> {
    const name = await nameOf(person);
    return name === null ? 0 : countLeft(name);
  }

  /** The same as `logout()`, of a person whose store isn't open in this page. */
  static async logout(
    person: Person,
    { discard = false, reason = 'logout' }: LogoutOptions & { reason?: WipeReason } = {},
  ): Promise<{ dropped: number }> {
    const name = await nameOf(person);
    if (name === null) return { dropped: 0 };
    const unsent = discard ? 0 : await countLeft(name);
    if (unsent > 0) throw new UnsentWork(unsent);
    return { dropped: await wipeLeft(name, reason) };
  }

  private constructor(
    private readonly options: StoreOptions,
    private readonly name: string | null,
    private readonly device: OpenedDatabase,
    private readonly ledger: Ledger,
  ) {
    this.#status = new Status(device.memory);
    this.#own = new OwnRecords(device);
    this.#freshness = new Freshness(name, options.offlineHours, () => this.#leave('no_contact'));
    ledger.changes.subscribe((state) => this.#status.setPending(countUnsent(state)));
    this.#syncing = new Syncing({
      ...options,
      name,
      own: this.#own,
      ledger,
      status: this.#status,
      freshness: this.#freshness,
      onWiped: (wiped) => void this.#onWiped(wiped),
      onEnded: (reason) => this.#leave(reason),
    });
  }

  get status(): Observable<StoreStatus> {
    return this.#status.changes.asObservable();
  }

  get currentStatus(): StoreStatus {
    return this.#status.value;
  }

  /**
   * The records of a collection, live; replicates it when first asked for, in whichever tab does that.
   * Staff name the customer, but for the collections of their desk. Null until stored data may be
   * shown, and again after a sign-out.
   */
  watch(
    name: string,
    { customer = null }: { customer?: string | null } = {},
  ): Observable<Stored | null> {
    const definition = definitionOf(name);
    const want = wantOf(definition, customer);
    const selector = customer === null ? {} : selectorOf(definition, customer);
    return this.#live(want, (mirror) =>
      from(mirror.collection(name)).pipe(
        switchMap(async (collection) => {
          if (collection.closed) return EMPTY;
          const query = collection.find({ selector: selector });
          // What others were told of the same query may be a moment old.
          await query.exec();
          return query.$;
        }),
        switchMap((docs) => docs),
        map((found) => ({ docs: found.map((doc) => doc.toMutableJSON()) })),
      ),
    );
  }

  /**
   * A page of a collection of the desk, searched and sorted, live; for as many records as a member of
   * staff has, which `watch` isn't made for. The first 50 by id when nothing else is asked for. Null as
   * with `watch`.
   */
  find(name: string, options: FindOptions = {}): Observable<Found | null> {
    return this.#live(wantOf(definitionOf(name), null), (mirror) =>
      from(mirror.searchIndex(name)).pipe(switchMap((index) => index.find(options))),
    );
  }

  /**
   * What `read` finds in the mirror of the day, and whether it is all there is: what was found before the
   * end of the pull was known may lack what it brought, so it is read again then.
   */
  #live<T extends object>(
    want: Want,
    read: (mirror: Mirror) => Observable<T>,
  ): Observable<(T & Pick<Stored, 'complete' | 'pulledOn'>) | null> {
    const stored = this.#syncing.mirror.pipe(
      switchMap((mirror) => {
        if (mirror === null) return NEVER;
        this.#syncing.want(want);
        const pulledOn = mirror.pulledOn.pipe(
          map((days) => days[keyOf(want)] ?? null),
          distinctUntilChanged(),
        );
        const found = mirror.complete.pipe(
          map((complete) => complete.has(keyOf(want))),
          distinctUntilChanged(),
          switchMap((complete) =>
            defer(() => read(mirror)).pipe(
              catchError(failOrWait),
              map((read) => ({ ...read, complete })),
            ),
          ),
        );
        return combineLatest([found, pulledOn]).pipe(
          map(([value, day]) => ({ ...value, pulledOn: day })),
        );
      }),
    );
    return combineLatest([stored, this.#freshness.mayShow]).pipe(
      map(([value, mayShow]) => (mayShow ? value : null)),
    );
  }

  /**
   * Writes what the person may write of a record on the device; it is pushed when the network allows.
   * A write on top of one that isn't delivered says that it knows of it by `doc.pending`.
   */
  async write(name: string, doc: LocalDoc): Promise<void> {
    this.#owner ??= await this.#own.get<string>('owner');
    const role = roleOf(this.#owner);
    if (this.#syncing.retired) {
      await this.ledger.setAside(name, doc);
      return;
    }
    const mirror = await this.#syncing.current();
    await mirror.write(name, doc, { role, ledger: this.ledger, own: this.#own });
    const isOpened = role === 'staff' && typeof doc.customer === 'string';
    this.#syncing.want(wantOf(definitionOf(name), isOpened ? (doc.customer as string) : null));
    // Into a mirror that was dropped meanwhile: nobody may have seen it there.
    if ((await this.ledger.read()).mirror === mirror.number) return;
    await this.ledger.setAside(name, doc);
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

  /** Records with a write that the server hasn't taken, of all collections. Drafts don't count. */
  async pendingCount(): Promise<number> {
    if (this.#closing !== null) return countUnsent(this.ledger.value);
    return countUnsent(await this.ledger.read());
  }

  /** Tries at once what waits after a failure. */
  retry(): void {
    this.#syncing.retry();
  }

  /** Stops and keeps what is stored. */
  async close(): Promise<void> {
    this.#closing ??= this.#end();
    await this.#closing;
  }

  /**
   * Ends the store in every tab and leaves nothing of it on the device. Refuses with `UnsentWork`, and
   * touches nothing, when that would lose writes, unless `discard` says so; gives how many were lost.
   * Drafts, texts that were never submitted, go in any case and aren't counted.
   */
  async logout({
    discard = false,
    reason = 'logout',
  }: LogoutOptions & { reason?: WipeReason } = {}): Promise<{ dropped: number }> {
    if (!discard) {
      const unsent = await this.pendingCount();
      if (unsent > 0) throw new UnsentWork(unsent);
    }
    return { dropped: await this.#wipe(reason) };
  }

  /** Wipes without being asked to. */
  #leave(reason: WipeReason): void {
    void this.#wipe(reason).catch(() => undefined);
  }

  async #wipe(reason: WipeReason): Promise<number> {
    const wiped: Wiped = {
      reason,
      unsent: await this.pendingCount().catch(() => countUnsent(this.ledger.value)),
    };
    this.#syncing.tell({ type: 'wiped', wiped });
    await this.#signOut();
    if (this.name !== null) await deleteDatabases(this.name);
    this.#report(wiped);
    return wiped.unsent;
  }

  async #onWiped(wiped: Wiped): Promise<void> {
    if (wiped.reason === 'scope_gone') {
      this.options.onWiped?.(wiped);
      return;
    }
    await this.#signOut();
    this.#report(wiped);
  }

  async #signOut(): Promise<void> {
    this.#status.setOutdated(false);
    this.#status.setTrouble('signedOut');
    this.#freshness.refuse();
    await this.close();
  }

  /** Says once that everything is gone. */
  #report(wiped: Wiped): void {
    if (this.#wiped) return;
    this.#wiped = true;
    this.options.onWiped?.(wiped);
  }

  async #end(): Promise<void> {
    this.#freshness.stop();
    await this.#syncing.close();
    this.ledger.close();
    await this.device.close();
  }
}

/** A wrong question is an error; a mirror that closed meanwhile is none, the next one follows. */
function failOrWait(error: unknown): Observable<never> {
  if (error instanceof RangeError) throw error;
  return EMPTY;
}
