import type { RxLocalDocument } from 'rxdb/plugins/core';
import { getLocalDocStateByParent } from 'rxdb/plugins/local-documents';
import { EMPTY, catchError, distinctUntilChanged, map, of, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { OpenedDatabase } from './database.js';

interface Held {
  value: unknown;
}

/**
 * What exists only on this device and is never replicated, by key: drafts, refusals, whose records lie
 * here. RxDB keeps it as local documents.
 */
export class OwnRecords {
  constructor(private readonly opened: OpenedDatabase) {}

  /** The value of a key; null when there is none. */
  async get<T>(key: string): Promise<T | null> {
    const found = await this.opened.database.getLocal(key);
    return (found?.get('value') as T | undefined) ?? null;
  }

  /** The value as it lies on the device now; `get` may not have heard yet of what another tab wrote. */
  async getStored<T>(key: string): Promise<T | null> {
    const { storageInstance } = await getLocalDocStateByParent(this.opened.database);
    const [found] = await storageInstance.findDocumentsById([key], false);
    return (found?.data.value as T | undefined) ?? null;
  }

  async put(key: string, value: unknown): Promise<void> {
    await this.opened.database.upsertLocal(key, { value });
  }

  /** Leaves null under a key, when there is something. */
  async remove(key: string): Promise<void> {
    if ((await this.get(key)) !== null) await this.put(key, null);
  }

  /**
   * Replaces a value by what `change` makes of it, and gives the new one. No write of another tab is
   * lost: `change` is called again on what that one wrote. So it has no effects of its own.
   */
  async modify<T>(key: string, change: (before: T | null) => T): Promise<T> {
    for (;;) {
      const found = await this.opened.database.getLocal<Held>(key);
      if (found !== null) {
        const after = await found.incrementalModify((data) => ({
          value: change((data.value as T | undefined) ?? null),
        }));
        return after.get('value') as T;
      }
      const value = change(null);
      try {
        await this.opened.database.insertLocal(key, { value });
        return value;
      } catch (error) {
        // Another tab was first.
        if ((await this.opened.database.getLocal(key)) === null) throw error;
      }
    }
  }

  /** The value of a key, live. What is read while the database closes is no failure: it just ends. */
  watch<T>(key: string): Observable<T | null> {
    return this.opened.database.getLocal$(key).pipe(
      catchError((error: unknown) => {
        if (this.opened.closing) return EMPTY;
        throw error;
      }),
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
