import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Queryable } from '../../db/database.js';

/** An import directory with its data, written for a test. */
export interface Fixture {
  dir: string;
  data: string;
}

export interface FixtureFiles {
  /** Of import.json; merged into that of `PEOPLE` unless it's a text. */
  mapping?: string | object;
  sql?: string | Uint8Array;
  /** people.csv; undefined is that of `PEOPLE`, null none at all. */
  people?: string | Uint8Array | null;
}

/** A small import that works: customers with name and age. */
export const PEOPLE = {
  mapping: {
    file: 'people.csv',
    table: 'people',
    encoding: 'utf-8',
    key: ['id'],
    columns: [{ name: 'id', type: 'int' }, { name: 'full_name', header: '姓名' }, { name: 'age' }],
  },
  sql: `-- 客户
INSERT INTO customers AS c (customer, name, as_of)
SELECT 'p-' || id, full_name, DATE '2026-11-01' FROM people
ON CONFLICT (customer) DO UPDATE SET name = excluded.name
WHERE c.name IS DISTINCT FROM excluded.name;

INSERT INTO metrics AS m (customer, as_of, age_years)
SELECT 'p-' || id, DATE '2026-11-01', age::int FROM people
ON CONFLICT (customer, as_of) DO UPDATE SET age_years = excluded.age_years
WHERE m.age_years IS DISTINCT FROM excluded.age_years;
`,
  people: 'id,姓名,age\n1,张三,30\n2,"李\n四",41\n3,,\n',
} as const;

/** Writes import directories that end with the test file. */
export function fixtures(): (files?: FixtureFiles) => Fixture {
  const root = mkdtempSync(join(tmpdir(), 'liyu-import-'));
  let count = 0;
  after(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return ({ mapping = {}, sql = PEOPLE.sql, people = PEOPLE.people } = {}) => {
    const dir = join(root, String(++count));
    const data = join(dir, 'data');
    mkdirSync(data, { recursive: true });
    const json =
      typeof mapping === 'string'
        ? mapping
        : JSON.stringify({ files: [{ ...PEOPLE.mapping, ...mapping }] });
    writeFileSync(join(dir, 'import.json'), json);
    writeFileSync(join(dir, 'import.sql'), sql);
    if (people !== null) writeFileSync(join(data, 'people.csv'), people);
    return { dir, data };
  };
}

/** Every row of every table of the schema, as text, in one order. */
export async function dump(db: Queryable): Promise<Record<string, string[]>> {
  const tables = await db.query<{ name: string }>(
    `SELECT table_name::text AS name FROM information_schema.tables
     WHERE table_schema = 'public' ORDER BY 1`,
  );
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    const found = await db.query<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM public."${name}" AS t ORDER BY 1`,
    );
    rows[name] = found.map(({ row }) => row);
  }
  return rows;
}
