import { DatabaseError } from './database.js';
import type { Queryable } from './database.js';

/**
 * Makes a role that can't log in and has no right of its own, where the login may and it isn't there,
 * and lets the login take it. A role belongs to the cluster. Whatever the login may not do is left out,
 * without an error. Safe to run again.
 */
export function createBareRole(role: string): string[] {
  return [
    // Another database of the cluster may be making it at this moment.
    `DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
      CREATE ROLE ${role} NOLOGIN;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
  END $$`,
    // From release 16 on, who creates a role may not yet take it. A superuser takes any.
    `DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}')
      AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      GRANT ${role} TO CURRENT_USER;
    END IF;
  EXCEPTION WHEN unique_violation OR insufficient_privilege OR internal_error THEN NULL;
  END $$`,
  ];
}

/** The login's name as an identifier. */
export async function loginName(tx: Queryable): Promise<string> {
  const [login] = await tx.query<{ quoted: string }>('SELECT quote_ident(current_user) AS quoted');
  return login?.quoted ?? '';
}

export async function hasRole(tx: Queryable, role: string): Promise<boolean> {
  return (await tx.query('SELECT FROM pg_roles WHERE rolname = $1', [role])).length > 0;
}

/** For a role that isn't there and that the login may not make. */
export function missingRole(role: string, login: string): DatabaseError {
  return new DatabaseError(
    `DATABASE_URL: the role ${role} is missing and ${login} may not create it. Have an administrator run: CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${login};`,
  );
}

/**
 * Throws a DatabaseError when the login may not take the role, or when it is one of this name that
 * somebody made for another purpose: with rights of its own it would be no wall.
 */
export async function refuseUnfitRole(tx: Queryable, role: string): Promise<void> {
  const [might] = await tx.query<{ is: boolean }>(
    `SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR rolcanlogin
       OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid) AS is
     FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  if (might?.is === true) {
    throw new DatabaseError(
      `DATABASE_URL: the role ${role} has rights of its own or of other roles, and may have none`,
    );
  }
  const login = await loginName(tx);
  await tx.query('SAVEPOINT bare_role');
  try {
    await tx.query(`SET LOCAL ROLE ${role}`);
  } catch (error) {
    if ((error as { code?: unknown }).code !== '42501') throw error;
    throw new DatabaseError(
      `DATABASE_URL: ${login} may not take the role ${role}. Have an administrator run: GRANT ${role} TO ${login};`,
    );
  }
  await tx.query(`SET LOCAL ROLE ${login}`);
  await tx.query('RELEASE SAVEPOINT bare_role');
}
