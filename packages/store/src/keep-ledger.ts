import { distinctUntilChanged, map, switchMap, timer } from 'rxjs';
import type { Subscription } from 'rxjs';
import type { LocalCollection, LocalDoc } from './database.js';
import type { Ledger } from './ledger.js';

/** After this time a write that was entered is made, or never will be. */
const ENTERED_MS = 2_000;

export interface KeepOptions {
  ledger: Ledger;
  /** Called with the ids of records that hold no write of this device any more. */
  onStored: (ids: readonly string[]) => Promise<void>;
  /** Runs work that must be over before the mirror closes. */
  run: (work: Promise<unknown>) => void;
}

/**
 * Keeps the ledger true to a collection: strikes out what is delivered, enters what another tab wrote,
 * and, after a while, strikes out what was entered by a tab that ended before it wrote, and writes anew what
 * still waits.
 */
export function keepLedger(
  collection: LocalCollection,
  { ledger, onStored, run }: KeepOptions,
): Subscription {
  const { name } = collection;
  const entered = () => ledger.value.writes[name] ?? [];

  async function settle(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await ledger.strike(name, ids);
    await onStored(ids);
  }

  async function compare(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const found = await collection.storageInstance.findDocumentsById([...ids], false);
    const pending = found.filter((doc) => doc.pending === true).map(({ id }) => id);
    await settle(ids.filter((id) => !pending.includes(id)));
    // As it is: RxDB never hears of what a tab wrote that died before it could say so.
    for (const id of pending) {
      const doc = await collection.findOne(id).exec();
      await doc?.incrementalModify((now) => now);
    }
  }

  const subscription = collection.eventBulks$.subscribe(({ events }) => {
    const known = new Set(entered());
    const gone: string[] = [];
    for (const { documentId, documentData, operation } of events) {
      const isPending =
        operation !== 'DELETE' && (documentData as unknown as LocalDoc).pending === true;
      if (isPending && !known.has(documentId)) run(ledger.enter(name, documentId));
      if (!isPending && known.has(documentId)) gone.push(documentId);
    }
    run(settle(gone));
  });
  subscription.add(
    ledger.changes
      .pipe(
        map(({ writes }) => writes[name] ?? []),
        distinctUntilChanged((before, now) => before.join() === now.join()),
        switchMap((ids) => timer(ENTERED_MS).pipe(map(() => ids))),
      )
      .subscribe((ids) => run(compare(ids))),
  );
  return subscription;
}
