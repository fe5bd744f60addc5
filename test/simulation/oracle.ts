import { equal } from '@liyu/model';
import type { Collection, Doc, Role } from '@liyu/model';
import type { Database } from '../../packages/server/src/db/database.js';
import { pull } from '../../packages/server/src/sync/pull.js';
import { withoutMarks } from '../../packages/store/src/database.js';
import type { Device } from './device.js';
import { digestOf } from './digest-of.js';
import type { Exchange } from './network.js';
import type { Deed } from './operations.js';
import { STAFF_CANARY, canary } from './records.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Witness } from './witness.js';

export interface Reader {
  device: Device;
  role: Role;
  /** Customer, or staff number. */
  who: string;
}

interface Row {
  newDocumentState: Doc;
  assumedMasterState?: Doc;
}

/** What must hold, whatever went wrong. What doesn't is told once, in words, to `breach`. */
export class Oracle {
  /** Rows that were taken, with the number of states that their record had then. */
  readonly #taken = new Map<string, number>();
  /** Deeds that a restored backup has undone. */
  readonly #undone = new Set<Deed>();
  /** Records that the bank has deleted. */
  readonly #deleted = new Set<string>();

  constructor(
    private readonly customers: readonly string[],
    private readonly witness: Witness,
    private readonly breach: (what: string) => void,
  ) {}

  /** No byte of another scope in an answer; a row that was taken is right when it comes again. */
  seeAnswer(exchange: Exchange, reader: Reader): void {
    const { text, path, arrived } = exchange;
    for (const customer of this.customers) {
      if (text.includes(canary(customer)) && !this.#mayRead(reader, customer, arrived)) {
        this.breach(`an answer to ${reader.who} tells of ${customer}`);
      }
    }
    if (reader.role === 'customer' && text.includes(STAFF_CANARY)) {
      this.breach(`an answer to ${reader.who} tells what only staff may see`);
    }
    if (path.endsWith('/push') && exchange.status === 200) this.#seeVerdicts(exchange, reader);
  }

  /** A hint to a customer names no scope but theirs. */
  seeHint(text: string, { role, who }: Reader): void {
    const scopes = text.match(/"[a-z]:[^"]*"/g) ?? [];
    const known = [`"c:${who}"`, '"g:policy"'];
    if (role === 'customer' && scopes.some((scope) => !known.includes(scope))) {
      this.breach(`a hint to ${who} names another scope`);
    }
  }

  seeLog(lines: readonly string[]): void {
    const told = this.customers.find((customer) =>
      lines.some((line) =>
        [canary(customer), `c:${customer}`, `"${customer}"`].some((text) => line.includes(text)),
      ),
    );
    if (told !== undefined) this.breach(`the log tells of ${told}`);
  }

  /** A backup was restored: what the bank had said yes to since is gone rightly. */
  restored(deeds: readonly Deed[], held: ReadonlySet<string>): void {
    this.#taken.clear();
    for (const deed of deeds) {
      const { coll, id, device } = deed;
      const waits = device.owes(coll, id);
      if (!waits && !held.has(`${coll}/${id}`)) this.#undone.add(deed);
      if (!waits && deed.lasts) this.#undone.add(deed);
    }
  }

  /** The bank deletes a record, and with it what it had taken. */
  deleted(coll: string, id: string): void {
    this.#deleted.add(`${coll}/${id}`);
  }

