import { randomInt } from 'node:crypto';
import type { Queryable } from '../db/database.js';
import type { Author } from './audit-trail.js';
import { auditWrites } from './audit-writes.js';
import type { WrittenRecord } from './audit-writes.js';
import { ownerOf } from './scope.js';
import type { Collections } from './write-docs.js';

/** A record as it is to be; a deleted one leaves nothing but its revision. */
export interface RecordWrite {
  scope: string;
  coll: string;
  id: string;
  /** The record without `id` and `rev`. */
  body: Readonly<Record<string, unknown>>;
  deleted: boolean;
}

/** A scope as this transaction found it when it had locked it. */
export interface ScopeState {
  /** Version of its last write; 0 when it has no records. */
  ver: number;
  /** Whether its customer was erased, and nothing was written since. */
  erased: boolean;
}

/**
 * Waits for scopes until this transaction ends, creating those that are new with a random epoch. In
 * one order everywhere, so that two batches can't wait for each other. Returns how they stand.
 */
export async function lockScopes(
  tx: Queryable,
  scopes: readonly string[],
): Promise<Map<string, ScopeState>> {
  const keys = JSON.stringify(
    [...new Set(scopes)].sort().map((scope) => ({ scope, epoch: randomInt(1, 2 ** 31) })),
  );
  await tx.query(
    `INSERT INTO scope (scope, epoch, ver, gc)
     SELECT k.scope, k.epoch, 0, 0 FROM jsonb_to_recordset($1::jsonb) AS k(scope text, epoch bigint)
     ORDER BY k.scope COLLATE "C" ON CONFLICT DO NOTHING`,
    [keys],
  );
  const rows = await tx.query<ScopeState & { scope: string }>(
    `SELECT s.scope, s.ver, s.erased FROM jsonb_to_recordset($1::jsonb) AS k(scope text)
     JOIN scope s ON s.scope = k.scope ORDER BY s.scope FOR UPDATE OF s`,
    [keys],
  );
  return new Map(rows.map(({ scope, ...state }) => [scope, state]));
}

/**
 * The one statement that writes records: each that differs from what is held gets a revision, an entry
 * in its scope's feed with a version of its own, so that a page cut between two of them loses none,
 * and a row in the outbox where others copy the collection. What changed goes to the audit trail. The
 * scopes must be locked, and no record be named twice. Returns how many changed.
 */
export async function writeRecords(
  tx: Queryable,
  collections: Collections,
  writes: readonly RecordWrite[],
  author: Author,
): Promise<number> {
  if (writes.length === 0) return 0;
  const copied = Object.values(collections).filter(({ desk, exported }) => desk ?? exported);
  const rows = writes.map((write) => ({ ...write, customer: ownerOf(write.scope) }));
  const written = await tx.query<WrittenRecord>(
    `WITH r AS (
       SELECT * FROM ROWS FROM (jsonb_to_recordset($1::jsonb)
         AS (scope text, customer text, coll text, id text, body jsonb, deleted boolean)
       ) WITH ORDINALITY AS t(scope, customer, coll, id, body, deleted, n)
     ), changed AS (
       SELECT r.scope, r.customer, r.coll, r.id, r.body, r.deleted, coalesce(d.rev, 0) + 1 AS rev,
         s.ver + row_number() OVER (PARTITION BY r.scope ORDER BY r.n) AS ver
       FROM r JOIN scope s ON s.scope = r.scope
       LEFT JOIN doc d ON d.customer = r.customer AND d.coll = r.coll AND d.id = r.id
       WHERE d.id IS NULL OR d.deleted <> r.deleted OR d.body <> r.body
     ), docs AS (
       INSERT INTO doc (customer, coll, id, body, deleted, rev)
       SELECT customer, coll, id, body, deleted, rev FROM changed
       ON CONFLICT (customer, coll, id) DO UPDATE
       SET body = excluded.body, deleted = excluded.deleted, rev = excluded.rev
     ), entries AS (
       INSERT INTO entry (scope, coll, id, customer, ver)
       SELECT scope, coll, id, customer, ver FROM changed
       ON CONFLICT (scope, coll, id, customer) DO UPDATE SET ver = excluded.ver, gone = false
     ), sent AS (
       INSERT INTO outbox (customer, ver, coll, id, pushed)
       SELECT customer, ver, coll, id, $3 FROM changed
       WHERE customer <> '' AND coll IN (SELECT jsonb_array_elements_text($2::jsonb))
     ), moved AS (
       UPDATE scope SET ver = m.ver, erased = false
       FROM (SELECT scope, max(ver) AS ver FROM changed GROUP BY scope) m
       WHERE scope.scope = m.scope
     )
     SELECT scope, coll, id, rev, ver, deleted FROM changed ORDER BY ver`,
    [JSON.stringify(rows), JSON.stringify(copied.map(({ name }) => name)), author !== 'bank'],
  );
  await auditWrites(tx, author, written);
  return written.length;
}
