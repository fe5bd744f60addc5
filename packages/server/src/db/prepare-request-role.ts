import { hasRole, loginName, missingRole, refuseUnfitRole } from './bare-role.js';
import { DatabaseError } from './database.js';
import type { Database, Queryable } from './database.js';
import { CREATE_REQUEST_ROLE, REQUEST_POLICIES, REQUEST_ROLE } from './row-security.js';

/**
 * Sees to it that requests can run with the rights of their role alone. Throws a DatabaseError that
 * says what an administrator has to do: a server without the wall takes no requests.
 */
export async function prepareRequestRole(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    // After a restore into another cluster, or made by hand since the migration.
    if (await isLacking(tx)) {
      await tx.query('SELECT id FROM migration WHERE id = 0 FOR UPDATE');
      if (await isLacking(tx))
        for (const statement of CREATE_REQUEST_ROLE) await tx.query(statement);
    }
    const login = await loginName(tx);
    if (!(await hasRole(tx, REQUEST_ROLE))) throw missingRole(REQUEST_ROLE, login);
    if (await isLacking(tx)) {
      throw new DatabaseError(
        `DATABASE_URL: the role ${REQUEST_ROLE} lacks policies, which only the owner of the tables can make. Run as the owner: liyu migrate, then liyu serve once.`,
      );
    }
    await refuseUnfitRole(tx, REQUEST_ROLE);
  });
}

async function isLacking(tx: Queryable): Promise<boolean> {
  const [found] = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM pg_policies
     WHERE schemaname = current_schema() AND '${REQUEST_ROLE}' = ANY (roles)`,
  );
  return found?.count !== REQUEST_POLICIES;
}

/** What lets a login past row-level security; null of one that is bound by it. */
export async function loginMight(db: Queryable): Promise<'superuser' | 'bypassrls' | null> {
  const [login] = await db.query<{ rolsuper: boolean; rolbypassrls: boolean }>(
    'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user',
  );
  if (login?.rolsuper === true) return 'superuser';
  return login?.rolbypassrls === true ? 'bypassrls' : null;
}
