import type { Database, Queryable } from '../db/database.js';
import { EXPORT_SCOPE, deskScopesSql } from './scope.js';
import type { Collections } from './write-docs.js';
import { lockScopes } from './write-records.js';

interface OutboxRow {
  customer: string;
  ver: number;
  coll: string;
  id: string;
  pushed: boolean;
}

/** Rows of the outbox that are copied before they are taken out of it. */
const BATCH = 5_000;

/**
 * Copies what changed in the scopes of customers to those of the desks they belong to, and to that of
 * the export, until the outbox is empty. A scope is written in a transaction of its own, and the
 * outbox emptied in another one after them. Should it stop in between, or run on several nodes at
 * once, a row is copied again and found to be there. Calls `onCopied` with each scope that changed and
 * how many entries it got. A scope that can't be written keeps its rows in the outbox and holds up no
 * other one; the first such error is thrown at the end. Returns how many rows left the outbox.
 */
export async function feed(
  db: Database,
  collections: Collections,
  onCopied: (scope: string, entries: number) => void = () => undefined,
): Promise<number> {
  const errors: unknown[] = [];
  let after: Pick<OutboxRow, 'customer' | 'ver'> = { customer: '', ver: 0 };
  for (let total = 0; ;) {
    const rows = await db.query<OutboxRow>(
      `SELECT customer, ver, coll, id, pushed FROM outbox
       WHERE (customer, ver) > ($1, $2) ORDER BY customer, ver LIMIT $3`,
      [after.customer, after.ver, BATCH],
    );
    const kept = new Set<OutboxRow>();
    for (const [scope, own] of await targets(db, collections, rows)) {
      try {
        const copied = await db.transaction((tx) => copy(tx, collections, scope, own));
        if (copied > 0) onCopied(scope, copied);
      } catch (error) {
        errors.push(error);
        for (const row of own) kept.add(row);
      }
    }
    const done = rows.filter((row) => !kept.has(row));
    await db.query(
      `DELETE FROM outbox o USING jsonb_to_recordset($1::jsonb) AS r(customer text, ver bigint)
       WHERE o.customer = r.customer AND o.ver = r.ver`,
      [JSON.stringify(done.map(({ customer, ver }) => ({ customer, ver })))],
    );
    total += done.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) {
      if (errors.length > 0) throw errors[0];
      return total;
    }
    after = last;
  }
}

/** How many rows wait in the outbox; 0 when the desks and the export are up to date. */
export async function outboxSize(db: Queryable): Promise<number> {
  const [row] = await db.query<{ count: number }>('SELECT count(*) AS count FROM outbox');
  return row?.count ?? 0;
}

/** The rows by the scope they are copied to: where their customer belongs, or did before. */
async function targets(
  db: Queryable,
  collections: Collections,
  rows: readonly OutboxRow[],
): Promise<Map<string, OutboxRow[]>> {
  const byScope = new Map<string, OutboxRow[]>();
  const add = (scope: string, row: OutboxRow) => {
    const list = byScope.get(scope);
    if (list === undefined) byScope.set(scope, [row]);
    else list.push(row);
  };
  const desks = new Map<string, string[]>();
  const customers = JSON.stringify([...new Set(rows.map(({ customer }) => customer))]);
  const found = await db.query<{ customer: string; scope: string }>(
    `WITH k AS (SELECT jsonb_array_elements_text($1::jsonb) AS customer)
     SELECT k.customer, m.scope FROM k JOIN member m ON m.customer = k.customer
     UNION
     SELECT k.customer, s.scope FROM k
     JOIN doc d ON d.customer = k.customer AND d.coll = 'customers' AND d.id = d.customer
     CROSS JOIN LATERAL unnest(${deskScopesSql('d')}) AS s(scope)
     WHERE s.scope IS NOT NULL AND NOT d.deleted`,
    [customers],
  );
  for (const { customer, scope } of found) {
    const list = desks.get(customer);
    if (list === undefined) desks.set(customer, [scope]);
    else list.push(scope);
  }
  for (const row of rows) {
    const { desk, exported } = collections[row.coll] ?? {};
    if (desk) for (const scope of desks.get(row.customer) ?? []) add(scope, row);
    if (exported && row.pushed) add(EXPORT_SCOPE, row);
  }
  return byScope;
}

