import { loadPolicy } from '@liyu/policy/node';
import type { Policy } from '@liyu/policy';
import { policyInForce } from '../bank/policy-in-force.js';
import type { Database } from '../db/database.js';
import { migrateMetrics, migrateSchema } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { databaseUrl, policyDir } from './config.js';
import type { Environment } from './config.js';

/** A database that is up to date, and the rules in force on it. */
export interface Bank {
  db: Database;
  policy: Policy;
  /** What was brought up to date, one line each. */
  applied: string[];
}

/**
 * Opens the database of the environment and brings it up to date; the caller closes it. Rules of
 * LIYU_POLICY_DIR that can't be used leave the database alone.
 */
export async function openBank(env: Environment): Promise<Bank> {
  const dir = policyDir(env);
  const given = dir === undefined ? null : loadPolicy(dir);
  const db = await openDatabase(databaseUrl(env));
  try {
    const applied = await migrateSchema(db);
    const policy = given ?? (await policyInForce(db, undefined));
    applied.push(...(await migrateMetrics(db, policy)));
    return { db, policy, applied };
  } catch (error) {
    await db.close();
    throw error;
  }
}
