// Which IndexedDB databases belong to whom. Kept in localStorage, since not every browser of ours can
// list its databases; holds hashes and names of collections only.

const PREFIX = 'liyu:';

/** Name of the local database of a signed-in person: a hash, so that the subject isn't on the device. */
export async function databaseName(endpoint: string, subject: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${endpoint}\n${subject}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(hash.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  return `liyu-${hex}`;
}

/** Remembers that `indexedDb` was created for the local database `name`. */
export function remember(name: string, indexedDb: string): void {
  const known = databasesOf(name);
  if (!known.includes(indexedDb)) write(name, new Set([...known, indexedDb]));
}

function write(name: string, indexedDbs: ReadonlySet<string>): void {
  localStorage.setItem(`${PREFIX}${name}`, JSON.stringify([...indexedDbs]));
}

/** Names of all local databases that left something on this device. */
export function localDatabases(): string[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${PREFIX}liyu-`) && !key.endsWith(':contact'))
    .map((key) => key.slice(PREFIX.length));
}

/** What exists only on this device, or the mirror of that number of the server's records. */
export type Part = 'own' | number;

/** Name of the local database that holds a part of what lies here of the person `name`. */
export function partName(name: string, part: Part): string {
  return part === 0 ? name : `${name}-${part}`;
}

/**
 * Deletes the IndexedDB databases of `name`: all, or only those of a mirror, which leaves what exists
 * on this device alone. Resolves when the pages that still use one have let go of it.
 */
export async function deleteDatabases(
  name: string,
  which: 'all' | { mirror: number } = 'all',
): Promise<void> {
  const names = await indexedDbs(name);
  const doomed =
    which === 'all' ? names : names.filter((item) => mirrorOf(name, item) === which.mirror);
  await Promise.all(doomed.map(deleteDatabase));
  if (which !== 'all') {
    write(name, new Set(databasesOf(name).filter((item) => !doomed.includes(item))));
    return;
  }
  localStorage.removeItem(`${PREFIX}${name}`);
  localStorage.removeItem(`${PREFIX}${name}:contact`);
}

/** Names of the IndexedDB databases of a person's collections, by the number of their mirror. */
export async function mirrorsOf(name: string): Promise<Map<number, Set<string>>> {
  const mirrors = new Map<number, Set<string>>();
  for (const item of await indexedDbs(name)) {
    const mirror = mirrorOf(name, item);
    if (mirror === null) continue;
    const known = mirrors.get(mirror) ?? new Set();
    mirrors.set(mirror, known.add(item));
  }
  return mirrors;
}

/** The collection that an IndexedDB database of a mirror holds. */
export function collectionIn(indexedDb: string): string {
  return indexedDb.slice(indexedDb.lastIndexOf('--') + 2);
}

/** The number of the mirror that an IndexedDB database belongs to; null when it is no mirror's. */
function mirrorOf(name: string, indexedDb: string): number | null {
  const part = indexedDb.slice(`rxdb-dexie-${name}`.length).split('--')[0];
  if (part === '') return 0;
  const number = /^-(\d+)$/.exec(part ?? '')?.[1];
  return number === undefined ? null : Number(number);
}

/** Names of all IndexedDB databases of a person. */
async function indexedDbs(name: string): Promise<string[]> {
  const names = new Set(databasesOf(name));
  // Missing in Firefox before 126, whatever the types say.
  const factory = indexedDB as Partial<IDBFactory>;
  for (const info of (await factory.databases?.()) ?? []) {
    if (info.name?.startsWith(`rxdb-dexie-${name}-`) === true) names.add(info.name);
  }
  return [...names];
}

/** Moment of the last answer of the server to `name`, in milliseconds since 1970; 0 when unknown. */
export function lastContact(name: string): number {
  return Number(localStorage.getItem(`${PREFIX}${name}:contact`) ?? 0);
}

export function rememberContact(name: string): void {
  localStorage.setItem(`${PREFIX}${name}:contact`, String(Date.now()));
}

function databasesOf(name: string): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(`${PREFIX}${name}`) ?? '[]');
    return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('a database could not be deleted'));
  });
}
