import { loadPolicy, parsePolicy } from '@liyu/policy/node';
import type { Policy } from '@liyu/policy';
import type { Queryable } from '../db/database.js';

/**
 * The rules to work by: those of `dir` where it is given (LIYU_POLICY_DIR), else those last published
 * in this database, else those that come with Liyu. Takes a database whose schema is up to date. Throws
 * a PolicyError.
 */
export async function policyInForce(db: Queryable, dir: string | undefined): Promise<Policy> {
  if (dir !== undefined) return loadPolicy(dir);
  const hash = await publishedHash(db);
  return (hash === null ? null : await policyByHash(db, hash)) ?? loadPolicy();
}

/** Hash of the policy last published here; null when none was. */
export async function publishedHash(db: Queryable): Promise<string | null> {
  const [row] = await db.query<{ hash: string }>(
    'SELECT hash FROM policy_publication ORDER BY n DESC LIMIT 1',
  );
  return row?.hash ?? null;
}

/**
 * The rules with this hash, which were published or put to use on this database; null when they never
 * were. Throws a PolicyError when what is stored no longer passes the checks of a policy, and an Error
 * when somebody changed it.
 */
export async function policyByHash(db: Queryable, hash: string): Promise<Policy | null> {
  const [row] = await db.query<{ files: Record<string, unknown> }>(
    'SELECT files FROM policy WHERE hash = $1',
    [hash],
  );
  if (row === undefined) return null;
  const policy = parsePolicy(row.files);
  if (policy.hash !== hash) {
    throw new Error(
      `table policy: the files of ${hash} were changed: they have hash ${policy.hash}`,
    );
  }
  return policy;
}

/** Keeps the rules for whoever asks later by which an assessment was made. Again writes nothing. */
export async function recordPolicy(db: Queryable, policy: Policy): Promise<void> {
  const { hash, version, contents } = policy;
  // A look first: the files are 200 KB, and nearly always there.
  if ((await db.query('SELECT 1 FROM policy WHERE hash = $1', [hash])).length > 0) return;
  await db.query(
    `INSERT INTO policy (hash, version, files) VALUES ($1, $2, $3::jsonb)
     ON CONFLICT (hash) DO NOTHING`,
    [hash, version, JSON.stringify(contents)],
  );
}
