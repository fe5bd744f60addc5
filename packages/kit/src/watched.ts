import type { LocalDoc, Stored, StoreStatus } from '@liyu/store';
import type { Records, Snapshot } from '@liyu/widgets';

export type Name = keyof Records;

/** What is known of a collection, and who wants to know. */
export interface Watched {
  readonly name: Name;
  /** Whose records, on pages of staff; null for all there are. */
  readonly customer: string | null;
  snapshot: Snapshot<LocalDoc>;
  readonly watchers: Set<(snapshot: Snapshot<LocalDoc>) => void>;
  /** Whether the store tells what changes, or is about to. */
  followed: boolean;
  /** Follows no more; null before the store is open. */
  stop: (() => void) | null;
}

/** Under which a source keeps it. */
export function keyOf(name: Name, customer: string | null): string {
  return customer === null ? name : `${name}@${customer}`;
}

/** Tells the watchers, unless they know. */
export function show(watched: Watched, snapshot: Snapshot<LocalDoc>): void {
  if (sameSnapshot(watched.snapshot, snapshot)) return;
  watched.snapshot = snapshot;
  for (const watcher of watched.watchers) watcher(snapshot);
}

/** What widgets are told of what is stored. */
export function toSnapshot(stored: Stored | null, status: StoreStatus): Snapshot<LocalDoc> {
  if (status.state === 'signedOut') return { state: 'signedOut' };
  if (stored !== null && (stored.docs.length > 0 || stored.complete)) {
    return { state: 'ready', docs: stored.docs, pulledOn: stored.pulledOn };
  }
  if (status.state === 'ready' || status.state === 'syncing') return { state: 'loading' };
  return { state: 'error', code: status.state };
}

function sameSnapshot(a: Snapshot<LocalDoc>, b: Snapshot<LocalDoc>): boolean {
  if (a.state !== b.state) return false;
  if (a.state === 'ready' && b.state === 'ready') {
    return a.docs === b.docs && a.pulledOn === b.pulledOn;
  }
  return a.state !== 'error' || b.state !== 'error' || a.code === b.code;
}
