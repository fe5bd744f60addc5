// Makes JavaScript of the TypeScript that a step runs, once for all its processes: one that does it for itself
// needs two seconds before its first test.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Below node_modules, so that npm's packages are found. */
const CACHE = join(ROOT, 'node_modules/.cache/liyu');
const ONE_BY_ONE = new URL('one-by-one.mjs', import.meta.url).href;

/**
 * @param {string[]} files TypeScript, by paths from the root
 * @param {string} cache A folder below the node_modules that they import from
 * @returns what was made: `of` a file, the path of its JavaScript; `groups`, tests that share a process
 */
export async function built(files, cache = CACHE) {
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, 'built-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: files,
    outdir,
    outbase: ROOT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['source'],
    sourcemap: true,
    sourcesContent: false,
    // A module that is imported runs, whatever its package says of side effects.
    treeShaking: false,
    ignoreAnnotations: true,
    logLevel: 'warning',
    plugins: [asIfInPlace],
  });
  const of = (file) => join(outdir, file.replace(/\.(ts|mjs)$/, '.js'));
  return {
    of,
    groups: (tests, count) => dealt(tests, count).map((hand, n) => group(outdir, of, hand, n)),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  };
}

/** Npm's packages stay outside, and a module still knows the address of its source. */
const asIfInPlace = {
  name: 'as-if-in-place',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@liyu/') ? undefined : { path, external: true },
    );
    onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
      const address = JSON.stringify(pathToFileURL(path).href);
      const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', address);
      return { contents, loader: extname(path) === '.ts' ? 'ts' : 'js' };
    });
  },
};

/** A test file that runs others one after another. */
function group(outdir, of, tests, n) {
  const path = join(outdir, `group-${n}.test.mjs`);
  const files = tests.map((file) => [file, pathToFileURL(of(file)).href]);
  writeFileSync(
    path,
    `import { oneByOne } from ${JSON.stringify(ONE_BY_ONE)};\noneByOne(${JSON.stringify(files)});\n`,
  );
  return path;
}

function dealt(cards, hands) {
  return Array.from({ length: hands }, (_, hand) => cards.filter((_, n) => n % hands === hand));
}
