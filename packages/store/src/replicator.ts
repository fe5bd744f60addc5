import type { Collection } from '@liyu/model';
import { Subscription, filter, firstValueFrom } from 'rxjs';
import { isWritable } from './database.js';
import type { LocalCollection } from './database.js';
import { HeldRecords } from './held-records.js';
import { keepLedger } from './keep-ledger.js';
import type { Ledger } from './ledger.js';
import type { Mirror } from './mirror.js';
import { rejectionKey } from './own-records.js';
import type { OwnRecords } from './own-records.js';
import { replicate } from './replicate.js';
import type { Replication, ReplicationContext } from './replicate.js';
import { definitionOf, isRegistered, keyOf, roleOf, wantOf } from './scopes.js';
import type { Want } from './scopes.js';
import { SentWrites } from './sent-writes.js';
import type { Status } from './status.js';
import type { SyncError } from './sync-error.js';

const CUSTOMERS = 'customers';
/** Time after which staff see what changed of a customer whom they opened: no hint says so. */
const REASK_MS = 60_000;
/** Customers of whom that is done, the last that were opened. */
const REASKED = 3;

/** What the store gives every replication; the rest is about the mirror. */
export type Surroundings = Pick<
  ReplicationContext,
  'client' | 'session' | 'waits' | 'isOffline' | 'checkOwner' | 'onGone'
> & {
  /** Called before a request that failed is tried again. */
  onFailure: (error: SyncError, replicator: Replicator) => void;
  status: Status;
  ledger: Ledger;
  /** Keeps what outlives the mirror. */
  own: OwnRecords;
  /** Names of the collections that lie in the mirror. */
  stored: () => Promise<Iterable<string>>;
};

interface Running extends Replication {
  /** The customers that staff opened. */
  opened: Set<string>;
}

/** Replicates a mirror; only one tab has one. */
export class Replicator {
  readonly #running = new Map<string, Promise<Running>>();
  readonly #subscriptions = new Subscription();
  readonly #ending = new AbortController();
  readonly #work = new Set<Promise<unknown>>();
  #hasLooked = false;
  #replaying = false;

  constructor(
    readonly mirror: Mirror,
    private readonly surroundings: Surroundings,
  ) {
    mirror.room.begin();
    const reask = setInterval(() => this.#reask(), REASK_MS);
    this.#subscriptions.add(() => clearInterval(reask));
  }

  /** Replicates a collection, for staff of one customer, from now on. */
  async replicate({ name, customer }: Want): Promise<void> {
    const known = this.#running.get(name);
    const running = known ?? this.#start(name, customer);
    if (known === undefined) this.#running.set(name, running);
    const { opened, resync } = await running;
    if (customer === null || known === undefined) return;
    // The last one that was opened comes last.
    opened.delete(customer);
    opened.add(customer);
    resync(`c:${customer}`);
  }

  /** Asks the server for what changed in a collection and scope; null stands for every one. */
  resync(name: string | null, scope: string | null): void {
    for (const [key, running] of this.#running) {
      if (name !== null && name !== key) continue;
      void running.then(
        (replication) => replication.resync(scope),
        () => undefined,
      );
    }
  }

  #reask(): void {
    for (const running of this.#running.values()) {
      void running.then(
        ({ opened, resync }) => {
          for (const customer of [...opened].slice(-REASKED)) resync(`c:${customer}`);
        },
        () => undefined,
      );
    }
  }

  /** Replicates what holds unsent writes, also of a page that no longer is. */
  deliver(): void {
    const { writes, aside } = this.surroundings.ledger.value;
    for (const [name, ids] of Object.entries(writes)) {
      if (ids.length > 0) this.#do(this.replicate({ name, customer: null }));
    }
    if (aside.length === 0 || this.#replaying) return;
    this.#replaying = true;
    // What can't be written now stays put aside for the next time.
    void this.#replay()
      .catch(() => undefined)
      .finally(() => {
        this.#replaying = false;
      });
  }

  /** Writes anew what was put aside, once what it was written on is here. */
  async #replay(): Promise<void> {
    const { own, ledger } = this.surroundings;
    const role = roleOf(await own.get<string>('owner'));
    for (;;) {
      const [name, docs] = ledger.value.aside[0] ?? [];
      const doc = docs?.[0];
      if (name === undefined || doc === undefined) return;
      const customer = role === 'staff' && typeof doc.customer === 'string' ? doc.customer : null;
      await this.#pulled(wantOf(definitionOf(name), customer));
      if (this.#ending.signal.aborted) return;
      await this.mirror.write(name, { ...doc, pending: false }, { role, ledger, own }, true);
      await ledger.takeBack(name, doc);
    }
  }

  /** Resolves when a collection was pulled to its end. */
  async #pulled({ name, customer }: Want): Promise<void> {
    await this.replicate({ name, customer });
    const key = keyOf({ name, customer });
    await firstValueFrom(this.mirror.complete.pipe(filter((keys) => keys.has(key))));
  }

