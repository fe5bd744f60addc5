import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseError } from './database.js';

/** Start of this process: tells it from an earlier one that had the same id, as in a container. */
const STARTED = Math.round(performance.timeOrigin);

/**
 * Marks `dir` as in use by this process, in a file beside it, since PGlite itself lets two processes
 * ruin one folder. Throws a DatabaseError while the process named there lives. Returns the release.
 */
export function lockFolder(dir: string): () => void {
  const file = `${dir}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  const holder = readHolder(file);
  if (holder !== null && isAlive(holder)) {
    throw new DatabaseError(
      `DATABASE_URL: ${dir} is in use by process ${holder.pid}. Stop it, or use PostgreSQL, which several processes can share.`,
    );
  }
  if (holder !== null) rmSync(file, { force: true });
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid, started: STARTED }), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new DatabaseError(`DATABASE_URL: ${dir} was just taken by another process.`);
  }
  return () => rmSync(file, { force: true });
}

interface Holder {
  pid: number;
  started: number;
}

function readHolder(file: string): Holder | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  try {
    const { pid, started } = JSON.parse(text) as Partial<Holder>;
    return { pid: Number(pid), started: Number(started) };
  } catch {
    return { pid: NaN, started: NaN };
  }
}

function isAlive({ pid, started }: Holder): boolean {
  if (!Number.isInteger(pid)) return false;
  if (pid === process.pid) return started === STARTED;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
