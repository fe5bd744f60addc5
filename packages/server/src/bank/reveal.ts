import type { Caller } from '../auth/caller.js';
import type { Database } from '../db/database.js';
import { membersAmong } from '../sync/desk.js';
import { customerScope, isDeskScope } from '../sync/scope.js';
import { lockScopes } from '../sync/write-records.js';

/** What staff may see in the clear, one field at a time. */
export const REVEALED = ['name', 'phone', 'birthday'] as const;

export interface RevealRequest {
  caller: Caller;
  customer: string;
  field: (typeof REVEALED)[number];
  reason: string;
  /** Moment of the request, ISO 8601 in UTC. */
  at: string;
}

/**
 * One field of a customer's in the clear, with a row in the audit trail in the same transaction. Null,
 * and no row, when the customer isn't at a desk of the caller's or isn't known.
 */
export async function reveal(
  db: Database,
  { caller, customer, field, reason, at }: RevealRequest,
): Promise<{ value: string | null } | null> {
  const { actor, scopes } = caller;
  if (actor.role !== 'staff') return null;
  return db.transaction(async (tx) => {
    const members = await membersAmong(tx, scopes.filter(isDeskScope), [customer]);
    if (!members.has(customer)) return null;
    // Writers of a customer's trail go one after another, so that its numbers have no gap.
    await lockScopes(tx, [customerScope(customer)]);
    const [row] = await tx.query<{ value: string | null }>(
      `SELECT CASE $2 WHEN 'name' THEN name WHEN 'phone' THEN phone
         WHEN 'birthday' THEN birthday::text END AS value
       FROM customers WHERE customer = $1`,
      [customer, field],
    );
    if (row === undefined) return null;
    await tx.query(
      `INSERT INTO audit (customer, n, at, actor, action, field, reason)
       SELECT $1, coalesce(max(n), 0) + 1, $2, $3, 'reveal', $4, $5 FROM audit WHERE customer = $1`,
      [customer, at, actor.manager, field, reason],
    );
    return { value: row.value };
  });
}
