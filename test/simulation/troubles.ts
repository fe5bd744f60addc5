import { bumpEpochs } from '../../packages/server/src/db/bump-epochs.js';
import type { Database } from '../../packages/server/src/db/database.js';
import { collect } from '../../packages/server/src/sync/gc.js';
import { writeBatch, writeDocs } from '../../packages/server/src/sync/write-docs.js';
import type { BatchWrite, Collections, Write } from '../../packages/server/src/sync/write-docs.js';
import type { BankDatabase, Rows } from './bank-database.js';
import type { Bank } from './bank.js';
import type { Network } from './network.js';
import type { Deed } from './operations.js';
import type { Oracle, Reader } from './oracle.js';
import type { Random } from './random.js';
import { careEvent, customerDoc, earned, invitation } from './records.js';
import type { Tally } from './tally.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Witness } from './witness.js';

export interface Scene {
  clock: VirtualClock;
  random: Random;
  database: BankDatabase;
  /** The database as the bank's own systems have it. */
  office: Database;
  served: Collections;
  server: Bank;
  network: Network;
  customers: readonly string[];
  managers: readonly string[];
  devices: readonly Reader[];
  deeds: readonly Deed[];
  oracle: Oracle;
  witness: Witness;
  tally: Tally;
  note: (line: string) => void;
}

/** A backup, and the records that the bank had when it was made. */
interface Backup {
  rows: Rows;
  held: ReadonlySet<string>;
}

const KEPT_DAYS = 1;
const DAY = 86_400_000;

/** What the bank does, and what befalls devices and database, besides the network's faults. */
export function troubles(scene: Scene): (() => unknown)[] {
  const { clock, random, database, office, served, oracle, witness, tally, note } = scene;
  let count = 0;
  let backup: Backup | null = null;
  let imported = scene.customers.map((customer) => `${customer}:e-0`);

  const write = (customer: string, writes: Write[]) =>
    writeDocs(office, served, `c:${customer}`, writes);

  const plan = () => {
    const customer = random.pick(scene.customers);
    const id = `${customer}:n-${++count}`;
    note(`the bank plans ${id}`);
    return write(customer, [
      { coll: 'careEvents', doc: careEvent(customer, id) },
      { coll: 'careEvents', doc: careEvent(customer, `${customer}:survey:${id}`, id) },
      { coll: 'surveys', doc: invitation(customer, id) },
      { coll: 'points', doc: earned(customer, `${id}:p`, 20) },
    ]);
  };
  const move = () => {
    const manager = random.pick(scene.managers);
    note(`c-2 is ${manager}'s`);
    tally.add('moved');
    return write('c-2', [{ coll: 'customers', doc: customerDoc('c-2', manager) }]);
  };
  /** New records of all customers, and the end of those that came before, in one transaction. */
  const importAll = () => {
    const id = ++count;
    note(`the bank imports ${id}`);
    tally.add('import');
    const ends = imported;
    imported = scene.customers.map((customer) => `${customer}:i-${id}`);
    const batch = scene.customers.flatMap((customer, index): BatchWrite[] => [
      { coll: 'careEvents', doc: careEvent(customer, imported[index]!) },
      { coll: 'points', doc: earned(customer, `${customer}:p-${id}`, 5) },
      { coll: 'careEvents', scope: `c:${customer}`, id: ends[index]!, deleted: true },
    ]);
    for (const end of ends) oracle.deleted('careEvents', end);
    return office.transaction((tx) => writeBatch(tx, served, batch));
  };
  /** The job of two nights, and nobody is at a device between them. */
  const collectAll = async () => {
    await importAll();
    await collect(office, KEPT_DAYS);
    note('a day passes');
    clock.leap((KEPT_DAYS + 0.1) * DAY);
    const { entries } = await collect(office, KEPT_DAYS);
    note(`${entries} tombstones are collected`);
    tally.add('tombstones collected', entries);
  };

  const unplug = () => {
    const { device } = random.pick(scene.devices);
    note(`${device.name} has no network`);
    tally.add('offline');
    scene.network.offline.add(device.name);
    clock.after(random.between(1_000, 40_000), () => {
      scene.network.offline.delete(device.name);
      device.wake();
    });
  };
  const crash = () => {
    const { device } = random.pick(scene.devices);
    note(`${device.name} is opened again`);
    tally.add('reopened');
    device.restart();
  };

  /** What the operator is told to do after a restore: some do it when the server runs already. */
  const bump = async () => {
    note('the epochs are bumped');
    await clock.track(bumpEpochs(database.db));
    await witness.look();
  };
  const goBack = async ({ rows, held }: Backup) => {
    backup = null;
    note('the backup is restored');
    tally.add('backup restored');
    scene.server.killAll();
    oracle.restored(scene.deeds, held);
    await clock.track(database.restore(rows));
    witness.restored();
    if (random.chance(0.5)) return bump();
    tally.add('epochs bumped late');
    clock.after(random.between(5_000, 15_000), () => void bump());
    return witness.look();
  };
  const backUp = async () => {
    if (backup !== null) return goBack(backup);
    note('a backup is made');
    backup = { rows: await clock.track(database.backup()), held: new Set(witness.history.keys()) };
  };
  return [plan, plan, move, importAll, collectAll, unplug, unplug, crash, crash, backUp, backUp];
}
