import type { Queryable } from '../db/database.js';
import { ImportError, describePlace } from './import-error.js';
import type { MappedFile } from './mapping.js';
import type { Statement } from './sql-tree.js';
import type { RoleSwitch } from './take-role.js';
import { traceRow } from './trace-row.js';

/** Around a statement, to count the rows that it writes. */
const BEFORE = 'WITH written AS (\n';
const AFTER = '\nRETURNING 1) SELECT count(*)::bigint AS count FROM written';

/**
 * Runs a checked statement of import.sql with the rights of the import role. Returns how many rows it
 * wrote. Throws an ImportError that names the place in import.sql and, where it's found, the row of
 * the data file that the statement failed on.
 */
export async function runStatement(
  tx: Queryable,
  role: RoleSwitch,
  statement: Statement,
  files: readonly MappedFile[],
): Promise<number> {
  const run = async () => {
    await role.take();
    const [row] = await tx.query<{ count: number }>(`${BEFORE}${statement.text}${AFTER}`);
    await role.leave();
    return row?.count ?? 0;
  };
  await tx.query('SAVEPOINT import_statement');
  try {
    const count = await run();
    await tx.query('RELEASE SAVEPOINT import_statement');
    return count;
  } catch (error) {
    const fault = faultOf(error, statement.text);
    if (fault === null) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT import_statement');
    const place =
      fault.position === null
        ? statement.place
        : statement.placeInText(fault.position - 1 - BEFORE.length);
    const row = fault.isOfData ? await traceRow(tx, run, fault.code, files) : null;
    const because = row === null ? '' : `, because of ${describePlace(row)}`;
    throw new ImportError(place, `${fault.message}${because}`);
  }
}

interface SqlFault {
  code: string;
  message: string;
  /** Of the character in the query, from 1. */
  position: number | null;
  /** Whether the statement would do with other data. */
  isOfData: boolean;
}

/** What the database says of a statement; null of what is no fault of the statement. */
function faultOf(error: unknown, sql: string): SqlFault | null {
  const { code, message, position } = error as Record<'code' | 'message' | 'position', unknown>;
  if (typeof code !== 'string' || !/^(0A|21|22|23|42|54|57014)/.test(code)) return null;
  const isOfData = /^2[123]/.test(code);
  return {
    code,
    // Of class 23, only tables, columns and constraints are named.
    message: code.startsWith('23') ? String(message) : withoutData(String(message), sql),
    position: position === undefined || position === null ? null : Number(position),
    isOfData,
  };
}

/** A message in which nothing is quoted that isn't in the statement itself: it may be somebody's data. */
function withoutData(message: string, sql: string): string {
  const quoted = [...message.matchAll(/"([^"]*)"/g)].map(([, inside]) => inside!);
  const isOfStatement = quoted.every((inside) => sql.includes(inside));
  const shown = isOfStatement ? message : message.replace(/"[^]*"/, '"…"');
  return shown.replace(/: (?!")([^]*)$/, (tail, value: string) =>
    sql.includes(value) ? tail : ': …',
  );
}
