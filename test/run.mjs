// `npm test` on a fresh clone: installs what is missing, runs every check and prints one sum.
// Needs nothing but Node; `npm test -- unit e2e` runs only the steps named.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'liyu-test-'));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const tsx = ['--conditions=source', '--import', 'tsx'];
const counter = [
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=./test/node-count-reporter.mjs',
  '--test-reporter-destination=stdout',
];
const SEED = new URL('pglite/start-from-seed.mjs', import.meta.url).href;
const BROWSER = /^packages\/(store|widgets|kit)\/src\//;

if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
  check('install', npm, ['ci', '--no-audit', '--no-fund']);
}

const tests = findTests('packages').filter((file) => !BROWSER.test(file));
/** What needs one core for as long as the steps before `unit` need the other. */
const ASIDE = 'simulation';
const STEPS = {
  types: () => check('types', process.execPath, ['node_modules/typescript-native/bin/tsc', '-b']),
  lint: () => check('lint', process.execPath, ['node_modules/eslint/bin/eslint.js', '.']),
  format: () =>
    check('format', process.execPath, [
      'node_modules/prettier/bin/prettier.cjs',
      '--check',
      '--log-level',
      'warn',
      '.',
    ]),
  notices: () => check('notices', npm, ['run', '--silent', 'notices', '--', '--check']),
  tokens: () => check('tokens', npm, ['run', '--silent', 'tokens', '--', '--check']),
  arrows: () => check('arrows', npm, ['run', '--silent', 'arrows']),
  [ASIDE]: () => aside.result(),
  unit: () =>
    counted('unit', [...tsx, ...counter, '--test', '--test-concurrency=2', ...tests], inMemory()),
  build: () => check('build', npm, ['run', '--silent', 'build', '--', '--logLevel', 'warn']),
  size: () => check('size', npm, ['run', '--silent', 'size']),
  stories: () => check('stories', npm, ['run', '--silent', 'storybook:build', '--', '--quiet']),
  browser: () => counted('browser', ['node_modules/@web/test-runner/dist/bin.js']),
  e2e: () =>
    counted('e2e', [
      ...tsx,
      ...counter,
      '--test',
      '--test-concurrency=2',
      ...findTests('test/e2e'),
    ]),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}`);
  process.exit(2);
}
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
const aside = isWanted(ASIDE) ? startAside() : null;
let passed = 0;
let failed = 0;
for (const [name, run] of Object.entries(STEPS)) {
  if (!isWanted(name)) continue;
  const began = Date.now();
  const result = await run();
  passed += result.passed;
  failed += result.failed;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`— ${name}: ${result.passed} passed, ${result.failed} failed, ${seconds} s`);
}
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** A command that passes or fails as a whole. */
function check(name, command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) console.log(`✖ ${name}`);
  if (name === 'install' && status !== 0) process.exit(1);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
}

/** Plays the simulation while other steps run; what it says is kept until then. */
function startAside() {
  const log = join(scratch, `${ASIDE}.log`);
  const fd = openSync(log, 'w');
  const args = [
    ...tsx,
    ...counter,
    '--test',
    '--test-concurrency=1',
    ...findTests(`test/${ASIDE}`),
  ];
  const { file, env } = countTo(ASIDE);
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', fd, fd], env });
  const ended = once(child, 'exit');
  return {
    async result() {
      const [status] = await ended;
      process.stdout.write(readFileSync(log, 'utf8'));
      return countIn(file, status);
    },
  };
}

/** A runner that writes how many tests passed and failed to COUNT_FILE. */
function counted(name, args, more = {}) {
  const { file, env } = countTo(name);
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, ...more },
  });
  return countIn(file, status);
}

/** Puts temporary files into memory where there is enough: a database is a thousand of them. */
function inMemory() {
  const SHARED = '/dev/shm';
  if (process.env.TMPDIR !== undefined || !existsSync(SHARED)) return {};
  const { bavail, bsize } = statfsSync(SHARED);
  return Math.min(bavail * bsize, freemem()) > 4 * 1024 ** 3 ? { TMPDIR: SHARED } : {};
}

function countTo(name) {
  const file = join(scratch, `${name}.json`);
  const env = { ...process.env, COUNT_FILE: file, NODE_OPTIONS: `--import=${SEED}` };
  return { file, env };
}

function countIn(file, status) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const count = JSON.parse(readFileSync(file, 'utf8'));
  if (count.passed + count.failed === 0 || (status !== 0 && count.failed === 0)) count.failed += 1;
  return count;
}

function findTests(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : findTests(path);
    }
    return /\.test\.(ts|mjs)$/.test(entry.name) ? [relative('', path).replaceAll('\\', '/')] : [];
  });
}
