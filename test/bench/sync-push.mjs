// A push of new records, judged and written, beside a bare upsert of the same rows.
import { performance } from 'node:perf_hooks';
import { newCase } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { push } from '../../packages/server/src/sync/push.js';
import { customerOf } from './sync-bank.mjs';
import { row } from './report.mjs';
import { timed } from './sync-pull.mjs';

const ROWS = 100;

export async function pushRow(db, of, customers, { runs, times }) {
  await db.query(
    `CREATE TABLE bare (customer text COLLATE "C", coll text COLLATE "C", id text COLLATE "C",
       body jsonb, rev bigint, PRIMARY KEY (customer, coll, id))`,
  );
  // Another customer each time: a rule reads what the customer has already, and would read ever more.
  let count = 0;
  const next = () => customerOf(1 + (count++ % (customers - 1)));
  const judged = () => {
    const customer = next();
    return push(db, request(customer, fresh(customer, ROWS)));
  };
  const bare = () => {
    const customer = next();
    return db.query(
      `INSERT INTO bare SELECT $1, 'cases', r->>'id', r - 'id', 1
       FROM jsonb_array_elements($2::jsonb) AS r
       ON CONFLICT (customer, coll, id) DO UPDATE SET body = excluded.body, rev = bare.rev + 1`,
      [customer, JSON.stringify(fresh(customer, ROWS))],
    );
  };
  const ratios = [];
  for (let run = 0; run <= runs; run++) {
    const first = run % 2 === 0 ? judged : bare;
    const a = await timed(first, times);
    const b = await timed(first === judged ? bare : judged, times);
    if (run > 0) ratios.push(first === judged ? a / b : b / a);
  }
  return row({
    what: `push of ${ROWS} new records, ${of}`,
    against: 'a bare upsert of the same rows',
    ratios,
    target: null,
    isCost: true,
  });
}

/** Pushes of one record each a second, of many customers at once. */
export async function pushesAtOnce(db, customers) {
  const CLIENTS = 16;
  const PUSHES = 100;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let n = 0; n < PUSHES; n++) {
        const customer = customerOf(2 + ((client * PUSHES + n * 7) % (customers - 2)));
        await push(db, request(customer, fresh(customer, 1)));
      }
    }),
  );
  return (CLIENTS * PUSHES * 1000) / (performance.now() - start);
}

function request(customer, docs) {
  return {
    collections,
    collection: collections.cases,
    scope: `c:${customer}`,
    rows: docs.map((newDocumentState) => ({ newDocumentState })),
    actor: { role: 'customer', customer, manager: null, branch: null, duties: [], name: null },
    scopes: [`c:${customer}`],
    desks: null,
    now: new Date().toISOString(),
  };
}

function fresh(customer, count) {
  return Array.from({ length: count }, () =>
    newCase({ customer, kind: 'callback', text: '请方便时回电，谢谢。' }),
  );
}
