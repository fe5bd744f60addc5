import type { Collection } from '@liyu/model';
import { collections, rxSchema } from '@liyu/model/schemas';
import { BehaviorSubject } from 'rxjs';
import { addRxPlugin, createRxDatabase } from 'rxdb/plugins/core';
import type { RxCollection, RxDatabase, RxStorage } from 'rxdb/plugins/core';
import { RxDBLocalDocumentsPlugin } from 'rxdb/plugins/local-documents';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { partName, remember } from './database-names.js';
import type { Part } from './database-names.js';
import { Room, isFull } from './room.js';

addRxPlugin(RxDBLocalDocumentsPlugin);

/**
 * A record as it lies on the device: `pending` marks a write that the server hasn't taken; `via` names
 * the scopes that a record of a desk came by.
 */
export type LocalDoc = { id: string; pending?: boolean; via?: string[] } & Record<string, unknown>;
export type LocalCollection = RxCollection<LocalDoc>;

/** Bytes that must fit, or nothing is kept: less than what the ledger and a write or two take. */
const PROBE_SIZE = 10_000;
/** Bytes that must be left for a collection that isn't on the device yet. */
const COLLECTION_SIZE = 100_000;

export interface OpenedDatabase {
  database: RxDatabase;
  memory: boolean;
  /** For collections that there was no room for when they were first opened, in memory; null for none. */
  readonly beside: BehaviorSubject<OpenedDatabase | null>;
  room: Room;
  /** Whether a collection is in memory, and no other is. */
  isBeside(name: string): boolean;
  /** Whether it is closed, or about to be. */
  readonly closing: boolean;
  /** Opens a collection when it is first asked for. Rejects once the database closes. */
  open(name: string): Promise<LocalCollection>;
  /** Closes the database when the collections that are being opened are open. */
  close(): Promise<void>;
}

/** How a test wraps the storage, with a validator that throws on what doesn't fit the schema. */
export type WrapStorage = (storage: AnyStorage) => AnyStorage;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- RxDB's own storages differ in these.
type AnyStorage = RxStorage<any, any>;

/**
 * Opens a database of the person `name` in IndexedDB; in memory when `name` is null or when the browser
 * refuses IndexedDB (a private window, a full disk).
 */
export async function openDatabase(
  name: string | null,
  part: Part,
  wrapStorage: WrapStorage = (storage) => storage,
): Promise<OpenedDatabase> {
  // What fits the first part is no less than what the next one needs.
  if (name !== null && (part !== 'own' || (await canStore()))) {
    const storage = getRxStorageDexie({
      cache: 'disabled',
      onCreate: (_, indexedDb) => remember(name, indexedDb),
    });
    try {
      return await create(partName(name, part), storage, wrapStorage, false);
    } catch {
      // The disk is full, or what lies there is broken: what comes is shown, and nothing is kept.
    }
  }
  return createInMemory(wrapStorage);
}

function createInMemory(wrapStorage: WrapStorage): Promise<OpenedDatabase> {
  const unique = `liyu-memory-${Math.random().toString(36).slice(2)}`;
  return create(unique, getRxStorageMemory(), wrapStorage, true);
}

/** Whether the browser lets this page keep something. One that is full opens databases all the same. */
function canStore(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('liyu-probe');
      request.onupgradeneeded = () => request.result.createObjectStore('probe');
      request.onerror = () => resolve(false);
      request.onsuccess = () => {
        const database = request.result;
        const end = (can: boolean) => {
          database.close();
          indexedDB.deleteDatabase('liyu-probe');
          resolve(can);
        };
        const transaction = database.transaction('probe', 'readwrite');
        // At random, since browsers compress what they keep.
        const bytes = crypto.getRandomValues(new Uint8Array(PROBE_SIZE));
        transaction.objectStore('probe').put(bytes, 0);
        transaction.oncomplete = () => end(true);
        transaction.onabort = () => end(false);
      };
    } catch {
      resolve(false);
    }
  });
}

/** Whether there is hardly room for a collection more; as far as the browser says. */
async function isAlmostFull(): Promise<boolean> {
  // Missing in Safari before 17 and outside a secure context, whatever the types say.
  const { storage } = navigator as Partial<Navigator>;
  const { quota, usage } = (await storage?.estimate?.().catch(() => null)) ?? {};
  return quota !== undefined && usage !== undefined && quota - usage < COLLECTION_SIZE;
}

async function create(
  name: string,
  storage: AnyStorage,
  wrapStorage: WrapStorage,
  memory: boolean,
): Promise<OpenedDatabase> {
  const room = new Room();
  const database = await createRxDatabase({
    name,
    storage: wrapStorage(room.guard(storage)),
    multiInstance: !memory,
    eventReduce: true,
    localDocuments: true,
    closeDuplicates: true,
  });
  const opened = new Map<string, Promise<LocalCollection>>();
  // RxDB writes its list of collections with each one added: two at a time would collide.
  let last: Promise<unknown> = Promise.resolve();
  let closing = false;
  const beside = new BehaviorSubject<OpenedDatabase | null>(null);
  const overflown = new Set<string>();
  const openBeside = async (definition: Collection) => {
    const other = beside.value ?? (await createInMemory(wrapStorage));
    overflown.add(definition.name);
    const collection = await other.open(definition.name);
    beside.next(other);
    return collection;
  };
  /** Whether a collection was added before, by the key of RxDB's own list. */
  const isThere = async ({ name, version }: Collection) => {
    const keys = [`collection|${name}-${version}`];
    return (await database.internalStore.findDocumentsById(keys, false)).length > 0;
  };
  return {
    database,
    memory,
    beside,
    room,
    isBeside: (collection) => overflown.has(collection),
    get closing() {
      return closing;
    },
    async close() {
      closing = true;
      await last;
      await database.close();
      await beside.value?.close();
    },
    open(collection) {
      if (closing) return Promise.reject(new Error('the database is closed'));
      let opening = opened.get(collection);
      if (opening === undefined) {
        const definition = collections[collection];
        if (definition === undefined) throw new RangeError(`${collection} is no collection`);
        opening = last
          .then(async () => {
            const isTight = !memory && !(await isThere(definition)) && (await isAlmostFull());
            return isTight ? openBeside(definition) : addCollection(database, definition);
          })
          .catch((error: unknown) => {
            if (memory || !isFull(error)) throw error;
            return openBeside(definition);
          });
        last = opening.catch(() => undefined);
        opened.set(collection, opening);
      }
      return opening;
    },
  };
}

async function addCollection(
  database: RxDatabase,
  definition: Collection,
): Promise<LocalCollection> {
  const schema = rxSchema(definition);
  if (isWritable(definition)) schema.properties.pending = { type: 'boolean' };
  if (definition.desk === true) {
    schema.properties.via = { type: 'array', items: { type: 'string' } };
    // Of all customers of a desk, a page shows the records of one.
    if ('customer' in schema.properties) schema.indexes.push('customer');
  }
  // Records of an earlier version are pulled anew (see `Ledger.adopt`).
  const added = await database.addCollections({
    [definition.name]: { schema: schema, autoMigrate: false },
  });
  return added[definition.name] as unknown as LocalCollection;
}

/** Whether anybody may write records of a collection. */
export function isWritable({ writable }: Collection): boolean {
  return writable.customer.length + writable.staff.length > 0;
}

/** The record as the server knows it. */
export function withoutMarks(doc: LocalDoc): LocalDoc {
  const { pending: _pending, via: _via, ...rest } = doc;
  delete rest._deleted;
  return rest;
}
