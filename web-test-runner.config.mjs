import { request } from 'node:http';
import { chromeLauncher } from '@web/test-runner-chrome';
import { createServer } from 'vite';
import { assistiveCommands } from './test/assistive-commands.mjs';
import { CHROMIUM_ARGS, findChromium } from './test/chromium/find-chromium.mjs';
import { countReporter } from './test/count-reporter.mjs';
import { startLiyu } from './test/start-liyu.mjs';

// The tests' modules come from a Vite server, which resolves the packages' sources; only the runner's
// own files bypass it.
const vite = await createServer({
  configFile: false,
  root: import.meta.dirname,
  appType: 'custom',
  logLevel: 'error',
  cacheDir: 'node_modules/.vite-test',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  optimizeDeps: {
    entries: [],
    include: [
      '@open-wc/testing',
      'axe-core',
      'chart.js',
      'lit',
      'lit/decorators.js',
      'lit/directives/repeat.js',
      'lit/directives/live.js',
      'lit/directives/if-defined.js',
      'lit/directives/class-map.js',
      'lit/directives/ref.js',
      'rxdb/plugins/core',
      'rxdb/plugins/storage-dexie',
      'rxdb/plugins/storage-memory',
      'rxdb/plugins/replication',
      'rxdb/plugins/leader-election',
      'rxdb/plugins/local-documents',
      'rxdb/plugins/dev-mode',
      'rxdb/plugins/validate-z-schema',
      'rxjs',
      'rxjs/operators',
      'storybook/preview-api',
      '@storybook/web-components/entry-preview',
      'zod/mini',
    ],
  },
  plugins: [
    {
      name: 'runner-files-are-external',
      enforce: 'pre',
      resolveId(id) {
        const own = /\/__web-[^?]*/.exec(id);
        return own === null ? null : { id: own[0], external: 'absolute' };
      },
    },
  ],
});

// A real server with its sample customers, for the tests of store and kit.
const liyu = await startLiyu();

export default {
  // The longest file first: at the end one core would wait for it.
  files: ['stories/*.test.ts', 'packages/{store,widgets,kit}/src/**/*.test.ts'],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: await findChromium(),
        args: CHROMIUM_ARGS,
      },
      // A storage of its own for each page: a store wipes what other persons left on the device.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
    }),
  ],
  concurrency: 2,
  testFramework: { config: { timeout: 20_000 } },
  // All hostile texts on all fields take long.
  testsFinishTimeout: process.env.VITE_LIYU_HOSTILE === 'full' ? 4 * 3_600_000 : 180_000,
  reporters: [countReporter()],
  middleware: [
    async (context, next) => {
      if (context.path === '/' || context.path.startsWith('/__web-')) {
        await next();
        return;
      }
      await new Promise((resolve) => {
        context.respond = false;
        context.res.once('close', resolve);
        context.res.statusCode = 200;
        if (context.path.startsWith('/liyu/')) {
          proxy(context.req, context.res);
          return;
        }
        vite.middlewares(context.req, context.res, () => {
          context.res.statusCode = 404;
          context.res.end();
        });
      });
    },
  ],
  plugins: [
    assistiveCommands(),
    {
      name: 'close',
      async serverStop() {
        await Promise.all([vite.close(), liyu.stop()]);
      },
    },
  ],
};

/** Passes a request on to the Liyu server. */
function proxy(req, res) {
  const path = req.url.replace(/^\/liyu/, '');
  const forward = request(
    `${liyu.url}${path}`,
    { method: req.method, headers: req.headers },
    (answer) => {
      res.writeHead(answer.statusCode, answer.headers);
      answer.pipe(res);
    },
  );
  forward.once('error', () => res.destroy());
  res.once('close', () => forward.destroy());
  req.pipe(forward);
}
