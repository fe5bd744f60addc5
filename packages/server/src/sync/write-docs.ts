import type { Collection, Doc } from '@liyu/model';
import type { Database } from '../db/database.js';
import { LockedScope } from './locked-scope.js';
import { isStorable } from './storable.js';

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
    return locked.flush();
  });
}

/** Like `writeDocs`, but only into a scope that nothing was ever written to. */
export async function seedScope(
  db: Database,
  collections: Collections,
  scope: string,
  writes: readonly Write[],
): Promise<number> {
  const ready = writes.map((write) => prepare(collections, scope, write));
  return db.transaction(async (tx) => {
    const locked = await LockedScope.lock(tx, scope);
    if (locked.ver > 0) return 0;
    await apply(locked, ready);
    return locked.flush();
  });
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

/** Checks a record against its collection, and brings it to the form that JSON gives back. */
function prepare(collections: Collections, scope: string, write: Write): Write {
  const collection = collections[write.coll];
  if (collection === undefined) throw new Error(`there is no collection ${write.coll}`);
  if (!('doc' in write)) return write;
  const doc = collection.schema.parse(JSON.parse(JSON.stringify(write.doc))) as Doc;
  if (collection.scopeOf(doc) !== scope)
    throw new Error(`${write.coll}: a record of another scope`);
  if (!isStorable(doc)) throw new Error(`${write.coll}: text that can't be stored`);
  return { coll: write.coll, doc };
}
