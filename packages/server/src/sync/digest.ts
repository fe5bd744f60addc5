import type { Collection } from '@liyu/model';
import type { Queryable } from '../db/database.js';
import type { Checkpoint, ResyncReason } from './pull.js';
import { AWAY, OWNER, START, resyncReason } from './pull.js';
import { isDeskScope } from './scope.js';

/**
 * The records that a device has when it has pulled a collection of a scope up to now; both are null
 * when something has changed since its checkpoint, or is about to: pull, and ask again.
 */
export interface Digest {
  count: number | null;
  /** Sum of the first 8 bytes of SHA-256(`id|rev`) of each, mod 2^64, in decimal: JSON has no such
   * numbers. */
  sum: string | null;
}

interface Row {
  epoch: number;
  head: number;
  gc: number;
  count: number;
  sum: string;
  changed: boolean;
}

/** The digest of what a pull with this checkpoint has brought. One statement, thus one moment. */
export async function digest(
  db: Queryable,
  { collection, scope, cp }: { collection: Collection; scope: string; cp: Checkpoint },
): Promise<Digest | { resync: ResyncReason }> {
  const isDesk = isDeskScope(scope);
  const [row] = await db.query<Row>(
    `SELECT s.epoch, s.ver AS head, s.gc, count(d.id) AS count, coalesce(bool_or(
         e.ver > $3 OR (d.id IS NOT NULL AND ${isDesk ? AWAY : 'false'})
       ), false) AS changed,
       coalesce(sum(
         ('x' || encode(substr(sha256(convert_to(d.id || '|' || d.rev, 'UTF8')), 1, 8), 'hex'))
           ::bit(64)::bigint
       ), 0)::text AS sum
     FROM scope s
     LEFT JOIN entry e ON e.scope = s.scope AND e.coll = $2
     LEFT JOIN doc d ON d.customer = e.customer AND d.coll = e.coll AND d.id = e.id
       AND NOT e.gone AND NOT d.deleted
     ${isDesk ? OWNER : ''}
     WHERE s.scope = $1 GROUP BY s.scope, s.epoch, s.ver, s.gc`,
    [scope, collection.name, cp.v],
  );
  const isStart = cp.e === START.e && cp.v === START.v;
  if (row === undefined) return isStart ? { count: 0, sum: '0' } : { resync: 'epoch' };
  const resync = isStart ? null : resyncReason(cp, row);
  if (resync !== null) return { resync };
  if (row.changed) return { count: null, sum: null };
  // A sum of signed numbers: the same, mod 2^64.
  return { count: row.count, sum: BigInt.asUintN(64, BigInt(row.sum)).toString() };
}
