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
  if (!known.includes(indexedDb)) {
    localStorage.setItem(`${PREFIX}${name}`, JSON.stringify([...known, indexedDb]));
  }
}

/** Names of all local databases that left something on this device. */
export function localDatabases(): string[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${PREFIX}liyu-`) && !key.endsWith(':contact'))
    .map((key) => key.slice(PREFIX.length));
}

/**
 * Deletes the IndexedDB databases of `name`: all, or only the mirror of the server's records, which
 * leaves what exists on this device alone. A page that still uses one is closed out.
 */
export async function deleteDatabases(
  name: string,
  which: 'all' | 'mirror' = 'all',
): Promise<void> {
  const own = `rxdb-dexie-${name}-own--`;
  const names = new Set(databasesOf(name));
  // Missing in Firefox before 126, whatever the types say.
  const factory = indexedDB as Partial<IDBFactory>;
  for (const info of (await factory.databases?.()) ?? []) {
    if (info.name?.startsWith(`rxdb-dexie-${name}-`) === true) names.add(info.name);
  }
  const doomed = [...names].filter((item) => which === 'all' || !item.startsWith(own));
  await Promise.all(doomed.map(deleteDatabase));
  if (which === 'mirror') return;
  localStorage.removeItem(`${PREFIX}${name}`);
  localStorage.removeItem(`${PREFIX}${name}:contact`);
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
