import { setMaxListeners } from 'node:events';
import { equal, pickPaths, withPaths } from '@liyu/model';
import type { Collection, Role } from '@liyu/model';
import { Backoff } from '../../packages/store/src/backoff.js';
import { isWritable, withoutMarks } from '../../packages/store/src/database.js';
import type { LocalDoc } from '../../packages/store/src/database.js';
import { EventStream } from '../../packages/store/src/event-stream.js';
import { HttpClient } from '../../packages/store/src/http-client.js';
import type { Checkpoint } from '../../packages/store/src/puller.js';
import { replicate } from '../../packages/store/src/replicate.js';
import type { Reject } from '../../packages/store/src/pusher.js';
import type { Replication } from '../../packages/store/src/replicate.js';
import { keyOf, selectorOf } from '../../packages/store/src/scopes.js';
import { SentWrites } from '../../packages/store/src/sent-writes.js';
import { Session } from '../../packages/store/src/session.js';
import type { SyncError } from '../../packages/store/src/sync-error.js';
import { asCollection } from './as-collection.js';
import { PlainCollection, startPlain, takeServers } from './plain-replication.js';
import type { Resolve } from './plain-replication.js';
import type { Place, VirtualClock } from './virtual-clock.js';

export interface DeviceOptions {
  name: string;
  role: Role;
  clock: VirtualClock;
  place: Place;
  getToken: () => Promise<string>;
  /** What this version of the client knows. */
  collections: readonly Collection[];
  /** The customers that a member of staff opened. */
  opened?: readonly string[];
  /** Whether it has a stream of hints. */
  listens: boolean;
  resolve?: Resolve | undefined;
}

/** A write that was refused, as the person was told. */
export interface Refusal extends Reject {
  coll: string;
  doc: LocalDoc;
}

/**
 * A device with the client's own sync code: `replicate`, `Puller`, `HttpClient`, `Session` and
 * `Backoff` of packages/store run as they are, on timers, clock and fetch of the virtual clock. In
 * plain maps, and so written anew here, is what store.ts, mirror.ts, replicator.ts and ledger.ts keep
 * in RxDB: the records, what is held and refused, and a mirror that gives way to the next one. Not
 * here: tabs, the age of records and logging out.
 */
export class Device {
  readonly refusals: Refusal[] = [];
  /** Unsent writes of mirrors that were dropped. */
  aside: { coll: string; doc: LocalDoc }[] = [];
  /** How often a whole mirror was dropped. */
  drops = 0;
  /** Whether the server says that this client is too old. */
  isOutdated = false;
  collections: readonly Collection[];
  #plain = new Map<string, PlainCollection>();
  readonly #held = new Map<string, LocalDoc>();
  #complete = new Set<string>();
  #ups: (() => void)[] = [];
  #running = new Map<string, Replication>();
  #ending = new AbortController();
  #backoff = new Backoff();
  #isDropping = false;
  #events: EventStream | null = null;
  readonly #kept = new Map<string, unknown>();
  /** What outlives a page but not the mirror. */
  readonly #marks = {
    modify: <T>(key: string, change: (before: T | null) => T) => {
      const value = structuredClone(change((this.#kept.get(key) as T | undefined) ?? null));
      this.#kept.set(key, value);
      return Promise.resolve(value);
    },
  };

  constructor(readonly options: DeviceOptions) {
    this.collections = options.collections;
    this.#here(() => this.#start());
  }

  get name(): string {
    return this.options.name;
  }

  /** The records of a collection as the person sees them. */
  all(coll: string): LocalDoc[] {
    return this.#collection(coll).all();
  }

  get(coll: string, id: string): LocalDoc | undefined {
    return this.all(coll).find((doc) => doc.id === id);
  }

  /** How far each scope of a collection was read. */
  checkpoint(coll: string): Checkpoint {
    return this.#collection(coll).checkpoint ?? {};
  }

  /** What lies here of a collection by one of the scopes that it comes by. */
  inScope(definition: Collection, scope: string): LocalDoc[] {
    const docs = this.all(definition.name);
    if (this.options.role === 'customer') return docs;
    if (definition.desk === true) return docs.filter(({ via }) => via?.includes(scope));
    const own = Object.entries(selectorOf(definition, scope.slice(2)));
    return docs.filter((doc) => own.every(([field, value]) => doc[field] === value));
  }

  /** The names of the collections that can be written, with what isn't delivered. */
  unsent(): { coll: string; doc: LocalDoc }[] {
    const pending = this.collections.flatMap(({ name }) =>
      this.all(name)
        .filter((doc) => doc.pending === true)
        .map((doc) => ({ coll: name, doc })),
    );
    return [...pending, ...this.aside];
  }

  /** Whether a write of a record is yet to be sent, or sent and not yet answered. */
  owes(coll: string, id: string): boolean {
    const plain = this.#collection(coll);
    if (!equal(plain.docs.get(id), plain.assumed.get(id))) return true;
    return this.aside.some((item) => item.coll === coll && item.doc.id === id);
  }

  /** Writes what the person may write of a record, as `Mirror.write` does. */
  write(coll: string, doc: LocalDoc): void {
    const definition = this.#definition(coll);
    const paths = definition.writable[this.options.role];
    const change = pickPaths(doc, paths);
    const plain = this.#collection(coll);
    const now = this.get(coll, doc.id);
    if (now !== undefined && equal(pickPaths(now, paths), change)) return;
    if (now === undefined) {
      plain.set({ ...withoutMarks(doc), pending: true, _deleted: false });
    } else if (now.pending === true && doc.pending !== true && definition.mergeFields !== true) {
      this.#refuse(coll, { id: doc.id, code: 'already_submitted' }, withoutMarks(doc));
    } else {
      plain.set({ ...withPaths(now, change), pending: true } as never);
    }
    this.#here(() => this.#ups.forEach((up) => up()));
  }

  /** Asks the server for all that changed. */
  poll(): void {
    this.#here(() => {
      for (const { resync } of this.#running.values()) resync(null);
    });
  }

  /** A hint asks for what it names; null stands for anything. */
  #ask(coll: string | null, scope: string | null): void {
    for (const [name, { resync }] of this.#running) {
      if (coll === null || coll === name) resync(scope);
    }
  }

