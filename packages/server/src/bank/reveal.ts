import { canonicalJson } from '@liyu/policy/node';
import type { Caller } from '../auth/caller.js';
import type { Database } from '../db/database.js';
import { isoText } from '../db/iso-text.js';
import { appendAudit } from '../sync/audit-trail.js';
import { asCaller, openCustomer } from '../sync/as-caller.js';
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

/** A row of table reveal: who looked, at what and why. */
export interface Look {
  n: number;
  at: string;
  actor: string;
  field: string;
  reason: string;
}

export const LOOK_COLUMNS = `n, ${isoText('at')} AS at, actor, field, reason`;

/** What the audit trail has a pseudonym of, so that no look can be changed unnoticed. */
export function lookName({ n, at, actor, field, reason }: Look): string {
  return canonicalJson({ n, at, actor, field, reason });
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
  return asCaller(db, caller, async (tx) => {
    const desks = scopes.filter(isDeskScope);
    if (!(await openCustomer(tx, caller, desks, customer))) return null;
    // Writers of a customer's trail go one after another, so that its numbers have no gap.
    const scope = customerScope(customer);
    await lockScopes(tx, [scope]);
    // Who left the desk while this waited.
    if (!(await membersAmong(tx, desks, [customer])).has(customer)) return null;
    const [row] = await tx.query<{ value: string | null }>(
      `SELECT CASE $2 WHEN 'name' THEN name WHEN 'phone' THEN phone
         WHEN 'birthday' THEN birthday::text END AS value
       FROM customers WHERE customer = $1`,
      [customer, field],
    );
    if (row === undefined) return null;
    const [look] = await tx.query<Look>(
      `INSERT INTO reveal (customer, n, at, actor, field, reason)
       SELECT $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5 FROM reveal WHERE customer = $1
       RETURNING ${LOOK_COLUMNS}`,
      [customer, at, actor.manager, field, reason],
    );
    await appendAudit(tx, { actor, at }, [
      {
        ...{ scope, action: 'reveal', coll: 'customers', field, records: 1 },
        version: look!.n,
        record: lookName(look!),
      },
    ]);
    return { value: row.value };
  });
}
