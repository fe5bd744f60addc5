import { equal } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { BehaviorSubject, Subscription } from 'rxjs';
import type { LocalDoc, OpenedDatabase } from './database.js';
import { OwnRecords, rejectionKey } from './own-records.js';
import { replicate } from './replicate.js';
import type { Replication, ReplicationContext } from './replicate.js';
import type { Status } from './status.js';
import type { SyncError } from './sync-error.js';

/** What the store gives every replication; the rest is about the local database. */
export type Surroundings = Pick<
  ReplicationContext,
  'client' | 'session' | 'backoff' | 'ownerOf'
> & {
  /** Called before a request that failed is tried again. */
  onFailure: (error: SyncError, connection: Connection) => void;
  status: Status;
  /** Keeps what outlives the mirror. */
  own: OwnRecords;
};

/** Records by the name of their collection. */
export type Unsent = [name: string, docs: LocalDoc[]][];

/** The mirror of the server's records: one opened database with what replicates it. */
export class Connection {
  /** Names of the collections that were once pulled to their end. */
  readonly complete = new BehaviorSubject<ReadonlySet<string>>(new Set());
  readonly #replications = new Map<string, Promise<Replication>>();
  readonly #pending = new Map<string, number>();
  readonly #subscriptions = new Subscription();
  readonly #ending = new AbortController();
  readonly #marking: Promise<void>[] = [];

  /** What belongs to this mirror alone. */
  readonly #marks: OwnRecords;

  private constructor(
    readonly opened: OpenedDatabase,
    private readonly surroundings: Surroundings,
  ) {
    this.#marks = new OwnRecords(opened.database);
  }

  static async start(opened: OpenedDatabase, surroundings: Surroundings): Promise<Connection> {
    const connection = new Connection(opened, surroundings);
    const complete = await connection.#marks.get<string[]>('complete');
    connection.complete.next(new Set(complete));
    return connection;
  }

  /** Replicates a collection from now on. */
  replicate(name: string): Promise<Replication> {
    let replication = this.#replications.get(name);
    if (replication === undefined) {
      replication = this.#start(name);
      this.#replications.set(name, replication);
    }
    return replication;
  }

  /**
   * Writes what the customer may write of a record; all else stays as the server last said it. Nothing
   * happens when that is written already.
   */
  async write(name: string, doc: LocalDoc): Promise<void> {
    const collection = await this.opened.open(name);
    const writable = collections[name]?.writable ?? [];
    const change = Object.fromEntries(writable.map((key) => [key, doc[key]]));
    const held = await collection.findOne(doc.id).exec();
    await this.surroundings.own.put(rejectionKey(name, doc.id), null);
    if (held === null) await collection.insert({ ...doc, pending: true });
    else if (!writable.every((key) => equal(held.get(key), doc[key]))) {
      let isFirst = true;
      await held.incrementalModify((now) => {
        isFirst = now.pending !== true;
        return isFirst ? { ...now, ...change, pending: true } : now;
      });
      // Another tab wrote while this one did: what came first stands, this one isn't lost.
      if (!isFirst) {
        const refusal = { code: 'already_submitted', doc };
        await this.surroundings.own.put(rejectionKey(name, doc.id), refusal);
      }
    }
    await this.replicate(name);
  }

  /** Asks the server for what changed in a collection; null stands for every one. */
  resync(name: string | null): void {
    for (const [key, replication] of this.#replications) {
      if (name !== null && name !== key) continue;
      void replication.then(
        ({ resync }) => resync(),
        () => undefined,
      );
    }
  }

  /** Writes that the server hasn't taken, by collection; also of those that no widget here needs. */
  async unsent(): Promise<Unsent> {
    const found: Unsent = [];
    for (const { name, writable } of Object.values(collections)) {
      if (writable.length === 0) continue;
      const collection = await this.opened.open(name);
      const docs = await collection.find({ selector: { pending: true } }).exec();
      if (docs.length > 0) found.push([name, docs.map((doc) => doc.toMutableJSON())]);
    }
    return found;
  }

  /**
   * Ends what runs, then closes the database. RxDB's own end lets requests and writes run on into the
   * closed database, where they fail unhandled; so requests are broken off and writes awaited first.
   */
  async close(): Promise<void> {
    this.#subscriptions.unsubscribe();
    this.surroundings.status.forget();
    const started = await Promise.allSettled(this.#replications.values());
    const running = started.flatMap((item) =>
      item.status === 'fulfilled' ? [item.value.state] : [],
    );
    await Promise.all(running.map((state) => state.pause()));
    this.#ending.abort();
    this.surroundings.backoff.wake();
    const queues = running.flatMap(({ internalReplicationState: inner }) =>
      inner === undefined
        ? []
        : [inner.streamQueue.up, inner.streamQueue.down, inner.checkpointQueue],
    );
    await Promise.allSettled([...queues, ...this.#marking]);
    await Promise.all(running.map((state) => state.cancel()));
    await this.opened.close();
  }

  async #start(name: string): Promise<Replication> {
    const { status, own, onFailure, ...context } = this.surroundings;
    const collection = await this.opened.open(name);
    const replication = replicate(name, collection, {
      ...context,
      onFailure: (error) => onFailure(error, this),
      signal: this.#ending.signal,
      onReject: (reject, doc) => own.put(rejectionKey(name, reject.id), { code: reject.code, doc }),
      hold: (doc) => this.#marks.put(heldKey(name, doc.id), doc),
      release: async (id) => {
        const held = await this.#marks.get<LocalDoc>(heldKey(name, id));
        if (held !== null) await this.#marks.put(heldKey(name, id), null);
        return held;
      },
      onQuarantine: (count) => status.addQuarantined(count),
    });
    this.#subscriptions.add(
      replication.state.active$.subscribe((active) => status.setSyncing(name, active)),
    );
    if ('pending' in collection.schema.jsonSchema.properties) {
      this.#pending.set(name, 0);
      const unsent = collection.find({ selector: { pending: true } }).$;
      this.#subscriptions.add(
        unsent.subscribe((docs) => {
          this.#pending.set(name, docs.length);
          status.setPending([...this.#pending.values()].reduce((sum, count) => sum + count, 0));
        }),
      );
    }
    void replication.state.awaitInitialReplication().then(() => {
      if (!this.#ending.signal.aborted) this.#marking.push(this.#markComplete(name));
    });
    return replication;
  }

  async #markComplete(name: string): Promise<void> {
    if (this.complete.value.has(name)) return;
    this.complete.next(new Set([...this.complete.value, name]));
    await this.#marks.put('complete', [...this.complete.value]);
  }
}

function heldKey(collection: string, id: string): string {
  return `held:${collection}:${id}`;
}