  /** Tries at once what waits after a failure. */
  wake(): void {
    this.#here(() => {
      this.#backoff.wake();
      this.#events?.wake();
    });
    this.poll();
  }

  /** The page ends without a word and is opened again; what is stored stays. */
  restart(): void {
    this.#here(() => {
      this.#stop();
      this.#start();
    });
  }

  /** Goes on with what a newer version of the client knows. */
  upgrade(collections: readonly Collection[]): void {
    this.isOutdated = false;
    this.collections = collections;
    this.restart();
  }

  /** Ends all that runs. */
  close(): void {
    this.#here(() => this.#stop());
  }

  #here(run: () => void): void {
    this.options.clock.at(this.options.place, run);
  }

  #stop(): void {
    this.#ending.abort();
    this.#events?.stop();
    this.#backoff.wake();
  }

  #start(): void {
    const { clock, getToken, opened = [], resolve = takeServers } = this.options;
    const ending = (this.#ending = new AbortController());
    setMaxListeners(0, ending.signal);
    const backoff = (this.#backoff = new Backoff());
    const session = new Session(getToken);
    const client = new HttpClient('http://liyu', session, () => undefined);
    this.#ups = [];
    this.#running = new Map();
    this.#isDropping = false;
    for (const definition of this.collections) {
      const { name } = definition;
      const plain = this.#collection(name);
      const sentWrites = new SentWrites(this.#marks, name);
      plain.onChange = (doc) => {
        if (doc.pending !== true) void sentWrites.remove([doc.id]);
        if (name === 'customers' && doc._deleted) this.poll();
      };
      const replication = replicate(definition, asCollection(plain), {
        client,
        session,
        waits: { pull: backoff.another(), push: backoff.another() },
        isOffline: () => false,
        mayWrite: definition.writable[this.options.role].length > 0,
        signal: ending.signal,
        opened: new Set(opened),
        checkOwner: () => Promise.resolve(),
        isStranger: (customer) =>
          Promise.resolve(
            this.#complete.has('customers') && this.get('customers', customer) === undefined,
          ),
        onFailure: (error) => this.#fail(error, ending.signal),
        onReject: (reject, doc) => Promise.resolve(this.#refuse(name, reject, doc)),
        onGone: () => undefined,
        hold: (doc) => {
          this.#held.set(`${name}/${doc.id}`, doc);
          return Promise.resolve();
        },
        heldOf: (id) => {
          return Promise.resolve(this.#held.get(`${name}/${id}`) ?? null);
        },
        sentWrites,
        onQuarantine: () => undefined,
        onEnd: (keys) => this.#end(name, keys),
        start: startPlain(plain, {
          signal: ending.signal,
          resolve,
          onUp: (up) => this.#ups.push(up),
        }),
      });
      this.#running.set(name, replication);
    }
    const onFailure = (error: SyncError) => {
      if (error.kind === 'network' || error.kind === 'busy') this.#ask(null, null);
      else this.#fail(error, ending.signal);
    };
    this.#events = this.options.listens
      ? new EventStream(
          client,
          ({ coll, scope }) => this.#ask(coll, scope),
          onFailure,
          () => undefined,
        )
      : null;
    // The client asks a customer who was opened, and a desk, again after a while.
    const ask = () => {
      if (ending.signal.aborted) return;
      this.poll();
      clock.after(120_000, ask);
    };
    clock.after(120_000, ask);
  }

  #fail(error: SyncError, signal: AbortSignal): void {
    if (error.kind === 'upgrade') this.isOutdated = true;
    if (error.kind !== 'resync' || this.#isDropping) return;
    this.#isDropping = true;
    this.options.clock.after(500, () => {
      if (!signal.aborted) this.#drop();
    });
  }

  /** Begins the next mirror; unsent writes go into it once it is pulled. */
  #drop(): void {
    this.#stop();
    this.drops += 1;
    this.aside = this.unsent();
    this.#plain = new Map();
    this.#held.clear();
    this.#kept.clear();
    this.#complete = new Set();
    this.#start();
  }

  #end(coll: string, keys: readonly string[]): void {
    for (const key of keys) this.#complete.add(key);
    if (!this.#complete.has(keyOf({ name: coll, customer: null }))) return;
    const own = this.aside.filter((item) => item.coll === coll);
    this.aside = this.aside.filter((item) => item.coll !== coll);
    for (const { doc } of own) this.write(coll, { ...doc, pending: false });
  }

  #refuse(coll: string, reject: Reject, doc: LocalDoc): void {
    this.refusals.push({ ...reject, coll, doc });
  }

  #collection(name: string): PlainCollection {
    let plain = this.#plain.get(name);
    if (plain === undefined) this.#plain.set(name, (plain = new PlainCollection()));
    return plain;
  }

  #definition(name: string): Collection {
    const found = this.collections.find((item) => item.name === name);
    if (found === undefined || !isWritable(found)) throw new Error(`${name} can't be written`);
    return found;
  }
}
