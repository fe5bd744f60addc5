// How long a desk of 10,000 customers keeps the page waiting: `node test/bench/store-search.mjs [COUNT]`.
// A real browser and IndexedDB; the server's pages come from memory, so that only the device is measured.
import { createServer as createHttp } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { CHROMIUM_ARGS, findChromium } from '../chromium/find-chromium.mjs';
import { startLiyu } from '../start-liyu.mjs';

const COUNT = Number(process.argv[2] ?? 10_000);
const PAGE =
  '<!doctype html><script type="module" src="/test/bench/store-search.page.mjs"></script>';

/** A customer as the server gives one to staff. */
async function aCustomer() {
  const liyu = await startLiyu();
  const post = async (path, body, token) => {
    const answer = await fetch(`${liyu.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  try {
    const { token } = await post('/demo/token', { manager: 'M1001' }, '');
    const wanted = { coll: 'customers', scope: 'm:M1001', sv: 0, cp: null, limit: 1 };
    const { documents } = await post('/sync/v1/pull', wanted, token);
    return documents[0];
  } finally {
    await liyu.stop();
  }
}

function customer(like, i) {
  const family = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'[i % 16];
  return {
    ...like,
    id: `c-${String(i).padStart(5, '0')}`,
    name: `${family}*${'明芳伟秀娜敏静磊'[i % 8]}`,
    phone: `138****${String((i * 7919) % 10_000).padStart(4, '0')}`,
  };
}

const like = await aCustomer();
const root = fileURLToPath(new URL('../..', import.meta.url));
const vite = await createServer({
  configFile: false,
  root,
  appType: 'custom',
  logLevel: 'error',
  cacheDir: 'node_modules/.vite-bench',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
});
const server = createHttp((request, response) => {
  if (request.url === '/') {
    response.setHeader('content-type', 'text/html');
    response.end(PAGE);
  } else if (request.url.startsWith('/liyu/sync/v1/events')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: hello\ndata: {}\n\n');
  } else if (request.url === '/liyu/sync/v1/pull') {
    let text = '';
    request.on('data', (data) => (text += data));
    request.on('end', () => {
      const { coll, cp, limit } = JSON.parse(text);
      const from = cp?.v ?? 0;
      const count = coll === 'customers' ? Math.min(limit, COUNT - from) : 0;
      const documents = Array.from({ length: count }, (_, i) => customer(like, from + i));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ documents, checkpoint: { e: 1, v: from + count } }));
    });
  } else vite.middlewares(request, response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: CHROMIUM_ARGS,
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const rows = [];
  for (const visit of ['first', 'second']) {
    await page.goto(url);
    await page.waitForFunction(() => 'measure' in globalThis, undefined, { timeout: 60_000 });
    rows.push(...(await page.evaluate(([v, n]) => globalThis.measure(v, n), [visit, COUNT])));
  }
  console.table(rows);
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await vite.close();
}
