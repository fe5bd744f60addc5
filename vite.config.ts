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
        minify: true,
      },
    },
  },
  plugins: [quietStorage(), integrity()],
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
