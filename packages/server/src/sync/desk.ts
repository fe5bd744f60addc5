import type { Queryable } from '../db/database.js';
import { deskScopesSql } from './scope.js';
import { isStorable } from './storable.js';

/** Those of `customers` that belong at present to one of the desks `scopes`. */
export async function membersAmong(
  db: Queryable,
  scopes: readonly string[],
  customers: readonly string[],
): Promise<Set<string>> {
  if (scopes.length === 0 || customers.length === 0) return new Set();
  const rows = await db.query<{ customer: string }>(
    `SELECT d.customer FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN doc d ON d.customer = k.customer AND d.coll = 'customers' AND d.id = d.customer
     WHERE NOT d.deleted
       AND ${deskScopesSql('d')} && ARRAY(SELECT jsonb_array_elements_text($2::jsonb))`,
    [JSON.stringify(customers), JSON.stringify(scopes)],
  );
  return new Set(rows.map(({ customer }) => customer));
}

/** Whether the customer of a scope was erased, and nothing was written since. */
export async function isErased(db: Queryable, scope: string): Promise<boolean> {
  const [row] = await db.query('SELECT FROM scope WHERE scope = $1 AND erased', [scope]);
  return row !== undefined;
}

/** The customer that a record, as a client sent it, says it belongs to; null when it says none. */
export function customerOf(coll: string, state: Readonly<Record<string, unknown>>): string | null {
  const customer = coll === 'customers' ? state.id : state.customer;
  return typeof customer === 'string' && isStorable(customer) ? customer : null;
}

/** Name of a member of staff, for the records they sign. */
export async function staffName(db: Queryable, manager: string): Promise<string | null> {
  const [row] = await db.query<{ name: string }>('SELECT name FROM managers WHERE manager = $1', [
    manager,
  ]);
  return row?.name ?? null;
}
