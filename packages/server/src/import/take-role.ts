import { DatabaseError } from '../db/database.js';
import type { Queryable } from '../db/database.js';
import { CREATE_IMPORT_ROLE, IMPORT_ROLE, IMPORT_TABLES } from '../db/import-role.js';

/** Runs statements with the rights of the import role alone, and gives them up again. */
export interface RoleSwitch {
  /** From here to `leave`, the transaction has the role's rights. */
  take(): Promise<void>;
  /** Throws when the role isn't the one taken any more. */
  leave(): Promise<void>;
}

/**
 * Sees to it that the role is there, may do what an import needs and not more. Throws a
 * DatabaseError that says what an administrator has to do.
 */
export async function prepareRole(tx: Queryable): Promise<RoleSwitch> {
  const [login] = await tx.query<{ name: string; quoted: string }>(
    'SELECT current_user::text AS name, quote_ident(current_user) AS quoted',
  );
  const owner = login?.quoted ?? '';
  // After a restore into another cluster, or made by hand since the migration.
  if ((await lacking(tx)) !== null) {
    for (const statement of CREATE_IMPORT_ROLE) await tx.query(statement);
  }
  const lack = await lacking(tx);
  if (lack === 'role') {
    throw new DatabaseError(
      `DATABASE_URL: the role ${IMPORT_ROLE} is missing and ${owner} may not create it. Have an administrator run: CREATE ROLE ${IMPORT_ROLE} NOLOGIN; GRANT ${IMPORT_ROLE} TO ${owner};`,
    );
  }
  if (lack === 'grants') {
    throw new DatabaseError(
      `DATABASE_URL: the role ${IMPORT_ROLE} may not read and write ${IMPORT_TABLES.join(', ')}. Run the import as the owner of the tables, or have them granted.`,
    );
  }
  await refuseMight(tx);
  const setRole = async (role: string) => {
    await tx.query(`SET LOCAL ROLE ${role}`);
  };
  await tx.query('SAVEPOINT import_role');
  try {
    await setRole(IMPORT_ROLE);
  } catch (error) {
    if ((error as { code?: unknown }).code !== '42501') throw error;
    throw new DatabaseError(
      `DATABASE_URL: ${owner} may not take the role ${IMPORT_ROLE}. Have an administrator run: GRANT ${IMPORT_ROLE} TO ${owner};`,
    );
  }
  await setRole(owner);
  await tx.query('RELEASE SAVEPOINT import_role');
  return {
    take: () => setRole(IMPORT_ROLE),
    leave: async () => {
      const [now] = await tx.query<{ role: string }>('SELECT current_user::text AS role');
      if (now?.role !== IMPORT_ROLE) throw new Error(`a statement of import.sql changed its role`);
      await setRole(owner);
    },
  };
}

async function lacking(tx: Queryable): Promise<'role' | 'grants' | null> {
  const [role] = await tx.query(`SELECT FROM pg_roles WHERE rolname = '${IMPORT_ROLE}'`);
  if (role === undefined) return 'role';
  const [may] = await tx.query<{ all: boolean }>(
    `SELECT has_schema_privilege('${IMPORT_ROLE}', current_schema(), 'USAGE') AND bool_and(
       has_table_privilege('${IMPORT_ROLE}', format('%I.%I', current_schema(), name), privilege)
     ) AS all
     FROM unnest($1::text[]) AS name, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS privilege`,
    [[...IMPORT_TABLES]],
  );
  return may?.all === true ? null : 'grants';
}

/** A role of this name that somebody made for another purpose would be no wall. */
async function refuseMight(tx: Queryable): Promise<void> {
  const [might] = await tx.query<{ is: boolean }>(
    `SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
       OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid) AS is
     FROM pg_roles WHERE rolname = '${IMPORT_ROLE}'`,
  );
  if (might?.is !== true) return;
  throw new DatabaseError(
    `DATABASE_URL: the role ${IMPORT_ROLE} has rights of its own or of other roles, and may have none`,
  );
}
