/** Whose rights the statements of import.sql have: see import/. It can't log in. */
export const IMPORT_ROLE = 'liyu_import';

/** The tables that import.sql may read and write. */
export const IMPORT_TABLES = [
  ...['branches', 'managers', 'customers', 'holdings', 'metrics', 'events'],
] as const;

/**
 * Makes the role, which belongs to the cluster, where the login may and it isn't there, and gives it
 * what it needs in this database. Whatever the login may not do is left out, without an error: a
 * server needs no role, and `liyu import` says what is missing. Safe to run again.
 */
export const CREATE_IMPORT_ROLE: readonly string[] = [
  // Another database of the cluster may be making it at this moment.
  `DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${IMPORT_ROLE}') THEN
      CREATE ROLE ${IMPORT_ROLE} NOLOGIN;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
  END $$`,
  // From release 16 on, who creates a role may not yet take it. A superuser takes any.
  `DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${IMPORT_ROLE}')
      AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      GRANT ${IMPORT_ROLE} TO CURRENT_USER;
    END IF;
  EXCEPTION WHEN unique_violation OR insufficient_privilege OR internal_error THEN NULL;
  END $$`,
  `DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${IMPORT_ROLE}') THEN
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${IMPORT_ROLE}', current_schema());
      GRANT SELECT, INSERT, UPDATE ON ${IMPORT_TABLES.join(', ')} TO ${IMPORT_ROLE};
    END IF;
  END $$`,
];
