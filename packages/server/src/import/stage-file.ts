import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Queryable } from '../db/database.js';
import { IMPORT_ROLE } from '../db/import-role.js';
import { CHECKS } from './column-types.js';
import { FAULTY, decodeText } from './decode-text.js';
import { ImportError } from './import-error.js';
import type { MappedFile } from './mapping.js';
import { readCsv } from './read-csv.js';
import type { CsvRow } from './read-csv.js';

/** Rows and characters of one insert; whichever comes first. */
const BATCH_ROWS = 1_000;
const BATCH_SIZE = 4 * 1024 * 1024;

/**
 * Reads a file into a temporary table of text columns that ends with the transaction, with the line
 * of each row as `_line`, readable by import.sql. Returns the number of rows. Throws an ImportError
 * at the first thing that isn't as declared.
 */
export async function stageFile(tx: Queryable, file: MappedFile, data: string): Promise<number> {
  const table = stagingTable(file);
  const columns = file.columns.map((column) => `"${column.name}" text COLLATE "C"`);
  await tx.query(
    `CREATE TEMPORARY TABLE ${table} (_line bigint NOT NULL, ${columns.join(', ')}) ON COMMIT DROP`,
  );
  const values = file.columns.map((_, index) => `r ->> ${index + 1}`);
  const insert = `INSERT INTO ${table}
    SELECT (r ->> 0)::bigint, ${values.join(', ')} FROM jsonb_array_elements($1::jsonb) AS t(r)`;
  let count = 0;
  for await (const batch of batches(rowsOf(file, data))) {
    await tx.query(insert, [JSON.stringify(batch)]);
    count += batch.length;
  }
  await checkKey(tx, file);
  await tx.query(`ANALYZE ${table}`);
  await tx.query(`GRANT SELECT ON ${table} TO ${IMPORT_ROLE}`);
  return count;
}

/** The staging table's name in SQL. */
export function stagingTable({ table }: Pick<MappedFile, 'table'>): string {
  return `pg_temp."${table}"`;
}

type StagedRow = (string | number | null)[];

/** The rows after the titles, checked, each with its line before its values. */
async function* rowsOf(file: MappedFile, data: string): AsyncGenerator<StagedRow> {
  const text = decodeText(openFile(file.file, data), file.encoding, file.file);
  let hasTitles = !file.header;
  for await (const row of readCsv(text, file)) {
    checkWidth(file, row);
    if (hasTitles) {
      checkValues(file, row);
      yield [row.line, ...row.fields];
    } else {
      checkTitles(file, row);
      hasTitles = true;
    }
  }
  if (!hasTitles) {
    throw new ImportError(
      { file: file.file, line: 1, column: 1 },
      'is empty: the titles are missing',
    );
  }
}

function openFile(file: string, data: string): AsyncIterable<Uint8Array> {
  const path = join(data, file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new ImportError({ file }, `not in ${data}`);
  if (!found.isFile()) throw new ImportError({ file }, 'is no file');
  return createReadStream(path);
}

function checkWidth(file: MappedFile, row: CsvRow): void {
  const wanted = file.columns.length;
  const found = row.fields.length;
  if (found === wanted) return;
  const faulty = row.fields.findIndex((field) => field !== null && FAULTY.test(field));
  if (faulty !== -1) throw encodingError(file, row, faulty);
  throw new ImportError(
    { file: file.file, line: row.line, column: Math.min(found, wanted) + (found > wanted ? 1 : 0) },
    `the row has ${found} columns, import.json names ${wanted}`,
  );
}

/** What a title is instead isn't told: in a file without titles it would be somebody's data. */
function checkTitles(file: MappedFile, row: CsvRow): void {
  for (const [index, column] of file.columns.entries()) {
    const field = row.fields[index] ?? '';
    if (FAULTY.test(field)) throw encodingError(file, row, index);
    const wanted = column.header ?? column.name;
    if (field !== wanted) {
      throw new ImportError(
        placeIn(file, row, index),
        `the title must be ${JSON.stringify(wanted)}`,
      );
    }
  }
}

function checkValues(file: MappedFile, row: CsvRow): void {
  for (const [index, column] of file.columns.entries()) {
    const field = row.fields[index] ?? null;
    if (field === null || field === '') {
      if (file.key?.includes(column.name) === true) {
        throw new ImportError(placeIn(file, row, index), 'must not be empty, it is of the key');
      }
      continue;
    }
    if (FAULTY.test(field)) throw encodingError(file, row, index);
    const check = CHECKS[column.type];
    if (!check.holds(field)) throw new ImportError(placeIn(file, row, index), check.message);
  }
}

function encodingError(file: MappedFile, row: CsvRow, index: number): ImportError {
  const field = row.fields[index] ?? '';
  const place = placeIn(file, row, index);
  const before = field.slice(0, field.search(FAULTY));
  place.line += before.match(/\r\n|\r|\n/g)?.length ?? 0;
  const message = field.includes('\0') ? 'holds a NUL' : `is not ${file.encoding.toUpperCase()}`;
  return new ImportError(place, message);
}

function placeIn(file: MappedFile, row: CsvRow, index: number) {
  const name = file.columns[index]?.name;
  return {
    file: file.file,
    line: row.lines?.[index] ?? row.line,
    column: index + 1,
    ...(name === undefined ? {} : { name }),
  };
}

/** Refuses the first row whose key an earlier one has. */
async function checkKey(tx: Queryable, file: MappedFile): Promise<void> {
  const [first] = file.key ?? [];
  if (file.key === undefined || first === undefined) return;
  const [twin] = await tx.query<{ line: number; earlier: number }>(
    `SELECT _line AS line, earlier FROM (
       SELECT _line, min(_line) OVER (PARTITION BY ${file.key.map((name) => `"${name}"`).join(', ')})
         AS earlier FROM ${stagingTable(file)}
     ) AS t WHERE _line > earlier ORDER BY _line LIMIT 1`,
  );
  if (twin === undefined) return;
  const column = file.columns.findIndex(({ name }) => name === first) + 1;
  throw new ImportError(
    { file: file.file, line: twin.line, column, name: file.key.join(', ') },
    `the key is that of line ${twin.earlier} already`,
  );
}

async function* batches(rows: AsyncIterable<StagedRow>): AsyncGenerator<StagedRow[]> {
  let batch: StagedRow[] = [];
  let size = 0;
  for await (const row of rows) {
    batch.push(row);
    for (const value of row) size += typeof value === 'string' ? value.length : 0;
    if (batch.length < BATCH_ROWS && size < BATCH_SIZE) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}
