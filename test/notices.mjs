// Writes THIRD-PARTY-NOTICES.md: the licences of what the files for a portal contain, as Vite bundles
// them at this moment, and the packages that the server loads. `--check` compares instead, and fails
// when the file is stale or a package came with a licence that nobody has looked at.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const FILE = join(root, 'THIRD-PARTY-NOTICES.md');

/** Licences that a bank may redistribute under with no more than a notice. */
const TAKEN = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
]);
const LICENCE_FILE = /^(licen[cs]e|copying|notice|copyrightnotice)(\.(md|txt))?$/i;

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;

/** Name, version and licence of an installed package; throws on a licence that isn't taken. */
function describe(path) {
  const { name, version, license, repository } = JSON.parse(
    readFileSync(join(root, path, 'package.json'), 'utf8'),
  );
  const terms = lock[path]?.license ?? license;
  if (!TAKEN.has(terms)) throw new Error(`${name} ${version}: look at its licence, ${terms}`);
  const url = typeof repository === 'string' ? repository : repository?.url;
  return { path, name, version, licence: terms, url: url?.replace(/^git\+|\.git$/g, '') };
}

/** Paths of the packages whose code is in a chunk of the build. */
async function bundled() {
  const { output } = await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'silent',
    build: { write: false, minify: false, reportCompressedSize: false },
  });
  const paths = new Set();
  for (const { modules = {} } of output) {
    for (const [id, { renderedLength }] of Object.entries(modules)) {
      if (renderedLength > 0) paths.add(packageOf(id));
    }
  }
  paths.delete(null);
  return [...paths].sort();
}

/** The package that a module of the build is of; null of Liyu's own. */
function packageOf(id) {
  const [, path] = /.*[\\/](node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id) ?? [];
  if (path !== undefined) return path.replaceAll('\\', '/');
  // Helpers that the tools put in: Oxc's come with Rolldown.
  if (id.startsWith('\0vite/')) return 'node_modules/vite';
  if (/^\0(rolldown\/|@oxc-project\+runtime)/.test(id)) return 'node_modules/rolldown';
  if (id.startsWith(root)) return null;
  throw new Error(`which package is ${JSON.stringify(id)} of?`);
}

/** Paths of what `from`, a workspace, loads in production, the packages of this repository left out. */
function production(from) {
  const found = new Set();
  const visit = (path) => {
    const { dependencies = {}, optionalDependencies = {} } = lock[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const target = resolve(path, name);
      if (target === null || found.has(target)) continue;
      if (lock[target].link !== true) found.add(target);
      visit(lock[target].link === true ? lock[target].resolved : target);
    }
  };
  visit(from);
  return [...found].sort();
}

/** Where `name` is found from `path`, as Node looks for it; null when it's optional and not there. */
function resolve(path, name) {
  for (let dir = path; ; dir = posix.dirname(dir)) {
    const candidate = posix.join(dir === '.' ? '' : dir, 'node_modules', name);
    if (lock[candidate] !== undefined) return candidate;
    if (dir === '.') return null;
  }
}

function licenceText({ path }) {
  const files = readdirSync(join(root, path)).filter((name) => LICENCE_FILE.test(name));
  const texts = files.map((name) => readFileSync(join(root, path, name), 'utf8'));
  // What Vite itself bundles stays on the machine that builds.
  const own = texts.map((text) => text.split('\n# Licenses of bundled dependencies')[0]);
  return own
    .map((text) =>
      text
        .replaceAll('\r\n', '\n')
        .replace(/[ \t]+$/gm, '')
        .trim(),
    )
    .join('\n\n');
}

function write(shipped, loaded) {
  const byText = new Map();
  for (const one of shipped) {
    const text = licenceText(one);
    byText.set(text, [...(byText.get(text) ?? []), one]);
  }
  const title = ({ name, version }) => `${name} ${version}`;
  const sections = [...byText].map(([text, packages]) => {
    const head = `### ${packages.map(title).join(', ')}`;
    if (text !== '') return `${head}\n\n\`\`\`text\n${text}\n\`\`\``;
    const told = packages.map(
      ({ name, licence, url }) =>
        `${name} carries no text; its package.json says ${licence}, ${url ?? 'without an address'}.`,
    );
    return `${head}\n\n${told.join('\n')}`;
  });
  const table = (packages) =>
    [
      '| package | version | licence |\n|---|---|---|',
      ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    ].join('\n');
  return `# Third-party notices

Written by \`npm run notices\`; \`npm test -- notices\` fails when it is stale.

## In the files that a portal serves

What \`npm run build\` puts into \`packages/kit/dist/cdn\`.

${table(shipped)}

## Loaded by the server

The production dependencies of \`@liyu/server\`; their licence texts lie in \`node_modules\`. PGlite and libpg-query contain PostgreSQL, under the PostgreSQL Licence.

${table(loaded)}

## Texts

${sections.join('\n\n')}
`;
}

const shipped = (await bundled()).map(describe);
const loaded = production('packages/server')
  .map(describe)
  .sort((a, b) => (a.name < b.name ? -1 : 1));
const text = write(shipped, loaded);
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else {
  const held = readFileSync(FILE, 'utf8').replaceAll('\r\n', '\n');
  if (held !== text) {
    const lines = new Set(held.split('\n'));
    const missing = text.split('\n').filter((line) => line.startsWith('| ') && !lines.has(line));
    console.error('THIRD-PARTY-NOTICES.md is stale: run npm run notices', ...missing);
    process.exitCode = 1;
  }
}
