import { defineConfig } from 'vite';
import { customElementsManifest } from './custom-elements-manifest.mjs';

export default defineConfig({
  publicDir: false,
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  plugins: [customElementsManifest()],
});
