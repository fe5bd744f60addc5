import type { Database, Queryable } from '../db/database.js';
import { DatabaseError } from '../db/database.js';
import { checkNames } from './check-names.js';
import { checkStatement } from './check-statement.js';
import type { UsedNames } from './check-statement.js';
import { ImportError } from './import-error.js';
import { readMapping, readText } from './mapping.js';
import type { MappedFile } from './mapping.js';
import { runStatement } from './run-statement.js';
import { SQL_FILE, parseStatements } from './sql-tree.js';
import type { Statement } from './sql-tree.js';
import { stageFile } from './stage-file.js';
import { prepareRole } from './take-role.js';

/** What import DIR holds, checked as far as it goes without a database. */
export interface ImportPlan {
  files: readonly MappedFile[];
  statements: readonly { statement: Statement; used: UsedNames }[];
}

/** What an import did. */
export interface ImportSummary {
  /** Rows of each file, by its staging table. */
  read: Record<string, number>;
  /** Rows of each table that import.sql writes; `unchanged` are those it left as they were. */
  tables: Record<string, { inserted: number; updated: number; unchanged: number }>;
}

/** Reads DIR/import.json and DIR/import.sql. Throws an ImportError. */
export async function readPlan(dir: string): Promise<ImportPlan> {
  const { files } = readMapping(dir);
  const statements = await parseStatements(readText(dir, SQL_FILE));
  return {
    files,
    statements: statements.map((statement) => ({ statement, used: checkStatement(statement) })),
  };
}

/**
 * Brings the files of `data` into the database: staging tables, then import.sql under a role that
 * reaches nothing else; all of it or, when it throws, nothing. Then `publish` makes records of what
 * is there; should it fail, the next import does it. Throws an ImportError
 * for whatever is wrong with the input, a DatabaseError when the role can't be had.
 */
export async function importFiles(
  db: Database,
  { files, statements }: ImportPlan,
  data: string,
  publish: () => Promise<number>,
): Promise<ImportSummary & { documents: number }> {
  const summary = await db.transaction(async (tx) => {
    // The pool's own limits are for requests. PGlite knows none and takes the settings.
    await tx.query(`SET LOCAL statement_timeout = '30min'`);
    await tx.query(`SET LOCAL idle_in_transaction_session_timeout = '30min'`);
    await tx.query('SET LOCAL standard_conforming_strings = on');
    const role = await prepareRole(tx);
    const read: Record<string, number> = {};
    for (const [index, file] of files.entries()) {
      await refuseTaken(tx, file, index);
      read[file.table] = await stageFile(tx, file, data);
    }
    const tables: ImportSummary['tables'] = {};
    const restore = await narrowSearchPath(tx);
    const staging = files.map(({ table }) => table);
    for (const { statement, used } of statements) await checkNames(tx, statement, used, staging);
    for (const { statement, used } of statements) {
      const before = await countRows(tx, used.target);
      const written = await runStatement(tx, role, statement, files);
      const inserted = Math.max(0, (await countRows(tx, used.target)) - before);
      const sum = (tables[used.target] ??= { inserted: 0, updated: 0, unchanged: before });
      sum.inserted += inserted;
      sum.updated += Math.max(0, written - inserted);
    }
    for (const sum of Object.values(tables)) {
      sum.unchanged = Math.max(0, sum.unchanged - sum.updated);
    }
    await restore();
    return { read, tables };
  });
  return { ...summary, documents: await publish() };
}

async function refuseTaken(tx: Queryable, { table }: MappedFile, index: number): Promise<void> {
  const [found] = await tx.query<{ taken: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS taken',
    [table],
  );
  if (found?.taken !== true) return;
  throw new ImportError({ file: 'import.json' }, `files[${index}].table: a table has this name`);
}

/** Names mean what PostgreSQL brings, else the bank's tables, else staging tables. */
async function narrowSearchPath(tx: Queryable): Promise<() => Promise<void>> {
  const [path] = await tx.query<{ old: string; schema: string | null }>(
    `SELECT current_setting('search_path') AS old, quote_ident(current_schema()) AS schema`,
  );
  if (path?.schema == null) throw new DatabaseError('DATABASE_URL: the search_path has no schema');
  await tx.query(`SET LOCAL search_path = pg_catalog, ${path.schema}, pg_temp`);
  return async () => {
    await tx.query(`SELECT set_config('search_path', $1, true)`, [path.old]);
  };
}

async function countRows(tx: Queryable, table: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(`SELECT count(*) AS count FROM ${table}`);
  return row?.count ?? 0;
}
