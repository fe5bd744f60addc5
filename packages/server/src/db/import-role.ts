import { createBareRole } from './bare-role.js';

/** Whose rights the statements of import.sql have: see import/. It can't log in. */
export const IMPORT_ROLE = 'liyu_import';

/** The tables that import.sql may read and write. */
export const IMPORT_TABLES = [
  ...['branches', 'managers', 'customers', 'holdings', 'metrics', 'events'],
] as const;

/**
 * Makes the role where the login may, and gives it what it needs in this database. Whatever the login
 * may not do is left out, without an error: a server needs no such role, and `liyu import` says what is
 * missing. Safe to run again.
 */
export const CREATE_IMPORT_ROLE: readonly string[] = [
  ...createBareRole(IMPORT_ROLE),
  `DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${IMPORT_ROLE}') THEN
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${IMPORT_ROLE}', current_schema());
      GRANT SELECT, INSERT, UPDATE ON ${IMPORT_TABLES.join(', ')} TO ${IMPORT_ROLE};
    END IF;
  END $$`,
];

/** Lets the role through row-level security: an import is about every customer. Safe to run again. */
export const CREATE_IMPORT_POLICIES: readonly string[] = [
  `DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${IMPORT_ROLE}') THEN
      ${IMPORT_TABLES.map(
        (table) => `DROP POLICY IF EXISTS import_all ON ${table};
      CREATE POLICY import_all ON ${table} TO ${IMPORT_ROLE} USING (true) WITH CHECK (true);`,
      ).join('\n      ')}
    END IF;
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END $$`,
];
