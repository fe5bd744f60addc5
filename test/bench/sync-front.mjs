// What the pages of the browser benches talk to: Liyu, the same records as NDJSON, and CouchDB's protocol
// by PouchDB's own server, all behind one origin.
import { createServer as createHttp, request as proxied } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../packages/server/src/start-server.js';
import { createIssuer } from '../../packages/server/src/testing/issuer.js';
import { buildPage } from './build-page.mjs';
import { customerOf } from './sync-bank.mjs';

const require = createRequire(import.meta.url);
const PAGE =
  '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';

/** Starts all three over the records of the first customer in `db`. */
export async function startFront(db) {
  const issuer = await createIssuer();
  const liyu = await startServer({ database: db, auth: issuer });
  const couch = await startCouch(await recordsOf(db));
  const script = await builtPage();
  const server = createHttp((request, response) => {
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(PAGE);
    else if (request.url === '/ndjson') void sendLines(db, response);
    else if (request.url.startsWith('/liyu/')) pass(liyu.url, '/liyu', request, response);
    else if (request.url.startsWith('/couch/')) pass(couch.url, '', request, response);
    else if (request.url === '/page.js')
      response.setHeader('content-type', 'text/javascript').end(script);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    token: () => issuer.token(customerOf(0), { exp: Math.floor(Date.now() / 1000) + 890 }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await couch.stop();
      await liyu.close();
    },
  };
}

async function builtPage() {
  const [{ code }] = await buildPage({
    input: fileURLToPath(new URL('sync-browser.page.mjs', import.meta.url)),
    alias: {
      'pouchdb-browser': require.resolve('pouchdb-browser/lib/index.es.js'),
      events: require.resolve('events/'),
    },
    output: { codeSplitting: false },
  });
  return code;
}

async function recordsOf(db) {
  const rows = await db.query(
    `SELECT d.body || jsonb_build_object('_id', d.id, 'rev', d.rev) AS doc FROM doc d
     WHERE d.customer = $1 AND d.coll = 'careEvents'`,
    [customerOf(0)],
  );
  return rows.map(({ doc }) => doc);
}

/** One record a line, built by the database. */
async function sendLines(db, response) {
  const [{ lines }] = await db.query(
    `SELECT string_agg((d.body || jsonb_build_object('id', d.id, 'rev', d.rev))::text, E'\n') AS lines
     FROM doc d WHERE d.customer = $1 AND d.coll = 'careEvents'`,
    [customerOf(0)],
  );
  response.setHeader('content-type', 'application/x-ndjson').end(lines);
}

function pass(to, prefix, request, response) {
  const { pathname, search } = new URL(request.url, to);
  const target = new URL(pathname.slice(prefix.length) + search, to);
  const onward = proxied(target, { method: request.method, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

async function startCouch(docs) {
  const express = require('express');
  const PouchDB = require('pouchdb-core')
    .plugin(require('pouchdb-adapter-memory'))
    .plugin(require('pouchdb-replication'))
    .plugin(require('pouchdb-mapreduce'))
    .defaults({ adapter: 'memory' });
  const app = express();
  app.use(
    '/couch',
    require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true }),
  );
  await new PouchDB('records').bulkDocs(docs);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
