import { DatabaseError } from '../db/database.js';
import type { Queryable } from '../db/database.js';
import { hasRole, loginName, missingRole, refuseUnfitRole } from '../db/bare-role.js';
import {
  CREATE_IMPORT_POLICIES,
  CREATE_IMPORT_ROLE,
  IMPORT_ROLE,
  IMPORT_TABLES,
} from '../db/import-role.js';

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
  const owner = await loginName(tx);
  // After a restore into another cluster, or made by hand since the migration.
  if ((await lacking(tx)) !== null) {
    for (const statement of [...CREATE_IMPORT_ROLE, ...CREATE_IMPORT_POLICIES]) {
      await tx.query(statement);
    }
  }
  const lack = await lacking(tx);
  if (lack === 'role') throw missingRole(IMPORT_ROLE, owner);
  if (lack === 'grants') {
    throw new DatabaseError(
      `DATABASE_URL: the role ${IMPORT_ROLE} may not read and write ${IMPORT_TABLES.join(', ')}. Run the import as the owner of the tables, or have them granted.`,
    );
  }
  await refuseUnfitRole(tx, IMPORT_ROLE);
  const setRole = async (role: string) => {
    await tx.query(`SET LOCAL ROLE ${role}`);
  };
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
  if (!(await hasRole(tx, IMPORT_ROLE))) return 'role';
  const [may] = await tx.query<{ all: boolean }>(
    `SELECT has_schema_privilege('${IMPORT_ROLE}', current_schema(), 'USAGE') AND bool_and(
       has_table_privilege('${IMPORT_ROLE}', format('%I.%I', current_schema(), name), privilege)
       AND EXISTS (
         SELECT FROM pg_policies WHERE schemaname = current_schema() AND tablename = name
           AND '${IMPORT_ROLE}' = ANY (roles)
       )
     ) AS all
     FROM unnest($1::text[]) AS name, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS privilege`,
    [[...IMPORT_TABLES]],
  );
  return may?.all === true ? null : 'grants';
}
