import pg from 'pg';
import type { Caller } from '../auth/caller.js';
import type { Database, Queryable } from '../db/database.js';
import { MANAGER_SETTING, REQUEST_ROLE, SCOPES_SETTING } from '../db/row-security.js';
import { customerScope, deskScopesSql } from './scope.js';

/** Who asks, and which scopes their token gives them. */
export type Asker = Pick<Caller, 'actor' | 'scopes'>;

/**
 * Runs `work` in a transaction with the rights of a request: the database itself gives it the rows of
 * the caller's scopes and no other, should a statement forget to ask for them alone. The rights end
 * with the transaction.
 */
export async function asCaller<T>(
  db: Database,
  { actor, scopes }: Asker,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  // SET LOCAL ROLE, and the settings, as one statement without parameters: it travels with BEGIN.
  const settings = [
    [SCOPES_SETTING, JSON.stringify(scopes)],
    [MANAGER_SETTING, actor.manager ?? ''],
    ['role', REQUEST_ROLE],
  ].map(([name, value]) => `set_config('${name!}', ${pg.escapeLiteral(value!)}, true)`);
  return db.transaction(async (tx) => {
    await tx.query(`SELECT ${settings.join(', ')}`);
    return work(tx);
  });
}

/**
 * Gives the rest of a transaction the scope of a customer who belongs at present to one of `desks`,
 * scopes of the caller: told by the customer's own record, which the database shows to those desks
 * alone. Returns whether it did.
 */
export async function openCustomer(
  tx: Queryable,
  { scopes }: Asker,
  desks: readonly string[],
  customer: string,
): Promise<boolean> {
  if (desks.length === 0) return false;
  const opened = await tx.query(
    `SELECT set_config('${SCOPES_SETTING}', $3, true) FROM doc d
     WHERE d.customer = $1 AND d.coll = 'customers' AND d.id = $1 AND NOT d.deleted
       AND ${deskScopesSql('d')} && ARRAY(SELECT jsonb_array_elements_text($2::jsonb))`,
    [customer, JSON.stringify(desks), JSON.stringify([...scopes, customerScope(customer)])],
  );
  return opened.length > 0;
}
