import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kept } from '../kept.mjs';

/** Who a process runs as; PostgreSQL refuses to be root. */
export interface User {
  uid?: number;
  gid?: number;
}

const SETTINGS = ['-U', 'liyu', '-E', 'UTF8', '--locale=C', '--no-sync', '--auth=scram-sha-256'];

/**
 * The folder of a cluster with nothing in it: `data`, and the `password` of its superuser liyu. It is
 * there to be copied. Made once for the programs in `bin`, since initdb takes a second.
 */
export function emptyCluster(bin: string, user: User): Promise<string> {
  const { mtimeMs, size } = statSync(join(bin, 'postgres'));
  const name = digestOf([bin, mtimeMs, size, user, SETTINGS]);
  return kept(`postgres-${name}`, (path) => {
    // Not in `path` itself, where the user may have no access.
    const dir = mkdtempSync(join(tmpdir(), 'liyu-initdb-'));
    try {
      const password = join(dir, 'password');
      writeFileSync(password, randomBytes(16).toString('hex'), { mode: 0o600 });
      for (const one of [dir, password]) own(one, user);
      execFileSync(
        join(bin, 'initdb'),
        ['-D', join(dir, 'data'), ...SETTINGS, `--pwfile=${password}`],
        { ...user, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      copyCluster(dir, path);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
}

/** What a cluster holds from the start: made once, and again when `digest` is another. */
export interface Contents {
  digest: string;
  /** Gets the URL of the database `postgres`, as a superuser; has no connection open when it ends. */
  fill(url: string): Promise<void>;
}

/** A copy of the cluster `empty` with these contents; `fill` fills the copy that it gets. */
export function filledCluster(
  empty: string,
  contents: Contents,
  fill: (dir: string) => Promise<void>,
): Promise<string> {
  return kept(`postgres-${digestOf([empty, contents.digest])}`, async (path) => {
    const dir = mkdtempSync(join(tmpdir(), 'liyu-fill-'));
    try {
      copyCluster(empty, dir);
      await fill(dir);
      copyCluster(dir, path);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
}

/** With owners and access; shares blocks where the file system can. */
export function copyCluster(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  execFileSync('cp', ['-a', `${from}/.`, to]);
}

export function passwordOf(dir: string): string {
  return readFileSync(join(dir, 'password'), 'utf8');
}

export function own(path: string, { uid, gid }: User): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
