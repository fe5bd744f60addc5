import type { Database } from '../db/database.js';
import { feed } from '../sync/feeder.js';
import { EXPORT_SCOPE } from '../sync/scope.js';
import type { Collections } from '../sync/write-docs.js';

/** A record that a customer or staff wrote, as it stands, and the cursor that goes on after it. */
export interface ExportedRecord {
  cursor: string;
  coll: string;
  id: string;
  customer: string;
  rev: number;
  deleted: boolean;
  record: Record<string, unknown>;
}

/** A cursor that doesn't fit this database; the message is for whoever gave it. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

interface Row {
  epoch: number;
  head: number;
  coll: string | null;
  id: string;
  customer: string;
  ver: number;
  body: Record<string, unknown> | null;
  deleted: boolean;
  rev: number;
}

const PAGE = 500;

/**
 * What customers and staff wrote after `since`, in the order it was copied, each record once as it
 * stands now; one that changes again comes again. A consumer that keeps the cursor of the last line
 * it has dealt with misses nothing: it gets a line at least once. Throws a CursorError.
 */
export async function* exportRecords(
  db: Database,
  collections: Collections,
  since: string | null,
): AsyncGenerator<ExportedRecord> {
  const start = since === null ? null : parseCursor(since);
  // What no server has copied yet, so that the command also works by itself.
  await feed(db, collections);
  for (let after = start?.v ?? 0; ;) {
    const rows = await db.query<Row>(
      `SELECT s.epoch, s.ver AS head, e.coll, e.id, e.customer, e.ver,
         d.body, coalesce(d.deleted, true) AS deleted, d.rev
       FROM scope s
       LEFT JOIN LATERAL (
         SELECT coll, id, customer, ver FROM entry
         WHERE scope = '${EXPORT_SCOPE}' AND ver > $2 ORDER BY ver LIMIT $3
       ) e ON true
       LEFT JOIN doc d ON d.customer = e.customer AND d.coll = e.coll AND d.id = e.id
       WHERE s.scope = $1 ORDER BY e.ver`,
      [EXPORT_SCOPE, after, PAGE],
    );
    const state = rows[0];
    if (state === undefined) {
      if (start !== null) throw new CursorError('--since: this database has exported nothing yet');
      return;
    }
    if (start !== null && (start.e !== state.epoch || start.v > state.head)) {
      throw new CursorError(
        '--since: the cursor is of another history of the database; start again without it',
      );
    }
    for (const { epoch, coll, id, customer, ver, body, deleted, rev } of rows) {
      if (coll === null) return;
      const cursor = `${epoch}.${ver}`;
      yield { cursor, coll, id, customer, rev, deleted, record: deleted ? {} : (body ?? {}) };
      after = ver;
    }
    if (rows.length < PAGE) return;
  }
}

function parseCursor(text: string): { e: number; v: number } {
  const [, e, v] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  if (e === undefined || v === undefined) {
    throw new CursorError(`--since: ${text} is no cursor; take that of a line of the export`);
  }
  return { e: Number(e), v: Number(v) };
}
