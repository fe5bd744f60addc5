import type { Queryable } from '../db/database.js';
import { MIGRATIONS } from '../db/migrations.js';

/** Why a node takes no requests: it shuts down, the database doesn't answer, or lacks migrations. */
export type Unready = 'stopping' | 'database' | 'schema';

export type Readiness = { ready: true } | { ready: false; reason: Unready; cause?: unknown };

const UNDEFINED_TABLE = '42P01';

/**
 * Whether the database answers within `patience` ms and has every migration that this release needs.
 * One of an older state appears under a running node when a backup is restored; migrations of a newer
 * release don't matter.
 */
export async function readiness(db: Queryable, patience: number): Promise<Readiness> {
  const needed = JSON.stringify(MIGRATIONS.map(({ id }) => id));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database is late')), patience);
  });
  try {
    const looking = db.query<{ count: number }>(
      `SELECT count(*) AS count FROM migration
       WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)::int)`,
      [needed],
    );
    const [row] = await Promise.race([looking, late]);
    return row?.count === MIGRATIONS.length ? { ready: true } : { ready: false, reason: 'schema' };
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    const reason = code === UNDEFINED_TABLE ? 'schema' : 'database';
    return { ready: false, reason, cause };
  } finally {
    clearTimeout(timer);
  }
}
