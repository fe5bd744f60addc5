// `npm start` on a fresh clone: installs what is missing, builds the kit's files, starts the Liyu server
// with the sample bank and the portal beside it. Needs nothing but Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const tsx = ['--conditions=source', '--import', 'tsx'];

if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
  console.log('installing packages …');
  run('npm', ['ci', '--no-audit', '--no-fund']);
}
if (
  newest([
    'packages/kit/src',
    'packages/widgets/src',
    'packages/store/src',
    'packages/model/src',
    'vite.config.ts',
  ]) > built()
) {
  console.log('building the files that a portal serves …');
  run('npm', ['run', '--silent', 'build', '--', '--logLevel', 'warn']);
}

const children = [];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => stop(0));
}

const server = start('packages/server/src/cli/main.ts', ['serve', '--demo'], {
  PORT: String(await freePort(process.env.PORT ?? 8787)),
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
});
const serverUrl = await address(server, /^ready (http\S+)/m);
console.log(`Liyu server    ${serverUrl}`);

const portal = start('packages/demo/src/main.ts', [], {
  LIYU_SERVER: serverUrl,
  PORTAL_PORT: String(await freePort(process.env.PORTAL_PORT ?? 8080)),
});
const portalUrl = await address(portal, /^portal (http\S+)/m);
console.log(`smallest page  ${portalUrl}/bare`);
console.log(`portal         ${portalUrl}`);

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function start(file, args, env) {
  const child = spawn(process.execPath, [...tsx, join(root, file), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.once('exit', (code) => stop(code ?? 1));
  children.push(child);
  return child;
}

/** The address that a child prints when it takes requests. */
function address(child, pattern) {
  return new Promise((resolve) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}

let stopping = false;
function stop(code) {
  if (stopping) return;
  stopping = true;
  const running = children.filter((child) => child.exitCode === null);
  let left = running.length;
  if (left === 0) process.exit(code);
  for (const child of running) {
    child.once('exit', () => {
      left -= 1;
      if (left === 0) process.exit(code);
    });
    child.kill('SIGTERM');
  }
}

/** The wanted port, or any other when something listens there already. */
function freePort(wanted) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(Number(wanted), '127.0.0.1', () => probe.close(() => resolve(Number(wanted))));
  });
}

function built() {
  const file = join(root, 'packages/kit/dist/cdn/integrity.json');
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

/** Moment of the latest change below some paths, in milliseconds. */
function newest(paths) {
  return Math.max(
    ...paths.map((path) => {
      const full = join(root, path);
      const stats = statSync(full);
      if (!stats.isDirectory()) return stats.mtimeMs;
      return newest(readdirSync(full).map((name) => join(path, name)));
    }),
  );
}