  /**
   * Ends what runs; the mirror can be closed then. RxDB's own end lets requests and writes run on into
   * the closed database, where they fail unhandled; so requests are broken off and writes awaited.
   */
  async close(): Promise<void> {
    this.#subscriptions.unsubscribe();
    this.surroundings.status.forget();
    const started = await Promise.allSettled(this.#running.values());
    const replications = started.flatMap((item) =>
      item.status === 'fulfilled' ? [item.value] : [],
    );
    const running = replications.map(({ state }) => state);
    await Promise.all(running.map((state) => state.pause()));
    // A push that is broken off ends as one of nothing, and RxDB would take what stands behind it for sent.
    for (const state of running) state.internalReplicationState?.events.canceled.next(true);
    this.#ending.abort();
    this.surroundings.waits.pull.wake();
    this.mirror.room.end();
    const queues = running.flatMap(({ internalReplicationState: inner }) =>
      inner === undefined
        ? []
        : [inner.streamQueue.up, inner.streamQueue.down, inner.checkpointQueue],
    );
    await Promise.allSettled([...queues, ...replications.map(({ settled }) => settled())]);
    await Promise.allSettled(this.#work);
    await Promise.all(running.map((state) => state.cancel()));
  }

  async #start(name: string, customer: string | null): Promise<Running> {
    const { status, own, onFailure, ...line } = this.surroundings;
    const definition = definitionOf(name);
    const collection = await this.mirror.collection(name);
    const marks = this.mirror.marksOf(name);
    const opened = new Set(customer === null ? [] : [customer]);
    const sentWrites = new SentWrites(marks, name);
    const heldRecords = new HeldRecords(marks, name);
    const mayWrite = await this.#mayWrite(definition);
    const replication = replicate(definition, collection, {
      ...line,
      mayWrite,
      opened,
      isStranger: (customer) => this.#isStranger(customer),
      onFailure: (error) => onFailure(error, this),
      signal: this.#ending.signal,
      onReject: ({ id, code }, doc) =>
        own.put(rejectionKey(name, id), { code, doc, at: new Date().toISOString() }),
      hold: (doc) => heldRecords.put(doc),
      heldOf: (id) => heldRecords.get(id),
      sentWrites,
      onQuarantine: (count) => status.addQuarantined(count),
      onEnd: (keys) => {
        this.#do(this.mirror.markComplete(keys));
        if (name === CUSTOMERS) this.#lookForStrangers();
      },
    });
    if (name === CUSTOMERS) this.#followLeavers(collection);
    this.#subscriptions.add(
      replication.state.active$.subscribe((active) => status.setSyncing(name, active)),
    );
    if (mayWrite) {
      this.#subscriptions.add(
        keepLedger(collection, {
          ledger: this.surroundings.ledger,
          onStored: async (ids) => {
            await sentWrites.remove(ids);
            await heldRecords.remove(ids);
          },
          run: (work) => this.#do(work),
        }),
      );
    }
    return { ...replication, opened };
  }

  /** Whether this person may write records of a collection; so it is while nobody knows who it is. */
  async #mayWrite(definition: Collection): Promise<boolean> {
    const { own, session } = this.surroundings;
    const owner = await own.get<string>('owner');
    const role =
      owner === null
        ? await session.token().then(
            ({ claims }) => claims.role,
            () => null,
          )
        : roleOf(owner);
    return role === null ? isWritable(definition) : definition.writable[role].length > 0;
  }

  /** Whether a customer is at none of the desks of the member of staff. */
  async #isStranger(customer: string): Promise<boolean> {
    const complete = await firstValueFrom(this.mirror.complete);
    if (!complete.has(CUSTOMERS)) return false;
    const customers = await this.mirror.collection(CUSTOMERS);
    return (await customers.findOne(customer).exec()) === null;
  }

  /** Once, when it is known who is at the desk: what lies here of others goes, whoever shows it. */
  #lookForStrangers(): void {
    if (this.#hasLooked) return;
    this.#hasLooked = true;
    this.#do(
      (async () => {
        const { claims } = await this.surroundings.session.token();
        if (claims.role === 'customer') return;
        for (const name of await this.surroundings.stored()) {
          if (isRegistered(name)) await this.replicate({ name, customer: null });
        }
      })(),
    );
  }

  /** What lies here of a customer goes when the customer leaves the desk. */
  #followLeavers(collection: LocalCollection): void {
    this.#subscriptions.add(
      collection.eventBulks$.subscribe(({ events }) => {
        for (const { documentId, operation } of events) {
          if (operation === 'DELETE') this.resync(null, `c:${documentId}`);
        }
      }),
    );
  }

  /** Runs work on the device that must be over before the mirror closes. */
  #do(work: Promise<unknown>): void {
    const running = work.catch(() => undefined).finally(() => this.#work.delete(running));
    this.#work.add(running);
  }
}
