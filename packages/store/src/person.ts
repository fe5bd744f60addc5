import { databaseName, deleteDatabases, localDatabases } from './database-names.js';
import { openDatabase } from './database.js';
import type { WrapStorage } from './database.js';
import { Ledger, countUnsent } from './ledger.js';
import { OwnRecords } from './own-records.js';
import { Tabs } from './tabs.js';
import type { WipeReason } from './wiped.js';

/** Who is signed in, as far as the device knows. */
export interface Person {
  /** Address that `/sync/v1/…` is appended to. */
  endpoint: string;
  /** Opaque name of the signed-in person; without it the store lives in memory only. */
  subject: string | null;
}

/** Name of what lies here of a person; null when their store lives in memory. */
export async function nameOf({ endpoint, subject }: Person): Promise<string | null> {
  if (subject === null || !isSecureContext) return null;
  return databaseName(endpoint, subject);
}

/** Unsent writes of a person whose store isn't open in this page. */
export async function countLeft(name: string, wrapStorage?: WrapStorage): Promise<number> {
  if (!localDatabases().includes(name)) return 0;
  const opened = await openDatabase(name, 'own', wrapStorage);
  const ledger = await Ledger.open(new OwnRecords(opened));
  const unsent = countUnsent(ledger.value);
  ledger.close();
  await opened.close();
  return unsent;
}

/** Ends a person's store in every tab and leaves nothing of it here; gives the unsent writes. */
export async function wipeLeft(
  name: string,
  reason: WipeReason,
  wrapStorage?: WrapStorage,
): Promise<number> {
  const unsent = await countLeft(name, wrapStorage);
  const tabs = new Tabs(name, () => undefined);
  tabs.tell({ type: 'wiped', wiped: { reason, unsent } });
  tabs.close();
  await deleteDatabases(name);
  return unsent;
}

/** Wipes what other persons left on this device; gives the unsent writes, null when there was nothing. */
export async function wipeOthers(name: string, wrapStorage?: WrapStorage): Promise<number | null> {
  let unsent: number | null = null;
  for (const other of localDatabases()) {
    if (other === name) continue;
    unsent = (unsent ?? 0) + (await wipeLeft(other, 'subject_changed', wrapStorage));
  }
  return unsent;
}
