import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { IMPORT_TABLES } from '../db/import-role.js';
import { COLUMN_TYPES } from './column-types.js';
import { ENCODINGS } from './decode-text.js';
import { ImportError, placeOf } from './import-error.js';
import { jsonFault } from './json-fault.js';

const MAPPING_FILE = 'import.json';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be a name of small letters, digits and _');

const column = z.strictObject({
  /** Of the column in the staging table. */
  name,
  /** Its title in the file; `name` where left out. */
  header: z.string().min(1).optional(),
  /** What every value is checked for. */
  type: z.enum(COLUMN_TYPES).default('text'),
});

const file = z.strictObject({
  /** Below the directory of `--data`. */
  file: z.string().refine(isBelow, 'must be a path below the data directory'),
  /** The staging table, which import.sql reads. */
  table: name
    .refine((text) => !text.startsWith('pg_'), 'must not begin with pg_')
    .refine((text) => !(IMPORT_TABLES as readonly string[]).includes(text), 'is a table of Liyu'),
  encoding: z.enum(ENCODINGS),
  delimiter: z
    .string()
    .regex(/^[^"\r\n]{1,8}$/, 'must be 1 to 8 characters, no quote and no line end')
    .default(','),
  /** What a field may be enclosed in; null where quotes are plain characters. */
  quote: z.literal('"').nullable().default('"'),
  /** Whether the first row holds the titles. */
  header: z.boolean().default(true),
  columns: z.array(column).min(1).max(1_000).refine(haveOwnNames, 'two columns have one name'),
  /** Columns that no two rows share and that are never empty. */
  key: z.array(z.string()).min(1).optional(),
});

const mapping = z.strictObject({
  /** For people. */
  note: z.string().optional(),
  files: z
    .array(file)
    .min(1)
    .refine((files) => new Set(files.map(({ table }) => table)).size === files.length, {
      error: 'two files have one table',
    }),
});

export type Mapping = z.infer<typeof mapping>;
export type MappedFile = z.infer<typeof file>;

/** Reads DIR/import.json. Throws an ImportError that names the field, or line and column. */
export function readMapping(dir: string): Mapping {
  const text = readText(dir, MAPPING_FILE);
  const parsed = mapping.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw fieldError(issue?.path ?? [], issue?.message ?? 'is no mapping');
  }
  for (const [index, { columns, key = [] }] of parsed.data.files.entries()) {
    const unknown = key.findIndex((text) => !columns.some((column) => column.name === text));
    if (unknown !== -1) throw fieldError(['files', index, 'key', unknown], 'is no column');
  }
  return parsed.data;
}

/** The text of a file of the import directory, UTF-8 with or without a byte-order mark. */
export function readText(dir: string, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(dir, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ImportError({ file: name }, code === 'ENOENT' ? `not in ${dir}` : `${code}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const before = bytes.toString().split('\ufffd', 1)[0] ?? '';
    throw new ImportError({ file: name, ...placeOf(before, before.length) }, 'is not UTF-8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const before = text.slice(0, jsonFault(text));
    throw new ImportError(
      { file: MAPPING_FILE, ...placeOf(before, before.length) },
      'is no JSON here',
    );
  }
}

function fieldError(path: readonly PropertyKey[], message: string): ImportError {
  const field = path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text + (text && '.') + String(part),
    '',
  );
  return new ImportError({ file: MAPPING_FILE }, `${field || 'the file'}: ${message}`);
}

function isBelow(path: string): boolean {
  return path !== '' && !/^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)|\0/i.test(path);
}

function haveOwnNames(columns: readonly { name: string }[]): boolean {
  return new Set(columns.map((column) => column.name)).size === columns.length;
}