  /** What a person wrote is on the server, or they were told that it is not. */
  seeDeeds(deeds: readonly Deed[]): void {
    for (const [index, deed] of deeds.entries()) {
      const { device, coll, id, what, field, isIn, lasts } = deed;
      if (this.#undone.has(deed)) continue;
      const states = this.witness.history.get(`${coll}/${id}`) ?? [];
      const isTaken = states.some(isIn);
      const mayGo = !lasts || this.#deleted.has(`${coll}/${id}`);
      if (isTaken && (mayGo || isIn(states.at(-1)!))) continue;
      const isTold = device.refusals.some(
        (refusal) => refusal.coll === coll && refusal.id === id && isIn(refusal.doc as Doc),
      );
      const isReplaced = deeds
        .slice(index + 1)
        .some(
          (later) => later.device === device && later.id === id && field && later.field === field,
        );
      if (isTold || isReplaced) continue;
      this.breach(`${device.name} ${coll} ${id} ${what}: ${isTaken ? 'gone again' : 'vanished'}`);
    }
  }

  /** A device holds what pull shows of its scopes, and nothing else. */
  async seeDevice(
    { device, role, who }: Reader,
    scopes: (collection: Collection) => readonly string[],
    db: Database,
    clock: VirtualClock,
  ): Promise<void> {
    for (const { coll, doc } of device.unsent()) {
      this.breach(`${device.name} ${coll} ${doc.id} was never delivered`);
    }
    for (const collection of device.collections) {
      const expected = new Map<string, Doc>();
      for (const scope of scopes(collection)) {
        const request = { collection, scope, audience: role, cp: null, limit: 500 };
        const page = await clock.track(pull(db, request));
        if ('resync' in page) throw new Error('a first page is no resync');
        for (const doc of page.documents) if (!('_deleted' in doc)) expected.set(doc.id, doc);
      }
      const found = new Map(device.all(collection.name).map((doc) => [doc.id, withoutMarks(doc)]));
      for (const id of new Set([...expected.keys(), ...found.keys()])) {
        const [one, other] = [expected.get(id), found.get(id)];
        if (equal(one, other)) continue;
        const why =
          one === undefined ? 'is too many' : other === undefined ? 'is missing' : 'differs';
        this.breach(`${device.name} ${collection.name} ${id} ${why}`);
      }
      const all = JSON.stringify([...found.values()]);
      for (const customer of this.customers) {
        if (
          all.includes(canary(customer)) &&
          !this.#mayRead({ device, role, who }, customer, clock.now)
        ) {
          this.breach(`${device.name} holds ${collection.name} of ${customer}`);
        }
      }
    }
  }

  /** What a device holds of a scope adds up to what the server says of it. */
  async seeDigests(
    { device }: Reader,
    scopes: (collection: Collection) => readonly string[],
    ask: (body: object) => Promise<unknown>,
  ): Promise<void> {
    const pairs = device.collections.flatMap((collection) =>
      scopes(collection).map((scope) => ({ collection, scope })),
    );
    const compare = async ({ collection, scope }: (typeof pairs)[number]) => {
      const { name, version } = collection;
      const { e = 0, v = 0 } = device.checkpoint(name)[scope] ?? {};
      const theirs = await ask({ coll: name, scope, sv: version, e, v });
      const own = digestOf(device.inScope(collection, scope));
      if (equal(theirs, own)) return;
      const [one, other] = [own, theirs].map((digest) => JSON.stringify(digest));
      this.breach(`${device.name} ${name} of ${scope} has the digest ${one}, and not ${other}`);
    };
    await Promise.all(pairs.map(compare));
  }

  #mayRead({ role, who }: Reader, customer: string, from: number): boolean {
    return role === 'customer' ? who === customer : this.witness.wasAt(who, customer, from);
  }

  #seeVerdicts({ body, text, arrived }: Exchange, reader: Reader): void {
    const { who } = reader;
    const { conflicts, rejects } = JSON.parse(text) as Record<string, { id: string }[]>;
    const refused = new Set([...(conflicts ?? []), ...(rejects ?? [])].map(({ id }) => id));
    for (const row of body.rows as Row[]) {
      const { id, customer = id } = row.newDocumentState;
      // Of a customer who has left the desk meanwhile, it is rightly refused.
      if (!this.#mayRead(reader, String(customer), arrived)) continue;
      const states = this.witness.history.get(`${String(body.coll)}/${id}`)?.length ?? 0;
      const key = `${who} ${String(body.coll)} ${JSON.stringify(row)}`;
      if (!refused.has(id)) this.#taken.set(key, states);
      else if (this.#taken.get(key) === states) {
        this.breach(
          `${String(body.coll)} ${id} was taken from ${who}, and refused when it came again`,
        );
      }
    }
  }
}
