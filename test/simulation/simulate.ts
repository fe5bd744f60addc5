import { createHash } from 'node:crypto';
import { collections } from '@liyu/model/schemas';
import type { Collection } from '@liyu/model';
import { writeDocs } from '../../packages/server/src/sync/write-docs.js';
import type { Issuer } from '../../packages/server/src/testing/issuer.js';
import type { BankDatabase } from './bank-database.js';
import { Bank, newer } from './bank.js';
import type { WrapServer } from './bank.js';
import { Device } from './device.js';
import { gatedDatabase } from './gated-database.js';
import { Network } from './network.js';
import { OF_CUSTOMER, OF_STAFF } from './operations.js';
import type { Deed } from './operations.js';
import { Oracle } from './oracle.js';
import type { Reader } from './oracle.js';
import type { Resolve } from './plain-replication.js';
import { Random } from './random.js';
import { firstRecords } from './records.js';
import { Tally } from './tally.js';
import { troubles } from './troubles.js';
import { VirtualClock } from './virtual-clock.js';
import { Witness } from './witness.js';

export interface SimulationOptions {
  seed: number;
  bank: BankDatabase;
  issuer: Issuer;
  /** How many things happen before all is healed. */
  happenings?: number;
  wrapServer?: WrapServer | undefined;
  resolve?: Resolve | undefined;
}

export interface Outcome {
  seed: number;
  /** SHA-256 of the trace. */
  hash: string;
  trace: readonly string[];
  /** What didn't hold; empty when all is well. */
  breaches: readonly string[];
  tally: Tally;
}

const START = Date.parse('2026-11-26T02:00:00Z');
const YEAR = 365 * 86_400_000;
const CUSTOMERS = ['c-1', 'c-2', 'c-3'] as const;
const MANAGER = 'M1';
const OTHER = 'M2';
/** The collection that a newer server has in a newer version. */
const CHANGED = 'surveys';
const OF_DESK = ['customers', 'careEvents', 'cases', 'redemptions'];
const OF_PERSON = [...OF_DESK, 'surveys', 'points', 'entitlements'];
/** What the second device of a customer shows. */
const OF_SECOND = ['customers', 'cases', 'redemptions', 'surveys'];
/** Share of devices that hear of changes; the others have a network that lets no stream through. */
const LISTENING = 0.5;
/** Most requests of a device in a minute, whatever fails. */
const MOST_PER_MINUTE = 400;

/** Runs one seed: a time of trouble, then of healing, then the oracle looks at everything. */
export async function simulate(options: SimulationOptions): Promise<Outcome> {
  const random = new Random(options.seed);
  const clock = new VirtualClock(new Random(~options.seed), START);
  const restore = clock.install();
  try {
    return await clock.at(null, () => run(options, random, clock));
  } finally {
    restore();
  }
}

