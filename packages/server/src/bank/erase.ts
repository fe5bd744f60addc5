import { randomInt } from 'node:crypto';
import type { Database, Queryable } from '../db/database.js';
import { appendAudit } from '../sync/audit-trail.js';
import { feed } from '../sync/feeder.js';
import { EXPORT_SCOPE, customerScope, deskScopesSql } from '../sync/scope.js';
import type { Collections } from '../sync/write-docs.js';
import { lockScopes } from '../sync/write-records.js';

/** Tables of which a customer's rows are deleted; those of the desks' copies are the feeder's. */
const TABLES = [
  ...['doc', 'outbox', 'reveal', 'customers', 'holdings', 'metrics', 'events'],
] as const;

export interface Erased {
  customer: string;
  /** How many rows were deleted; 0 when the customer was erased before. */
  rows: number;
}

/**
 * Deletes all there is of a customer. What stays is the number: with the scope, so that their devices
 * are told to wipe; with the markers by which devices of the desks drop the records; and a trail that
 * nobody can trace to them any more. May be run again, which finishes what was broken off. Null when
 * nobody of this number was ever here. Whatever the bank imports again afterwards comes back.
 */
export async function eraseCustomer(
  db: Database,
  collections: Collections,
  customer: string,
): Promise<Erased | null> {
  const rows = await db.transaction(async (tx) => {
    if (!(await isKnown(tx, customer))) return null;
    return eraseOwn(tx, customer);
  });
  if (rows === null) return null;
  // The desks, each in a transaction of its own; a running server would do it too.
  await feed(db, collections);
  await db.transaction(async (tx) => {
    await lockScopes(tx, [EXPORT_SCOPE]);
    await tx.query('DELETE FROM entry WHERE scope = $1 AND customer = $2', [
      EXPORT_SCOPE,
      customer,
    ]);
  });
  return { customer, rows };
}

async function isKnown(tx: Queryable, customer: string): Promise<boolean> {
  const anywhere = TABLES.map((table) => `SELECT FROM ${table} WHERE customer = $1`);
  const [row] = await tx.query(
    `SELECT FROM scope WHERE scope = $2 UNION ALL ${anywhere.join(' UNION ALL ')} LIMIT 1`,
    [customer, customerScope(customer)],
  );
  return row !== undefined;
}

/** All but the desks' copies, under the lock of the scope. Returns how many rows were deleted. */
async function eraseOwn(tx: Queryable, customer: string): Promise<number> {
  const scope = customerScope(customer);
  const state = (await lockScopes(tx, [scope])).get(scope);
  // A copy to a desk may be under way that isn't seen yet: the feeder looks there after it.
  await tx.query(
    `INSERT INTO member (customer, scope)
     SELECT d.customer, s.scope FROM doc d CROSS JOIN LATERAL unnest(${deskScopesSql('d')}) AS s(scope)
     WHERE d.customer = $1 AND d.coll = 'customers' AND d.id = $1 AND s.scope IS NOT NULL
     ON CONFLICT DO NOTHING`,
    [customer],
  );
  let rows = 0;
  for (const table of TABLES) {
    const deleted = await tx.query(`DELETE FROM ${table} WHERE customer = $1 RETURNING 1`, [
      customer,
    ]);
    rows += deleted.length;
  }
  await tx.query('DELETE FROM entry WHERE scope = $1', [scope]);
  if (state?.erased === true && rows === 0) return 0;
  // Another epoch, so that no device goes on from what it knew, should the customer come again.
  const [moved] = await tx.query<{ ver: number }>(
    'UPDATE scope SET epoch = $2, ver = ver + 1, erased = true WHERE scope = $1 RETURNING ver',
    [scope, randomInt(1, 2 ** 31)],
  );
  const version = moved!.ver;
  // The record of the customer is gone: the feeder takes theirs out of every desk.
  await tx.query(
    `INSERT INTO outbox (customer, ver, coll, id, pushed) VALUES ($1, $2, 'customers', $1, false)`,
    [customer, version],
  );
  await appendAudit(tx, 'bank', [
    {
      ...{ scope, action: 'erase', coll: null, record: null, field: null },
      ...{ version, records: rows },
    },
  ]);
  await tx.query('DELETE FROM audit_key WHERE scope = $1', [scope]);
  return rows;
}
