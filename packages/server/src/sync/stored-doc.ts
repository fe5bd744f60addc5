import type { Doc } from '@liyu/model';
import type { Queryable } from '../db/database.js';

/** A record as the database has it; a deleted one has left nothing but its revision. */
export interface StoredDoc {
  doc: Doc;
  deleted: boolean;
}

export interface DocKey {
  coll: string;
  id: string;
}

export interface BodyRow {
  id: string;
  body: Record<string, unknown>;
  rev: number;
}

/** `coll/id`, as rules name related records. */
export function keyOf({ coll, id }: DocKey): string {
  return `${coll}/${id}`;
}

/** The row's own body becomes the record: a copy of each would cost as much as reading it. */
export function docOf({ id, body, rev }: BodyRow): Doc {
  return Object.assign(body, { id, rev });
}

/** The records of `owner` with these keys, by `coll/id`; a missing one is absent. One statement. */
export async function readDocs(
  db: Queryable,
  owner: string,
  keys: readonly DocKey[],
): Promise<Map<string, StoredDoc>> {
  if (keys.length === 0) return new Map();
  // LIMIT keeps it one look by key for each: with statistics of yesterday, a customer who wrote much since
  // would be read whole.
  const rows = await db.query<BodyRow & { coll: string; deleted: boolean }>(
    `SELECT d.coll, d.id, d.body, d.deleted, d.rev
     FROM jsonb_to_recordset($2::jsonb) AS k(coll text, id text)
     CROSS JOIN LATERAL (
       SELECT * FROM doc WHERE customer = $1 AND coll = k.coll AND id = k.id LIMIT 1
     ) d`,
    [owner, JSON.stringify(keys.map(({ coll, id }) => ({ coll, id })))],
  );
  return new Map(rows.map((row) => [keyOf(row), { doc: docOf(row), deleted: row.deleted }]));
}

/** Every record of `owner` in a collection that isn't deleted. */
export async function readCollection(db: Queryable, owner: string, coll: string): Promise<Doc[]> {
  return (await readCollectionOf(db, [owner], coll)).get(owner) ?? [];
}

/** The same for many owners, by owner. One statement. */
export async function readCollectionOf(
  db: Queryable,
  owners: readonly string[],
  coll: string,
): Promise<Map<string, Doc[]>> {
  const rows = await db.query<BodyRow & { customer: string }>(
    `SELECT d.customer, d.id, d.body, d.rev FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN doc d ON d.customer = k.customer AND d.coll = $2 AND NOT d.deleted
     ORDER BY d.customer, d.id`,
    [JSON.stringify(owners), coll],
  );
  const found = new Map<string, Doc[]>();
  for (const row of rows) {
    const own = found.get(row.customer);
    if (own === undefined) found.set(row.customer, [docOf(row)]);
    else own.push(docOf(row));
  }
  return found;
}
