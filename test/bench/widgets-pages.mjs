// Each contender as a page of its own.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT_LIT = fileURLToPath(new URL('../../node_modules/lit', import.meta.url));

/** Serves `/NAME` for every contender, whose file is `widgets-NAME.mjs`. */
export async function servePages(names) {
  const files = new Map();
  for (const name of names) {
    for (const { fileName, code, source } of await buildPage(pageFor(name)))
      files.set(fileName, code ?? source);
  }
  const server = createServer((request, response) => {
    const name = request.url.slice(1);
    if (names.includes(name)) {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(name, files));
    } else if (files.has(name)) {
      const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
      response.setHeader('content-type', `${type}; charset=utf-8`).end(files.get(name));
    } else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pageFor(name) {
  return {
    input: `${HERE}widgets-${name}.mjs`,
    // Shoelace and Web Awesome bring their own; a plain Lit element has the same as Liyu.
    alias: name === 'lit' || name === 'liyu' ? { lit: ROOT_LIT } : {},
    output: {
      entryFileNames: `${name}.js`,
      chunkFileNames: `${name}-[name]-[hash].js`,
      assetFileNames: `${name}[extname]`,
    },
  };
}

function pageOf(name, files) {
  const css = files.has(`${name}.css`) ? `<link rel="stylesheet" href="/${name}.css">` : '';
  return `<!doctype html><html lang="zh-CN"><head>${css}</head><body><script type="module" src="/${name}.js"></script></body></html>`;
}
