import { createHash } from 'node:crypto';
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
        chunkFileNames: '[name]-[hash].js',
        minify: true,
      },
    },
  },
  plugins: [integrity()],
});

/** Writes integrity.json: {file: "sha384-…"} for the `integrity` attribute of a portal's tags. */
function integrity(): Plugin {
  return {
    name: 'integrity',
    generateBundle(_, bundle) {
      const hashes = Object.entries(bundle).map(([file, output]) => {
        const content = output.type === 'chunk' ? output.code : output.source;
        return [file, `sha384-${createHash('sha384').update(content).digest('base64')}`];
      });
      this.emitFile({
        type: 'asset',
        fileName: 'integrity.json',
        source: `${JSON.stringify(Object.fromEntries(hashes.sort()), null, 2)}\n`,
      });
    },
  };
}
