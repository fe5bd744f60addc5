import type { Collection, Doc } from '@liyu/model';
import type { Database, Queryable } from '../db/database.js';
import { LockedScope } from './locked-scope.js';
import { isStorable } from './storable.js';
import { lockScopes, writeRecords } from './write-records.js';
import type { RecordWrite } from './write-records.js';

export type Collections = Readonly<Record<string, Collection>>;

/** A record to store, or one to delete. */
export type Write = { coll: string; doc: Doc } | { coll: string; id: string; deleted: true };

/**
 * Writes records of one scope in one transaction; what didn't change writes nothing. For the bank's
 * own side: no rule is asked. Throws, writing nothing, when a record doesn't fit its collection or
 * belongs to another scope. Returns how many changed.
 */
export async function writeDocs(
  db: Database,
  collections: Collections,
  scope: string,
  writes: readonly Write[],
): Promise<number> {
  const ready = writes.map((write) => prepare(collections, scope, write));
  return db.transaction(async (tx) => {
    const locked = await LockedScope.lock(tx, scope);
    await apply(locked, ready);
    return locked.flush(collections, 'bank');
  });
}

/** A record of any scope to store, or one to delete. */
export type BatchWrite =
  { coll: string; doc: Doc } | { coll: string; scope: string; id: string; deleted: true };

/**
 * Writes records of many customers in one transaction of the caller, in set-based statements; no record
 * may be named twice. Like `writeDocs`, what didn't change writes nothing. Returns how many changed.
 */
export async function writeBatch(
  tx: Queryable,
  collections: Collections,
  batch: readonly BatchWrite[],
): Promise<number> {
  const writes = batch.map((write): RecordWrite => {
    if (!('doc' in write)) return { ...write, body: {} };
    const { coll } = write;
    const doc = checked(collections, coll, write.doc);
    const { id, rev: _rev, ...body } = doc;
    return { scope: collections[coll]!.scopeOf(doc), coll, id, body, deleted: false };
  });
  await lockScopes(
    tx,
    writes.map(({ scope }) => scope),
  );
  return writeRecords(tx, collections, writes, 'bank');
}

async function apply(locked: LockedScope, writes: readonly Write[]): Promise<void> {
  await locked.read(
    writes.map((write) => ({ coll: write.coll, id: 'doc' in write ? write.doc.id : write.id })),
  );
  for (const write of writes) {
    if ('doc' in write) locked.put(write.coll, write.doc);
    else locked.remove(write);
  }
}

function prepare(collections: Collections, scope: string, write: Write): Write {
  if (!('doc' in write)) {
    if (collections[write.coll] === undefined) throw new Error(`no collection ${write.coll}`);
    return write;
  }
  const doc = checked(collections, write.coll, write.doc);
  if (collections[write.coll]?.scopeOf(doc) !== scope) {
    throw new Error(`${write.coll}: a record of another scope`);
  }
  return { coll: write.coll, doc };
}

/** A record in the form that JSON gives back. Throws when it doesn't fit its collection. */
function checked(collections: Collections, coll: string, raw: Doc): Doc {
  const collection = collections[coll];
  if (collection === undefined) throw new Error(`no collection ${coll}`);
  const doc = collection.schema.parse(JSON.parse(JSON.stringify(raw))) as Doc;
  if (!isStorable(doc)) throw new Error(`${coll}: text that can't be stored`);
  return doc;
}
