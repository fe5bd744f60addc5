import { project } from '@liyu/model/schemas';
import type { Audience, Collection, Doc } from '@liyu/model';
import type { Queryable } from '../db/database.js';
import { deskScopesSql, isDeskScope } from './scope.js';
import { docOf } from './stored-doc.js';

/** How far a client has read a scope: the scope's epoch and a version in it. */
export interface Checkpoint {
  e: number;
  v: number;
  /**
   * The scope's version when a first load began, until it is through: what was deleted before that
   * moment can't be on the device, so it needn't hear of it.
   */
  s?: number | undefined;
}

/** What is left to say of a record that is deleted, or that left the scope. */
export interface Tombstone {
  id: string;
  _deleted: true;
}

export interface Page {
  /** Records as the caller may see them, in the order of their versions. */
  documents: (Doc | Tombstone)[];
  checkpoint: Checkpoint;
  /** Whether another page follows. */
  more: boolean;
}

/** Why a checkpoint can't be continued: another database, older than what was kept, or ahead of it. */
export type ResyncReason = 'epoch' | 'gc' | 'ahead';

/** Most records of one page. */
export const PAGE_LIMIT = 1_000;

/** Where nothing was read yet; also where a scope stands that has no records. */
export const START: Checkpoint = { e: 0, v: 0 };

/** The customer whom a record of a desk belongs to, and whether they don't belong to the desk. */
export const OWNER = `LEFT JOIN doc o
  ON o.customer = e.customer AND o.coll = 'customers' AND o.id = e.customer AND NOT o.deleted`;
export const AWAY = `coalesce(NOT s.scope = ANY(${deskScopesSql('o')}), true)`;

/** How the scope stands, in the first row alone. */
interface State {
  epoch: number;
  head: number;
  gc: number;
}

interface Row extends State {
  /** The rest is null in the only row of a scope without a new entry. */
  id: string | null;
  ver: number;
  /** Whether it's deleted, or has left the scope. */
  gone: boolean;
  /** Whether its customer has left the desk, though the feeder hasn't said so yet. */
  away: boolean;
  body: Record<string, unknown>;
  rev: number;
}

type EntryRow = Row & { id: string };

/**
 * The records of a collection that changed after `cp`, at most `limit` (capped). One statement, thus
 * one moment: it sees every entry up to the scope's version, since writers of a scope go one after
 * another. The last page's checkpoint is therefore that version. In the scope of a desk, the page ends
 * before the first record of a customer who has left it: the feeder is about to take it out, and what
 * it has yet to do must not leak.
 */
export async function pull(
  db: Queryable,
  request: {
    collection: Collection;
    scope: string;
    audience: Audience;
    cp: Checkpoint | null;
    limit: number;
  },
): Promise<Page | { resync: ResyncReason }> {
  const { collection, scope, audience } = request;
  const cp = request.cp ?? START;
  const isStart = cp.e === START.e && cp.v === START.v;
  const limit = Math.min(request.limit, PAGE_LIMIT);
  const isDesk = isDeskScope(scope);
  const rows = await db.query<Row>(
    `SELECT CASE WHEN e.n > 1 THEN NULL ELSE s.epoch END AS epoch,
       CASE WHEN e.n > 1 THEN NULL ELSE s.ver END AS head,
       CASE WHEN e.n > 1 THEN NULL ELSE s.gc END AS gc,
       e.id, e.ver, e.gone OR coalesce(d.deleted, true) AS gone,
       ${isDesk ? `NOT e.gone AND ${AWAY}` : 'false'} AS away, d.body, d.rev
     FROM scope s
     LEFT JOIN LATERAL (
       SELECT id, customer, ver, gone, row_number() OVER (ORDER BY ver) AS n FROM entry
       WHERE scope = s.scope AND coll = $2 AND ver > $3 ORDER BY ver LIMIT $4
     ) e ON true
     LEFT JOIN doc d ON d.customer = e.customer AND d.coll = $2 AND d.id = e.id
     ${isDesk ? OWNER : ''}
     WHERE s.scope = $1 ORDER BY e.ver`,
    [scope, collection.name, isStart ? 0 : cp.v, limit + 1],
  );
  const state = rows[0];
  if (state === undefined) {
    return isStart ? { documents: [], checkpoint: START, more: false } : { resync: 'epoch' };
  }
  const resync = isStart ? null : resyncReason(cp, state);
  if (resync !== null) return { resync };
  const found = rows.filter((row): row is EntryRow => row.id !== null);
  const away = isDesk ? found.findIndex((row) => row.away) : -1;
  const page = found.slice(0, away < 0 ? limit : Math.min(away, limit));
  const documents = page.map((row) => viewOf(collection, row, audience));
  const next = found[page.length];
  if (next === undefined) {
    return { documents, checkpoint: { e: state.epoch, v: state.head }, more: false };
  }
  const s = isStart ? state.head : cp.s;
  const checkpoint = { e: state.epoch, v: next.ver - 1, ...(s === undefined ? {} : { s }) };
  return { documents, checkpoint, more: page.length !== away };
}

/** Why `cp` can't be continued in a scope that stands like this; null when it can. */
export function resyncReason(
  cp: Checkpoint,
  state: { epoch: number; head: number; gc: number },
): ResyncReason | null {
  const seen = Math.max(cp.v, cp.s ?? 0);
  if (cp.e !== state.epoch) return 'epoch';
  if (seen > state.head) return 'ahead';
  return seen < state.gc ? 'gc' : null;
}

function viewOf(collection: Collection, row: EntryRow, audience: Audience): Doc | Tombstone {
  if (row.gone) return { id: row.id, _deleted: true };
  return project(collection, docOf(row), audience);
}
