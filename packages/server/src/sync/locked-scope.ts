import { equal } from '@liyu/model';
import type { Doc } from '@liyu/model';
import type { Queryable } from '../db/database.js';
import type { Author } from './audit-trail.js';
import { ownerOf } from './scope.js';
import { keyOf, readCollection, readDocs } from './stored-doc.js';
import type { DocKey, StoredDoc } from './stored-doc.js';
import type { Collections } from './write-docs.js';
import { lockScopes, writeRecords } from './write-records.js';
import type { ScopeState } from './write-records.js';

/**
 * A scope whose row this transaction holds, so that nobody else writes to it. Reads and puts work on a
 * picture of the records; `flush` writes what differs from the database.
 */
export class LockedScope {
  readonly #tx: Queryable;
  readonly #scope: string;
  readonly #known = new Map<string, StoredDoc | null>();
  /** Collections that were read whole. */
  readonly #whole = new Set<string>();
  /** Revisions in the database of the records that changed. */
  readonly #changed = new Map<string, DocKey & { before: number; stored: StoredDoc }>();

  private constructor(
    tx: Queryable,
    scope: string,
    /** How the scope stood when it was locked. */
    readonly state: ScopeState,
  ) {
    this.#tx = tx;
    this.#scope = scope;
  }

  /** Waits for the scope, creating it with a random epoch when it's new. */
  static async lock(tx: Queryable, scope: string): Promise<LockedScope> {
    const state = (await lockScopes(tx, [scope])).get(scope);
    if (state === undefined) throw new Error('the scope vanished while it was being locked');
    return new LockedScope(tx, scope, state);
  }

  /** Brings records into the picture; those already there stay as this transaction left them. */
  async read(keys: readonly DocKey[]): Promise<void> {
    const missing = keys.filter((key) => !this.#known.has(keyOf(key)));
    const found = await readDocs(this.#tx, ownerOf(this.#scope), missing);
    for (const key of missing) this.#known.set(keyOf(key), found.get(keyOf(key)) ?? null);
  }

  /** Brings every record of a collection into the picture and returns those there are. */
  async readAll(coll: string): Promise<Doc[]> {
    if (!this.#whole.has(coll)) {
      for (const doc of await readCollection(this.#tx, ownerOf(this.#scope), coll)) {
        const key = keyOf({ coll, id: doc.id });
        if (!this.#known.has(key)) this.#known.set(key, { doc, deleted: false });
      }
      this.#whole.add(coll);
    }
    const own = [...this.#known].filter(([key]) => key.startsWith(`${coll}/`));
    return own.flatMap(([, stored]) => (stored === null || stored.deleted ? [] : [stored.doc]));
  }

  /** A record that `read` or `put` brought into the picture; null when there is none. */
  get(key: DocKey): StoredDoc | null {
    const stored = this.#known.get(keyOf(key));
    if (stored === undefined) throw new Error(`${key.coll} was not read before use`);
    return stored;
  }

  /** Sets a record; one that is the same but for `rev` stays untouched. It must have been read. */
  put(coll: string, doc: Doc): void {
    const stored = this.get({ coll, id: doc.id });
    const rev = stored?.doc.rev ?? 0;
    const next = { ...doc, rev };
    if (stored !== null && !stored.deleted && equal(stored.doc, next)) return;
    this.#change({ coll, id: doc.id }, next, false, rev);
  }

  /** Deletes a record and forgets its content. It must have been read. */
  remove(key: DocKey): void {
    const stored = this.get(key);
    if (stored === null || stored.deleted) return;
    this.#change(key, { id: key.id, rev: stored.doc.rev }, true, stored.doc.rev);
  }

  #change(key: DocKey, doc: Doc, deleted: boolean, rev: number): void {
    const name = keyOf(key);
    const before = this.#changed.get(name)?.before ?? rev;
    const stored = { doc: { ...doc, rev: before + 1 }, deleted };
    this.#changed.set(name, { coll: key.coll, id: key.id, before, stored });
    this.#known.set(name, stored);
  }

  /** Writes the changed records. Returns how many changed. */
  async flush(collections: Collections, author: Author): Promise<number> {
    const writes = [...this.#changed.values()].map(({ coll, id, stored: { doc, deleted } }) => {
      const { rev: _rev, id: _id, ...body } = doc;
      return { scope: this.#scope, coll, id, body: deleted ? {} : body, deleted };
    });
    this.#changed.clear();
    return writeRecords(this.#tx, collections, writes, author);
  }
}
