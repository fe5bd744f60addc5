// A page of a bench as a portal serves it: minified, for production, with the workspace's packages from their sources.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * What vite makes of `input`, in memory.
 * @param {{ input: string, alias?: Record<string, string>, output?: object }} page
 */
export async function buildPage({ input, alias = {}, output = {} }) {
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    mode: 'production',
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['source', 'module', 'browser', 'production'], alias },
    build: {
      write: false,
      target: 'chrome120',
      modulePreload: false,
      rolldownOptions: { input, output },
    },
  });
  return built.output;
}
