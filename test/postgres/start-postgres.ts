import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from './find-postgres.js';

export interface RunningPostgres {
  /** Of the database `postgres`, as a superuser. */
  url: string;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** Who a process runs as; PostgreSQL refuses to be root. */
interface User {
  uid?: number;
  gid?: number;
}

const PATIENCE = 30_000;

/**
 * Runs PostgreSQL until its standard input ends, which it also does when this process is killed; then
 * stops it (SIGINT cuts open connections) and removes its folder, `$0`.
 */
const KEEPER = '"$@" & server=$!; cat > /dev/null; kill -INT $server; wait $server; rm -rf "$0"';

/**
 * A real PostgreSQL of its own: a new cluster in a temporary folder, on a free port of 127.0.0.1,
 * not synced to disk. Also ends with this process. `more` are settings, as `work_mem=64MB`.
 */
export async function startPostgres(more: readonly string[] = []): Promise<RunningPostgres> {
  const bin = findPostgres();
  const user = unprivileged();
  const dir = mkdtempSync(join(tmpdir(), 'liyu-postgres-'));
  const password = randomBytes(16).toString('hex');
  try {
    writeFileSync(join(dir, 'password'), password, { mode: 0o600 });
    for (const path of [dir, join(dir, 'password')]) own(path, user);
    const data = join(dir, 'data');
    execFileSync(
      join(bin, 'initdb'),
      [
        ...['-D', data, '-U', 'liyu', '-E', 'UTF8', '--locale=C', '--no-sync'],
        ...['--auth=scram-sha-256', `--pwfile=${join(dir, 'password')}`],
      ],
      { ...user, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      `unix_socket_directories=${dir}`,
    ];
    const hasty = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
    const server = spawn(
      'sh',
      [
        ...['-c', KEEPER, dir, join(bin, 'postgres'), '-D', data],
        ...[...settings, ...hasty, ...more].flatMap((setting) => ['-c', setting]),
      ],
      { ...user, cwd: dir, stdio: ['pipe', 'ignore', 'pipe'] },
    );
    await untilReady(server);
    return {
      url: `postgres://liyu:${password}@127.0.0.1:${port}/postgres`,
      stop: () => end(server),
    };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

/** For root, the user postgres or nobody; for others, themselves. */
function unprivileged(): User {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const found = ['postgres', 'nobody']
    .map((name) => users.find((line) => line.startsWith(`${name}:`)))
    .find((line) => line !== undefined);
  if (found === undefined) throw new Error('PostgreSQL needs a user that is not root');
  const [, , uid, gid] = found.split(':').map(Number) as [number, number, number, number];
  return { uid, gid };
}

function own(path: string, { uid, gid }: User): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = () => {
      server.stdin?.end();
      reject(new Error(`PostgreSQL doesn't start:\n${said}`));
    };
    const late = setTimeout(fail, PATIENCE);
    server.once('error', reject);
    server.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      const isReady = said.includes('ready to accept connections');
      if (!isReady && !said.includes('FATAL')) return;
      clearTimeout(late);
      if (isReady) resolve();
      else fail();
    });
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.stdin?.end();
  await ended;
}
