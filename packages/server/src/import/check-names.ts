import type { Queryable } from '../db/database.js';
import { IMPORT_TABLES } from '../db/import-role.js';
import type { UsedName, UsedNames } from './check-statement.js';
import { ImportError } from './import-error.js';
import type { Statement } from './sql-tree.js';

/**
 * Refuses what the catalogue knows to reach beyond the data: tables other than the staging tables and
 * Liyu's six, functions and operators that change something (VOLATILE) or have their owner's rights,
 * and types that PostgreSQL doesn't bring. Throws an ImportError.
 */
export async function checkNames(
  tx: Queryable,
  statement: Statement,
  used: UsedNames,
  staging: readonly string[],
): Promise<void> {
  const refuse = (found: UsedName | undefined, message: (name: string) => string) => {
    if (found === undefined) return;
    throw new ImportError(statement.placeOfNode(found.at), message(found.name));
  };
  const given = used.named.map(({ name }) => name);
  const readable = new Set([...staging, ...IMPORT_TABLES, ...given]);
  refuse(
    used.relations.find(({ name }) => !readable.has(name)),
    (name) => `${name} is neither a staging table nor one of ${IMPORT_TABLES.join(', ')}`,
  );
  // Else the name would mean the WITH clause in one place and the table in another.
  const tables = await present(tx, TABLES, used.named);
  refuse(
    used.named.find(({ name }) => tables.has(name)),
    (name) => `${name} is the name of a table, WITH needs another one`,
  );
  const brought = await present(tx, FUNCTIONS, used.functions);
  refuse(
    used.functions.find(({ name }) => !brought.has(name)),
    (name) => `function ${name} is not allowed: PostgreSQL brings none of this name`,
  );
  const acting = await present(tx, ACTING_FUNCTIONS, used.functions);
  refuse(
    used.functions.find(({ name }) => acting.has(name)),
    (name) => `function ${name} is not allowed: it does more than compute`,
  );
  const actingFields = await present(tx, ACTING_FIELDS, used.fields);
  refuse(
    used.fields.find(({ name }) => actingFields.has(name)),
    (name) => `${name} is not allowed: it is a function that does more than compute`,
  );
  const actingOperators = await present(tx, ACTING_OPERATORS, used.operators);
  refuse(
    used.operators.find(({ name }) => actingOperators.has(name)),
    (name) => `operator ${name} is not allowed: it does more than compute`,
  );
  const types = await present(tx, TYPES, used.types);
  refuse(
    used.types.find(({ name }) => !types.has(name)),
    (name) => `type ${name} is not allowed: PostgreSQL brings none of this name`,
  );
}

const TABLES = `SELECT name FROM unnest($1::text[]) AS name
  WHERE to_regclass(quote_ident(name)) IS NOT NULL`;
const FUNCTIONS = `SELECT proname::text AS name FROM pg_proc
  WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ($1::text[])`;
const ACTING_FUNCTIONS = `SELECT proname::text AS name FROM pg_proc
  WHERE proname = ANY ($1::text[]) AND (provolatile = 'v' OR prosecdef)
    AND (pronamespace = 'pg_catalog'::regnamespace OR pg_function_is_visible(oid))`;
const ACTING_FIELDS = `SELECT proname::text AS name FROM pg_proc
  WHERE proname = ANY ($1::text[]) AND (provolatile = 'v' OR prosecdef)
    AND pronargs = 1 AND pg_function_is_visible(oid)`;
const ACTING_OPERATORS = `SELECT oprname::text AS name
  FROM pg_operator AS o JOIN pg_proc AS p ON p.oid = o.oprcode
  WHERE oprname = ANY ($1::text[]) AND (provolatile = 'v' OR prosecdef)
    AND pg_operator_is_visible(o.oid)`;
const TYPES = `SELECT typname::text AS name FROM pg_type
  WHERE typnamespace = 'pg_catalog'::regnamespace AND typname = ANY ($1::text[])`;

async function present(
  tx: Queryable,
  sql: string,
  names: readonly UsedName[],
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const rows = await tx.query<{ name: string }>(sql, [names.map(({ name }) => name)]);
  return new Set(rows.map(({ name }) => name));
}
