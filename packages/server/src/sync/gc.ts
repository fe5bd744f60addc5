import type { Database, Queryable } from '../db/database.js';
import { EXPORT_SCOPE } from './scope.js';

export interface Collected {
  /** Scopes that something was collected of. */
  scopes: number;
  /** Entries that were collected. */
  entries: number;
  /** Scopes whose deletions wait from now on. */
  marked: number;
}

/** Scopes that are looked at in one statement. */
const PAGE = 1_000;
/** Most entries that are collected under one lock. */
const BATCH = 5_000;

/** Entries that say nothing but that a record is gone. `doc` keeps its revision. */
const GONE = `entry e
  LEFT JOIN doc d ON d.customer = e.customer AND d.coll = e.coll AND d.id = e.id
  WHERE (e.gone OR coalesce(d.deleted, true))`;

/**
 * Collects entries of deleted records, and of records that left a scope, that have stood for `days` at
 * least. A write has no time, so each scope with such entries is marked with its version, and a run
 * that finds the mark old enough collects up to it: what is collected is between once and twice as old
 * as asked. A scope's `gc` then is the last version that was collected; whoever has read less far
 * must pull anew, and nobody else. Each scope is written in transactions of its own, under its lock;
 * a run that stops midway, or several at once, do no harm. The export is left alone: its consumers
 * learn of deletions from it, however late they come.
 */
export async function collect(db: Database, days: number): Promise<Collected> {
  const total: Collected = { scopes: 0, entries: 0, marked: 0 };
  for (let after = ''; ;) {
    const page = await db.query<{ scope: string }>(
      'SELECT scope FROM scope WHERE scope > $1 ORDER BY scope LIMIT $2',
      [after, PAGE],
    );
    for (const scope of await withGone(db, page)) {
      const entries = await collectScope(db, scope, days);
      total.entries += entries;
      if (entries > 0) total.scopes++;
      if (await mark(db, scope)) total.marked++;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return total;
    after = last.scope;
  }
}

async function withGone(db: Queryable, page: { scope: string }[]): Promise<string[]> {
  const found = await db.query<{ scope: string }>(
    `SELECT k.scope FROM jsonb_to_recordset($1::jsonb) AS k(scope text)
     WHERE k.scope <> $2 AND EXISTS (SELECT FROM ${GONE} AND e.scope = k.scope)
     ORDER BY k.scope COLLATE "C"`,
    [JSON.stringify(page), EXPORT_SCOPE],
  );
  return found.map(({ scope }) => scope);
}

/** Collects up to the mark of a scope when that is old enough, and takes the mark away. */
async function collectScope(db: Database, scope: string, days: number): Promise<number> {
  for (let total = 0; ;) {
    const count = await db.transaction(async (tx) => {
      const [due] = await tx.query<{ mark: number }>(
        `SELECT mark FROM scope
         WHERE scope = $1 AND marked_at <= now() - make_interval(days => $2) FOR UPDATE`,
        [scope, days],
      );
      return due === undefined ? 0 : collectBatch(tx, scope, due.mark);
    });
    total += count;
    if (count < BATCH) return total;
  }
}

async function collectBatch(tx: Queryable, scope: string, mark: number): Promise<number> {
  const [result] = await tx.query<{ count: number }>(
    `WITH old AS (
       SELECT e.coll, e.id, e.customer, e.ver FROM ${GONE} AND e.scope = $1 AND e.ver <= $2
       ORDER BY e.ver LIMIT $3
     ), removed AS (
       DELETE FROM entry e USING old o
       WHERE e.scope = $1 AND e.coll = o.coll AND e.id = o.id AND e.customer = o.customer
     ), last AS (
       SELECT count(*) AS count, max(ver) AS ver FROM old
     ), moved AS (
       UPDATE scope SET gc = greatest(gc, l.ver),
         mark = CASE WHEN l.count = $3 THEN mark END,
         marked_at = CASE WHEN l.count = $3 THEN marked_at END
       FROM last l WHERE scope.scope = $1
     )
     SELECT count FROM last`,
    [scope, mark, BATCH],
  );
  return result?.count ?? 0;
}

/** Marks a scope that has no mark but something to collect later. Returns whether it did. */
async function mark(db: Queryable, scope: string): Promise<boolean> {
  const marked = await db.query(
    `UPDATE scope s SET mark = s.ver, marked_at = now()
     WHERE s.scope = $1 AND s.marked_at IS NULL
       AND EXISTS (SELECT FROM ${GONE} AND e.scope = s.scope) RETURNING s.scope`,
    [scope],
  );
  return marked.length > 0;
}
