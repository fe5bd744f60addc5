import { randomInt } from 'node:crypto';
import { equal } from '@liyu/model';
import type { Doc } from '@liyu/model';
import type { Queryable } from '../db/database.js';
import { ownerOf } from './scope.js';
import { keyOf, readDocs } from './stored-doc.js';
import type { DocKey, StoredDoc } from './stored-doc.js';

/**
 * A scope whose row this transaction holds, so that nobody else writes to it: the one place where
 * records, their feed entries and the scope's version are written, always together. Reads and puts
 * work on a picture of the records; `flush` writes what differs from the database.
 */
export class LockedScope {
  readonly #tx: Queryable;
  readonly #scope: string;
  readonly #known = new Map<string, StoredDoc | null>();
  /** The records that changed, with their revision in the database. */
  readonly #changed = new Map<string, DocKey & { before: number; stored: StoredDoc }>();

  private constructor(
    tx: Queryable,
    scope: string,
    /** Version of the scope when it was locked; 0 when it has no records. */
    readonly ver: number,
  ) {
    this.#tx = tx;
    this.#scope = scope;
  }

  /** Waits for the scope, creating it with a random epoch when it's new. */
  static async lock(tx: Queryable, scope: string): Promise<LockedScope> {
    await tx.query(
      'INSERT INTO scope (scope, epoch, ver, gc) VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING',
      [scope, randomInt(1, 2 ** 31)],
    );
    const [row] = await tx.query<{ ver: number }>(
      'SELECT ver FROM scope WHERE scope = $1 FOR UPDATE',
      [scope],
    );
    if (row === undefined) throw new Error('the scope vanished while it was being locked');
    return new LockedScope(tx, scope, row.ver);
  }

  /** Brings records into the picture; those already there stay as this transaction left them. */
  async read(keys: readonly DocKey[]): Promise<void> {
    const missing = keys.filter((key) => !this.#known.has(keyOf(key)));
    const found = await readDocs(this.#tx, ownerOf(this.#scope), missing);
    for (const key of missing) this.#known.set(keyOf(key), found.get(keyOf(key)) ?? null);
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

  /**
   * Writes the changed records, each with an entry and a version of its own: a page cut between two
   * of them loses none. Returns how many changed.
   */
  async flush(): Promise<number> {
    if (this.#changed.size === 0) return 0;
    let ver = this.ver;
    const rows = [...this.#changed.values()].map(({ coll, id, stored: { doc, deleted } }) => {
      const { rev, ...body } = doc;
      return { coll, id, body: deleted ? {} : body, deleted, rev, ver: ++ver };
    });
    const params = [ownerOf(this.#scope), JSON.stringify(rows)];
    await this.#tx.query(
      `INSERT INTO doc (customer, coll, id, body, deleted, rev)
       SELECT $1, r.coll, r.id, r.body, r.deleted, r.rev
       FROM jsonb_to_recordset($2::jsonb)
         AS r(coll text, id text, body jsonb, deleted boolean, rev bigint)
       ON CONFLICT (customer, coll, id) DO UPDATE
       SET body = excluded.body, deleted = excluded.deleted, rev = excluded.rev`,
      params,
    );
    await this.#tx.query(
      `INSERT INTO entry (scope, coll, id, customer, ver, gone)
       SELECT $3, r.coll, r.id, $1, r.ver, false
       FROM jsonb_to_recordset($2::jsonb) AS r(coll text, id text, ver bigint)
       ON CONFLICT (scope, coll, id) DO UPDATE SET ver = excluded.ver, gone = excluded.gone`,
      [...params, this.#scope],
    );
    await this.#tx.query('UPDATE scope SET ver = $2 WHERE scope = $1', [this.#scope, ver]);
    this.#changed.clear();
    return rows.length;
  }
}
