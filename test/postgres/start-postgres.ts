import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyCluster, emptyCluster, filledCluster, passwordOf } from './clusters.js';
import type { Contents, User } from './clusters.js';
import { findPostgres } from './find-postgres.js';

export interface RunningPostgres {
  /** Of the database `postgres`, as a superuser. */
  url: string;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

const PATIENCE = 30_000;

/**
 * Runs PostgreSQL until its standard input ends, which it also does when this process is killed; then
 * stops it (SIGINT cuts open connections) and removes its folder, `$0`.
 */
const KEEPER = '"$@" & server=$!; cat > /dev/null; kill -INT $server; wait $server; rm -rf "$0"';

/**
 * A real PostgreSQL of its own: a new cluster in a temporary folder, on a free port of 127.0.0.1,
 * not synced to disk. Also ends with this process. `more` are settings, as `work_mem=64MB`; with
 * `contents` it isn't empty.
 */
export async function startPostgres(
  more: readonly string[] = [],
  contents?: Contents,
): Promise<RunningPostgres> {
  const bin = findPostgres();
  const user = unprivileged();
  const empty = await emptyCluster(bin, user);
  const filled = (fresh: Contents) =>
    filledCluster(empty, fresh, async (dir) => {
      const server = await run(bin, user, dir, []);
      try {
        await fresh.fill(server.url);
      } finally {
        await server.stop();
      }
    });
  const cluster = contents === undefined ? empty : await filled(contents);
  const dir = mkdtempSync(join(tmpdir(), 'liyu-postgres-'));
  try {
    copyCluster(cluster, dir);
    return await run(bin, user, dir, more, dir);
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

/** Serves the cluster in `dir`; its end removes `files`, by default none of them. */
async function run(
  bin: string,
  user: User,
  dir: string,
  more: readonly string[],
  files = join(dir, 'none'),
): Promise<RunningPostgres> {
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${dir}`];
  const hasty = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const server = spawn(
    'sh',
    [
      ...['-c', KEEPER, files, join(bin, 'postgres'), '-D', join(dir, 'data')],
      ...[...settings, ...hasty, ...more].flatMap((setting) => ['-c', setting]),
    ],
    { ...user, cwd: dir, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  await untilReady(server);
  return {
    url: `postgres://liyu:${passwordOf(dir)}@127.0.0.1:${port}/postgres`,
    stop: () => end(server),
  };
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
