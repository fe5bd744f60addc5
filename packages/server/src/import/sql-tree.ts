import { hasSqlDetails, parse, scan } from 'libpg-query';
import { ImportError, placeOf } from './import-error.js';

/** A single statement of import.sql. */
export interface Statement {
  text: string;
  /** Its syntax tree: the node's name, then its fields. */
  tree: Readonly<Record<string, unknown>>;
  /** Its first word, in capitals. */
  word: string;
  /** Where that stands. */
  place: SqlPlace;
  /** The place of a character of `text`, by code points from 0. */
  placeInText(offset: number): SqlPlace;
  /** The place of a node of `tree`, by its location. */
  placeOfNode(location: number): SqlPlace;
}

/** Where something stands in import.sql, line and column from 1. */
export interface SqlPlace {
  file: string;
  line: number;
  column: number;
}

export const SQL_FILE = 'import.sql';

/** Splits a text as PostgreSQL would. Throws an ImportError where it is no SQL. */
export async function parseStatements(sql: string): Promise<Statement[]> {
  const place = (offset: number) => ({ file: SQL_FILE, ...placeOf(sql, offset) });
  if (sql.trim() === '') throw new ImportError(place(0), 'holds no statement');
  if (sql.includes('\0'))
    throw new ImportError(place(lengthOf(sql.split('\0', 1)[0])), 'holds a NUL');
  const { stmts = [] } = await parseSql(sql, place);
  if (stmts.length === 0) throw new ImportError(place(0), 'holds no statement');
  const bytes = Buffer.from(sql);
  const charactersTo = (byte: number) => lengthOf(bytes.subarray(0, byte).toString());
  return Promise.all(
    stmts.map(async ({ stmt, stmt_location: start = 0, stmt_len: length = 0 }) => {
      const end = length === 0 ? bytes.length : start + length;
      const text = bytes.subarray(start, end).toString();
      const first = await firstWord(text);
      return {
        text,
        tree: stmt ?? {},
        word: first.text.toUpperCase(),
        place: place(charactersTo(start + first.start)),
        placeInText: (offset: number) => place(charactersTo(start) + offset),
        placeOfNode: (location: number) => place(charactersTo(location)),
      };
    }),
  );
}

async function parseSql(sql: string, place: (offset: number) => SqlPlace) {
  try {
    return await parse(sql);
  } catch (error) {
    if (!hasSqlDetails(error)) throw new ImportError(place(0), 'is too deeply nested to be read');
    const { message, cursorPosition = 0 } = error.sqlDetails ?? {};
    throw new ImportError(place(cursorPosition), message ?? 'is no SQL');
  }
}

/** The first word that isn't a comment, and where it stands in bytes. */
async function firstWord(text: string): Promise<{ text: string; start: number }> {
  const { tokens } = await scan(text);
  return tokens.find(({ tokenName }) => !tokenName.includes('COMMENT')) ?? { text: '', start: 0 };
}

function lengthOf(text = ''): number {
  return [...text].length;
}
