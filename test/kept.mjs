import { Blob } from 'node:buffer';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/liyu', import.meta.url));
const LONG_UNUSED = 3 * 24 * 3_600_000;

export async function kept(name, make) {
  const path = join(CACHE, name);
  if (existsSync(path)) {
    utimesSync(path, new Date(), new Date());
    return path;
  }
  mkdirSync(CACHE, { recursive: true });
  removeUnused();
  // Whole or not at all: another process may be reading, or making the same.
  const own = `${path}.${process.pid}`;
  try {
    await make(own);
    utimesSync(own, new Date(), new Date());
    renameSync(own, path);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    // A folder doesn't take the place of another that was made in the meantime.
    if (!existsSync(path)) throw error;
  }
  return path;
}

export function fileBlob(path) {
  const bytes = new Uint8Array(statSync(path).size);
  const file = openSync(path, 'r');
  for (let at = 0; at < bytes.length;) at += readSync(file, bytes, at, bytes.length - at, null);
  closeSync(file);
  return Object.assign(new Blob([]), { arrayBuffer: () => Promise.resolve(bytes.buffer) });
}

function removeUnused() {
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - used > LONG_UNUSED) rmSync(path, { recursive: true, force: true });
  }
}
