import { setTimeout as sleep } from 'node:timers/promises';
import { newCase } from '@liyu/model';
import { Backoff } from '../../../packages/store/src/backoff.js';
import { openDatabase, withoutMarks } from '../../../packages/store/src/database.js';
import type {
  LocalCollection,
  LocalDoc,
  OpenedDatabase,
} from '../../../packages/store/src/database.js';
import { HttpClient } from '../../../packages/store/src/http-client.js';
import { Ledger, countUnsent } from '../../../packages/store/src/ledger.js';
import { Mirror } from '../../../packages/store/src/mirror.js';
import { OwnRecords, rejectionKey } from '../../../packages/store/src/own-records.js';
import { Replicator } from '../../../packages/store/src/replicator.js';
import { Session } from '../../../packages/store/src/session.js';
import { Status } from '../../../packages/store/src/status.js';
import type { StoredRejection } from '../../../packages/store/src/store.js';
import type { Random } from '../random.js';

/** Collections that a customer writes, and the client one of. */
export const PLAYED = ['cases', 'customers', 'surveys'] as const;
export type Played = (typeof PLAYED)[number];

const TIMES = ['MORNING', 'AFTERNOON', 'EVENING', null];

/** What a client ends with. */
export interface Outcome {
  docs: LocalDoc[];
  /** Ids of what was created here, with the code of those that were refused. */
  created: { id: string; refused: string | null }[];
  unsent: number;
  refusals: number;
}

/**
 * A customer's device with one collection: the store's own replication over a real RxDB, whose storage is
 * its memory.
 */
export class Client {
  readonly #created: string[] = [];
  readonly #refused = new Set<string>();

  private constructor(
    private readonly customer: string,
    private readonly played: Played,
    private readonly random: Random,
    private readonly collection: LocalCollection,
    private readonly parts: {
      mirror: Mirror;
      own: OwnRecords;
      ledger: Ledger;
      replicator: Replicator;
      databases: OpenedDatabase[];
    },
  ) {}

  static async open(
    customer: string,
    played: Played,
    random: Random,
    line: { url: string; token: string },
  ): Promise<Client> {
    const databases = [await openDatabase(null, 'own'), await openDatabase(null, 0)];
    const own = new OwnRecords(databases[0]!);
    await own.put('owner', customer);
    const ledger = await Ledger.open(own);
    const mirror = await Mirror.open(0, databases[1]!, () => undefined);
    const session = new Session(() => Promise.resolve(line.token));
    const backoff = new Backoff(20, 400);
    const replicator = new Replicator(mirror, {
      client: new HttpClient(line.url, session, () => undefined),
      session,
      waits: { pull: backoff.another(), push: backoff.another() },
      isOffline: () => false,
      checkOwner: () => Promise.resolve(),
      onGone: () => undefined,
      onFailure: () => undefined,
      status: new Status(true),
      ledger,
      own,
      stored: () => Promise.resolve([]),
    });
    await replicator.replicate({ name: played, customer: null });
    const collection = await mirror.collection(played);
    const parts = { mirror, own, ledger, replicator, databases };
    return new Client(customer, played, random, collection, parts);
  }

  /** Writes at random moments, and asks the server now and then. */
  async play(writes: number, ms: number): Promise<void> {
    const { random, parts } = this;
    for (let n = 0; n < writes; n++) {
      await sleep(random.between(0, (2 * ms) / writes));
      if (random.chance(0.3)) parts.replicator.resync(null, null);
      await this.#write();
    }
  }

  /** Resolves when nothing waits and all that the server has was asked for. */
  async settle(): Promise<void> {
    const { replicator, ledger } = this.parts;
    for (let tries = 0; countUnsent(ledger.value) > 0; tries++) {
      if (tries === 300) return;
      await sleep(100);
    }
    replicator.resync(null, null);
    await sleep(500);
  }

  async end(): Promise<Outcome> {
    const { replicator, mirror, own, ledger, databases } = this.parts;
    const docs = (await this.collection.find().exec()).map((doc) =>
      withoutMarks(doc.toMutableJSON()),
    );
    const created = [];
    for (const id of this.#created) {
      const refusal = await own.get<StoredRejection>(rejectionKey(this.played, id));
      created.push({ id, refused: refusal?.code ?? null });
    }
    for (const { id } of docs) {
      if ((await own.get(rejectionKey(this.played, id))) !== null) this.#refused.add(id);
    }
    const outcome = {
      docs,
      created,
      unsent: countUnsent(ledger.value),
      refusals: this.#refused.size,
    };
    await replicator.close();
    await mirror.close();
    ledger.close();
    for (const database of databases) await database.close();
    return outcome;
  }

  async #write(): Promise<void> {
    const { mirror, own, ledger, replicator } = this.parts;
    const doc = await this.#next();
    if (doc === null) return;
    await mirror.write(this.played, doc, { role: 'customer', ledger, own });
    replicator.deliver();
  }

  /** What the customer writes next; null when there is nothing to write yet. */
  async #next(): Promise<LocalDoc | null> {
    const { customer, random } = this;
    if (this.played === 'cases') {
      const opened = newCase({ customer, kind: 'callback', text: `请回电 ${canary(customer)}` });
      this.#created.push(opened.id);
      return opened;
    }
    const found = (await this.collection.find().exec()).map((doc) => doc.toMutableJSON());
    if (found.length === 0) return null;
    const doc = random.pick(found);
    if (this.played === 'customers') {
      const preferences = { ...(doc.preferences as object), contactTime: random.pick(TIMES) };
      return { ...doc, preferences };
    }
    if (doc.state !== 'invited') return null;
    return {
      ...doc,
      state: 'submitted',
      answers: { q1: random.between(1, 5) },
      submittedAt: new Date().toISOString(),
    };
  }
}

/** A text that nobody but the customer may have. */
export function canary(customer: string): string {
  return `canary-of-${customer}`;
}
