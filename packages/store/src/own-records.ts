import type { RxDatabase, RxLocalDocument } from 'rxdb/plugins/core';
import { distinctUntilChanged, map, of, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';

/**
 * What exists only on this device and is never replicated, by key: drafts, refusals, whose records lie
 * here. RxDB keeps it as local documents.
 */
export class OwnRecords {
  constructor(private readonly database: RxDatabase) {}

  /** The value of a key; null when there is none. */
  async get<T>(key: string): Promise<T | null> {
    const found = await this.database.getLocal(key);
    return (found?.get('value') as T | undefined) ?? null;
  }

  async put(key: string, value: unknown): Promise<void> {
    await this.database.upsertLocal(key, { value });
  }

  watch<T>(key: string): Observable<T | null> {
    return this.database.getLocal$(key).pipe(
      switchMap((found: RxLocalDocument<unknown> | null) =>
        found === null ? of(null) : found.$.pipe(map((doc) => doc.get('value') as T | null)),
      ),
      distinctUntilChanged(),
    );
  }
}

export function rejectionKey(collection: string, id: string): string {
  return `rejected:${collection}:${id}`;
}

export function draftKey(key: string): string {
  return `draft:${key}`;
}