/**
 * Copies rows into one scope, under its lock. Whether a customer belongs there is read after the lock:
 * the last to get it knows the most. One who came brings all their records, one who left takes them.
 */
async function copy(
  tx: Queryable,
  collections: Collections,
  scope: string,
  rows: readonly OutboxRow[],
): Promise<number> {
  await lockScopes(tx, [scope]);
  const desk = Object.values(collections).filter((collection) => collection.desk);
  const [result] = await tx.query<{ count: number }>(
    `WITH r AS (
       SELECT customer, coll, id, max(ver) AS src
       FROM jsonb_to_recordset($2::jsonb) AS r(customer text, coll text, id text, ver bigint)
       GROUP BY customer, coll, id
     ), k AS (
       SELECT c.customer, m.customer IS NOT NULL OR $4 AS was,
         $4 OR coalesce($1 = ANY(${deskScopesSql('o')}), false) AS stays
       FROM (SELECT DISTINCT customer FROM r) c
       LEFT JOIN doc o
         ON o.customer = c.customer AND o.coll = 'customers' AND o.id = c.customer AND NOT o.deleted
       LEFT JOIN member m ON m.customer = c.customer AND m.scope = $1
     ), todo AS (
       SELECT r.customer, r.coll, r.id, r.src, false AS gone
       FROM r JOIN k ON k.customer = r.customer AND k.was AND k.stays
       UNION ALL
       SELECT d.customer, d.coll, d.id, e.ver, false
       FROM k
       JOIN doc d ON d.customer = k.customer AND NOT d.deleted
         AND d.coll IN (SELECT jsonb_array_elements_text($3::jsonb))
       JOIN entry e ON e.scope = 'c:' || d.customer AND e.coll = d.coll AND e.id = d.id
       WHERE k.stays AND NOT k.was
       UNION ALL
       SELECT e.customer, e.coll, e.id, e.src, true
       FROM k JOIN entry e ON e.scope = $1 AND e.customer = k.customer AND NOT e.gone
       WHERE k.was AND NOT k.stays
     ), fresh AS (
       SELECT t.*, s.ver + row_number() OVER (ORDER BY t.customer, t.src, t.coll, t.id) AS ver
       FROM todo t JOIN scope s ON s.scope = $1
       WHERE t.gone OR NOT EXISTS (
         SELECT FROM entry e WHERE e.scope = $1 AND e.coll = t.coll AND e.id = t.id
           AND e.customer = t.customer AND e.src >= t.src AND NOT e.gone
       )
     ), entries AS (
       INSERT INTO entry (scope, coll, id, customer, ver, gone, src)
       SELECT $1, coll, id, customer, ver, gone, src FROM fresh
       ON CONFLICT (scope, coll, id, customer) DO UPDATE
       SET ver = excluded.ver, gone = excluded.gone, src = excluded.src
     ), joined AS (
       INSERT INTO member (customer, scope)
       SELECT customer, $1 FROM k WHERE stays AND NOT was ON CONFLICT DO NOTHING
     ), departed AS (
       DELETE FROM member m USING k
       WHERE m.customer = k.customer AND m.scope = $1 AND k.was AND NOT k.stays
     ), moved AS (
       UPDATE scope SET ver = f.ver FROM (SELECT max(ver) AS ver FROM fresh) f
       WHERE scope.scope = $1 AND f.ver IS NOT NULL
     )
     SELECT count(*) AS count FROM fresh`,
    [
      scope,
      JSON.stringify(rows.map(({ customer, coll, id, ver }) => ({ customer, coll, id, ver }))),
      JSON.stringify(desk.map(({ name }) => name)),
      scope === EXPORT_SCOPE,
    ],
  );
  return result?.count ?? 0;
}
