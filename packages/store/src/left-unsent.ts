import { collections } from '@liyu/model/schemas';
import { collectionIn, mirrorsOf } from './database-names.js';
import { isWritable } from './database.js';
import type { LocalDoc } from './database.js';
import type { Unsent } from './ledger.js';

/** Where RxDB's Dexie storage keeps the documents of a collection. */
const DOCS = 'docs';

/**
 * The writes in a mirror that the server hasn't taken, read as the browser keeps them: RxDB opens no
 * records of another schema, and those of an earlier release of the page may be.
 */
export async function leftUnsent(name: string, mirror: number): Promise<Unsent> {
  const found: Unsent = [];
  for (const indexedDb of (await mirrorsOf(name)).get(mirror) ?? []) {
    const definition = collections[collectionIn(indexedDb)];
    if (definition === undefined || !isWritable(definition)) continue;
    const pending = (await readAll(indexedDb)).filter((doc) => doc.pending === true);
    if (pending.length > 0) found.push([definition.name, pending.map(withoutMeta)]);
  }
  return found;
}

function withoutMeta({ _rev, _meta, _attachments, _deleted, ...doc }: LocalDoc): LocalDoc {
  return doc;
}

function readAll(indexedDb: string): Promise<LocalDoc[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(indexedDb);
    const fail = () => reject(opening.error ?? new Error('a database could not be read'));
    let isNew = false;
    opening.onupgradeneeded = () => {
      // It is gone meanwhile, and must not come into being again.
      isNew = true;
      opening.transaction?.abort();
    };
    opening.onerror = () => {
      if (isNew) resolve([]);
      else fail();
    };
    opening.onsuccess = () => {
      const database = opening.result;
      if (!database.objectStoreNames.contains(DOCS)) {
        database.close();
        resolve([]);
        return;
      }
      const reading = database.transaction(DOCS).objectStore(DOCS).getAll();
      reading.onsuccess = () => {
        database.close();
        resolve(reading.result as LocalDoc[]);
      };
      reading.onerror = () => {
        database.close();
        fail();
      };
    };
  });
}