async function run(
  { seed, bank: { db, first }, bank: database, issuer, ...options }: SimulationOptions,
  random: Random,
  clock: VirtualClock,
): Promise<Outcome> {
  const trace: string[] = [];
  const breaches = new Set<string>();
  const tally = new Tally();
  const note = (line: string) => trace.push(`${clock.now - START} ${line}`);
  const breach = (what: string) => {
    if (!breaches.has(what)) note(`BREACH ${what}`);
    breaches.add(what);
  };
  await database.restore(first);
  const witness = new Witness(db, clock, breach);
  const oracle = new Oracle(CUSTOMERS, witness, breach);
  const served = random.chance(0.5) ? newer(collections, CHANGED) : collections;
  const server = new Bank(
    {
      db,
      issuer,
      collections: served,
      clock,
      random,
      witness,
      tally,
      trace: note,
      wrap: options.wrapServer,
    },
    random.between(1, 3),
  );

  // The bank's own systems.
  const office = gatedDatabase(db, {
    clock,
    random,
    isAlive: () => true,
    fate: () => null,
    onKilled: () => undefined,
    onCommitted: () => witness.look(),
  });
  for (const customer of CUSTOMERS) {
    const manager = customer === 'c-3' ? OTHER : MANAGER;
    void writeDocs(office, served, `c:${customer}`, firstRecords(customer, manager));
  }
  await clock.pass(1_000);

  const readers = new Map<string, Reader>();
  const network = new Network(
    server,
    clock,
    random,
    tally,
    note,
    (exchange) => oracle.seeAnswer(exchange, readers.get(exchange.who)!),
    (who, text) => oracle.seeHint(text, readers.get(who)!),
  );
  const known = (names: readonly string[], from: Readonly<Record<string, Collection>>) =>
    names.map((name) => from[name]!);
  const open = (name: string, who: string, names: readonly string[], isOld: boolean) => {
    const role = who.startsWith('M') ? 'staff' : 'customer';
    const claims =
      role === 'customer'
        ? {}
        : {
            role,
            customer: undefined,
            manager: who,
            duties: ['client-manager', 'complaints', 'counter'],
          };
    const device = new Device({
      name,
      role,
      clock,
      place: {
        skew: random.chance(0.2) ? random.pick([-YEAR, YEAR]) : random.between(-5_000, 5_000),
        fetch: network.from(name),
      },
      // One at a time: which of two signatures is made first, the system decides.
      getToken: async () => {
        await clock.sleep(random.between(1, 20));
        return clock.at(null, () => clock.track(issuer.token(who, claims)));
      },
      collections: known(names, isOld ? collections : served),
      opened: role === 'staff' ? ['c-1', 'c-2'] : [],
      listens: random.chance(LISTENING),
      resolve: options.resolve,
    });
    readers.set(name, { device, role, who });
  };
  for (const who of ['c-1', 'c-2']) {
    open(`${who}/a`, who, OF_PERSON, false);
    open(`${who}/b`, who, OF_SECOND, random.chance(0.5));
  }
  open('M1/a', MANAGER, OF_DESK, false);
  const devices = [...readers.values()];

  const deeds: Deed[] = [];

  const act = () => {
    const { device, role } = random.pick(devices);
    const operation = random.pick(role === 'customer' ? OF_CUSTOMER : OF_STAFF);
    const deed = operation(device, random, clock.now + device.options.place.skew);
    if (deed === null) return;
    deeds.push(deed);
    note(`${device.name} ${deed.coll} ${deed.id} ${deed.what}`);
  };
  const rare = troubles({
    clock,
    random,
    database,
    office,
    served,
    server,
    network,
    customers: CUSTOMERS,
    managers: [MANAGER, OTHER],
    devices,
    deeds,
    oracle,
    witness,
    tally,
    note,
  });
  for (let left = options.happenings ?? 40; left > 0; left--) {
    if (random.chance(0.6)) act();
    else void random.pick(rare)();
    await clock.pass(random.between(0, 6_000));
  }

  note('all heals');
  network.trouble = 0;
  network.slowest = 50;
  network.offline.clear();
  server.isCalm = true;
  await clock.pass(20_000);
  for (const { device } of devices) {
    if (device.isOutdated || !equalVersions(device.collections, served)) {
      device.upgrade(device.collections.map(({ name }) => served[name]!));
    }
  }
  for (let round = 0; round < 2; round++) {
    void server.feed();
    for (const { device } of devices) device.wake();
    await clock.pass(15_000);
  }

  for (const reader of devices) {
    const scopes = (collection: Collection) => {
      if (reader.role === 'customer') return [`c:${reader.who}`];
      if (collection.desk === true) return [`m:${reader.who}`];
      return ['c-1', 'c-2']
        .filter((customer) => witness.wasAt(reader.who, customer, clock.now))
        .map((customer) => `c:${customer}`);
    };
    await oracle.seeDevice(reader, scopes, db, clock);
    const digests = oracle.seeDigests(reader, scopes, asking(reader.device, server));
    await clock.pass(5_000);
    await digests;
    const minutes = (clock.now - clock.leapt - START) / 60_000;
    const requests = network.requests.get(reader.device.name) ?? 0;
    note(`${reader.device.name} sent ${requests} requests`);
    if (requests > minutes * MOST_PER_MINUTE) breach(`${reader.device.name}: ${requests} requests`);
  }
  oracle.seeDeeds(deeds);
  oracle.seeLog(server.log);
  await witness.checkLedgers('2026-11-26');
  for (const { device } of devices) device.close();
  // What they were at ends here, and not in the middle of the next seed.
  await clock.pass(60_000);
  const hash = createHash('sha256').update(trace.join('\n')).digest('hex');
  return { seed, hash, trace, breaches: [...breaches], tally };
}

/** How the digests of a device are asked for. */
function asking({ options }: Device, server: Bank): (body: object) => Promise<unknown> {
  const token = options.getToken();
  return async (body) => {
    const request = new Request('http://liyu/sync/v1/digest', {
      method: 'POST',
      headers: { authorization: `Bearer ${await token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await server.answer(request)).json() as Promise<unknown>;
  };
}

function equalVersions(
  known: readonly Collection[],
  served: Readonly<Record<string, Collection>>,
): boolean {
  return known.every(({ name, version }) => served[name]?.version === version);
}
