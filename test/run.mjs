// `npm test` on a fresh clone: installs what is missing, runs every check and prints one sum.
// Needs nothing but Node; `npm test -- unit e2e` runs only the steps named.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
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
const TESTS = [
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=./test/node-count-reporter.mjs',
  '--test-reporter-destination=stdout',
  '--test',
];
const BUILT_TESTS = ['--enable-source-maps', ...TESTS, '--test-concurrency=2'];
const SEED = new URL('pglite/start-from-seed.mjs', import.meta.url).href;
const BROWSER = /^packages\/(store|widgets|kit)\/src\//;
const PROGRAM = 'packages/server/src/cli/main.ts';
/** Processes of step `unit`: few, since each is slow at first; enough for an even end. */
const GROUPS = 8;

const unit = findTests('packages').filter((file) => !BROWSER.test(file));
const e2e = findTests('test/e2e');
const STEPS = {
  types: () => check(process.execPath, ['node_modules/typescript-native/bin/tsc', '-b']),
  lint: () => check(process.execPath, ['node_modules/eslint/bin/eslint.js', '.']),
  format: () =>
    check(process.execPath, [
      'node_modules/prettier/bin/prettier.cjs',
      '--check',
      '--log-level',
      'warn',
      '.',
    ]),
  notices: () => check(npm, ['run', '--silent', 'notices', '--', '--check']),
  tokens: () => check(npm, ['run', '--silent', 'tokens', '--', '--check']),
  arrows: () => check(npm, ['run', '--silent', 'arrows']),
  unit: async () => {
    const { groups, program } = await made();
    return counted([...BUILT_TESTS, ...groups(unit, GROUPS)], {
      env: { ...program, ...inMemory() },
    });
  },
  simulation: (log) =>
    counted([...tsx, ...TESTS, '--test-concurrency=1', ...findTests('test/simulation')], { log }),
  build: (log) => check(npm, ['run', '--silent', 'build', '--', '--logLevel', 'warn'], log),
  size: (log) => check(npm, ['run', '--silent', 'size'], log),
  stories: (log) => check(npm, ['run', '--silent', 'storybook:build', '--', '--quiet'], log),
  browser: () => counted(['node_modules/@web/test-runner/dist/bin.js']),
  e2e: async () => {
    const { of, program } = await made();
    return counted([...BUILT_TESTS, ...e2e.map(of)], { env: program });
  },
};
/** What one core does, one after another, while the steps before them need the other. */
const ASIDE = ['simulation', 'build', 'size', 'stories'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}`);
  process.exit(2);
}
if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
  const { failed } = await check(npm, ['ci', '--no-audit', '--no-fund']);
  if (failed > 0) process.exit(1);
}
let making;
let runners = 0;
const names = Object.keys(STEPS).filter((name) => wanted.length === 0 || wanted.includes(name));
const aside = startAside(names.filter((name) => ASIDE.includes(name)));
let passed = 0;
let failed = 0;
for (const name of names) {
  const result = await (aside.get(name) ?? play(name));
  if (result.log !== undefined) process.stdout.write(readFileSync(result.log, 'utf8'));
  if (result.failed > 0) console.log(`✖ ${name}`);
  passed += result.passed;
  failed += result.failed;
  const seconds = (result.took / 1000).toFixed(1);
  console.log(`— ${name}: ${result.passed} passed, ${result.failed} failed, ${seconds} s`);
}
await making?.then(({ remove }) => remove()).catch(() => undefined);
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** The results of steps that are played while others are; what they say is kept in `log` until then. */
function startAside(names) {
  let before = Promise.resolve();
  return new Map(
    names.map((name) => {
      const log = join(scratch, `${name}.log`);
      before = before.then(async () => ({ ...(await play(name, log)), log }));
      return [name, before];
    }),
  );
}

async function play(name, log) {
  const began = Date.now();
  const result = await STEPS[name](log).catch((error) => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  return { ...result, took: Date.now() - began };
}

/** The JavaScript of all that `unit` and `e2e` run, made when the first of them asks. */
async function made() {
  making ??= import('./built.mjs').then(({ built }) => built([...unit, ...e2e, PROGRAM]));
  const { of, groups } = await making;
  return { of, groups, program: { LIYU_PROGRAM: of(PROGRAM) } };
}

/** A command that passes or fails as a whole. */
async function check(command, args, log) {
  const status = await run(command, args, { log });
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
}

/** A runner that writes how many tests passed and failed to COUNT_FILE. */
async function counted(args, { log, env } = {}) {
  const file = join(scratch, `${runners++}.json`);
  const status = await run(process.execPath, args, {
    log,
    env: { COUNT_FILE: file, NODE_OPTIONS: `--import=${SEED}`, ...env },
  });
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const count = JSON.parse(readFileSync(file, 'utf8'));
  if (count.passed + count.failed === 0 || (status !== 0 && count.failed === 0)) count.failed += 1;
  return count;
}

/** The exit status of a command; what it says goes to `log`, by default to the screen. */
async function run(command, args, { log, env = {} }) {
  const out = log === undefined ? 'inherit' : openSync(log, 'w');
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', out, out],
  });
  if (log !== undefined) closeSync(out);
  const [status] = await once(child, 'exit');
  return status;
}

/** Puts temporary files into memory where there is enough: a database is a thousand of them. */
function inMemory() {
  const SHARED = '/dev/shm';
  if (process.env.TMPDIR !== undefined || !existsSync(SHARED)) return {};
  const { bavail, bsize } = statfsSync(SHARED);
  return Math.min(bavail * bsize, freemem()) > 4 * 1024 ** 3 ? { TMPDIR: SHARED } : {};
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
