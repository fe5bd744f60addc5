import type { Queryable } from '../db/database.js';

/** As far as rows are counted: an import of a whole book leaves more than a scrape should count. */
const MOST = 100_001;

/** How many rows wait in the outbox, of at most 100001; null when the database takes longer than `patience` ms. */
export async function waitingRows(db: Queryable, patience: number): Promise<number | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience);
  });
  const counting = db
    .query<{ count: number }>(
      'SELECT count(*) AS count FROM (SELECT FROM outbox LIMIT $1) AS waiting',
      [MOST],
    )
    .then(
      ([row]) => row?.count ?? null,
      () => null,
    );
  const rows = await Promise.race([counting, late]);
  clearTimeout(timer);
  return rows;
}
