import type { Policy } from '@liyu/policy';
import type { Database } from '../db/database.js';
import { migrateMetrics } from '../db/migrate.js';
import { policyWrite } from '../sync/publish-policy.js';
import { writeBatch } from '../sync/write-docs.js';
import type { Collections } from '../sync/write-docs.js';
import { publishedHash, recordPolicy } from './policy-in-force.js';

/**
 * Puts rules in force on a database whose schema is up to date: keeps them with who made and who
 * checked them, and writes what customers get of them, all in one transaction. Earlier rules can be put
 * in force again. Returns whether there was anything to do: the rules in force stay as they are.
 */
export async function publishRules(
  db: Database,
  collections: Collections,
  policy: Policy,
  { maker, checker }: { maker: string; checker: string },
): Promise<boolean> {
  await migrateMetrics(db, policy);
  return db.transaction(async (tx) => {
    // One publication at a time, so that each gets a number of its own.
    await tx.query('SELECT id FROM migration WHERE id = 0 FOR UPDATE');
    if ((await publishedHash(tx)) === policy.hash) return false;
    await recordPolicy(tx, policy);
    await tx.query(
      `INSERT INTO policy_publication (n, hash, maker, checker)
       SELECT coalesce(max(n), 0) + 1, $1, $2, $3 FROM policy_publication`,
      [policy.hash, maker, checker],
    );
    await writeBatch(tx, collections, [policyWrite(policy)]);
    return true;
  });
}
