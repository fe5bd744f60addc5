import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

// Builds the files that a portal serves: packages/kit/dist/cdn/liyu.js, its chunks and integrity.json.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  resolve: { conditions: ['source', 'module', 'browser', 'production'] },
  build: {
    outDir: 'packages/kit/dist/cdn',
    emptyOutDir: true,
    target: ['chrome90', 'safari15.4', 'firefox115'],
    modulePreload: false,
    reportCompressedSize: true,
    rolldownOptions: {
      input: 'packages/kit/src/liyu.ts',
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: ({ moduleIds }) =>
          moduleIds.some((id) => id.endsWith('/store/src/index.ts'))
            ? 'store-[hash].js'
            : '[name]-[hash].js',
        // What lazy chunks need of the first ones: one file that liyu.js imports beside its own.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
        minify: true,
      },
    },
  },
  plugins: [quietStorage(), retriable(), integrity()],
});

/**
 * Leaves out what RxDB's storage writes to the console to advertise its paid plugins: a bank's page says
 * nothing that the bank doesn't (docs/decisions/0004). Fails when a new release words it otherwise.
 */
function quietStorage(): Plugin {
  const advertisement = /console\.warn\(\['-+ RxDB Open Core RxStorage [^;]*;/;
  return {
    name: 'quiet-storage',
    transform(code, id) {
      if (!id.includes('rx-storage-instance-dexie')) return null;
      if (!advertisement.test(code)) throw new Error('RxDB words its advertisement otherwise');
      return { code: code.replace(advertisement, ''), map: null };
    },
  };
}

/**
 * Lets a chunk that couldn't be fetched be asked for again: browsers of before 2026 remember the failure of
 * an address for as long as the page lives (whatwg/html#6768), so the next time has another one. What the
 * chunk imports was loaded with liyu.js, under its own address, and is not loaded twice.
 */
function retriable(): Plugin {
  const lazy = /\bimport\((["'`])(\.\/[^"'`]+\.js)\1\)/g;
  const load = `const __failures = new Map();
const __load = (file, load) => {
  const failures = __failures.get(file) ?? 0;
  return load(failures === 0 ? file : file + '?again=' + failures).catch((error) => {
    __failures.set(file, failures + 1);
    throw error;
  });
};`;
  return {
    name: 'retriable',
    renderChunk(code, chunk) {
      if (chunk.dynamicImports.length === 0) return null;
      const found = code.match(lazy)?.length ?? 0;
      if (found < chunk.dynamicImports.length)
        throw new Error('lazy imports are written otherwise');
      const changed = code.replace(lazy, (_, _quote, file) => {
        return `__load(${JSON.stringify(file)}, (file) => import(file))`;
      });
      return { code: `${load}\n${changed}`, map: null };
    },
  };
}

/** Writes integrity.json: {file: "sha384-…"} of the files as they lie on disk, for a portal's tags. */
function integrity(): Plugin {
  return {
    name: 'integrity',
    writeBundle({ dir = '' }, bundle) {
      const hashes = Object.keys(bundle)
        .sort()
        .map((file) => {
          const hash = createHash('sha384').update(readFileSync(join(dir, file)));
          return [file, `sha384-${hash.digest('base64')}`];
        });
      const text = `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`;
      writeFileSync(join(dir, 'integrity.json'), text);
    },
  };
}
