// A page of a pull, as it goes out, beside the same rows read by one SELECT that builds the JSON.
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { collections } from '@liyu/model/schemas';
import { asCaller } from '../../packages/server/src/sync/as-caller.js';
import { PAGE_LIMIT, pull } from '../../packages/server/src/sync/pull.js';
import { customerOf } from './sync-bank.mjs';
import { row } from './report.mjs';

export async function pullRows(db, of, { runs, times }) {
  const scope = `c:${customerOf(0)}`;
  const limit = Math.min(1_000, PAGE_LIMIT);
  const collection = collections.careEvents;
  const page = async () =>
    JSON.stringify(await pullAs(db, { collection, scope, audience: 'customer', cp: null, limit }));
  const plain = async () => {
    const [found] = await db.query(
      `SELECT json_build_object('documents', json_agg(record))::text AS page FROM (
         SELECT jsonb_build_object('id', d.id, 'rev', d.rev) || d.body AS record
         FROM entry e JOIN doc d ON d.customer = e.customer AND d.coll = e.coll AND d.id = e.id
         WHERE e.scope = $1 AND e.coll = 'careEvents' AND e.ver > 0 ORDER BY e.ver LIMIT $2
       ) AS page`,
      [scope, limit],
    );
    return found.page;
  };
  const bare = async () => {
    const found = await db.query(
      `SELECT d.id, d.rev, d.body FROM entry e
       JOIN doc d ON d.customer = e.customer AND d.coll = e.coll AND d.id = e.id
       WHERE e.scope = $1 AND e.coll = 'careEvents' AND e.ver > 0 ORDER BY e.ver LIMIT $2`,
      [scope, limit],
    );
    return JSON.stringify({ documents: found.map(({ id, rev, body }) => ({ id, rev, ...body })) });
  };
  const ids = (text) => JSON.parse(text).documents.map(({ id }) => id);
  for (const other of [plain, bare]) assert.deepEqual(ids(await page()), ids(await other()));
  const what = `pull of ${limit} records a page, ${of}`;
  const built = 'the same rows by one SELECT that builds the JSON';
  const read = 'the same rows by one SELECT, made JSON by the node';
  return [
    row({ what, against: built, ratios: await ratios(plain, page, runs, times), target: 0.9 }),
    row({ what, against: read, ratios: await ratios(bare, page, runs, times), target: null }),
  ];
}

/** A pull with the rights of the customer whose scope it is, as a request has them. */
function pullAs(db, request) {
  const customer = request.scope.slice(2);
  const actor = { role: 'customer', customer, manager: null, branch: null, duties: [], name: null };
  return asCaller(db, { actor, scopes: [request.scope] }, (tx) => pull(tx, request));
}

/** Pulls of a few records a second, of many customers at once. */
export async function pullsAtOnce(db, customers) {
  const CLIENTS = 16;
  const PULLS = 200;
  const collection = collections.careEvents;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let n = 0; n < PULLS; n++) {
        const scope = `c:${customerOf(2 + ((client * PULLS + n * 7) % (customers - 2)))}`;
        await pullAs(db, { collection, scope, audience: 'customer', cp: null, limit: 100 });
      }
    }),
  );
  return (CLIENTS * PULLS * 1000) / (performance.now() - start);
}

/** How many times as fast the other call is, by turns; the first run warms up. */
async function ratios(one, other, runs, times) {
  const found = [];
  for (let run = 0; run <= runs; run++) {
    const first = run % 2 === 0 ? one : other;
    const a = await timed(first, times);
    const b = await timed(first === one ? other : one, times);
    if (run > 0) found.push(first === one ? a / b : b / a);
  }
  return found;
}

/** Milliseconds of one call. */
export async function timed(call, times) {
  const start = performance.now();
  for (let n = 0; n < times; n++) await call(n);
  return (performance.now() - start) / times;
}
