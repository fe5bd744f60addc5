import type { Queryable } from '../db/database.js';
import type { Place } from './import-error.js';
import type { MappedFile } from './mapping.js';
import { stagingTable } from './stage-file.js';

/** How long looking for a row may take, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Finds the row that makes a statement fail with `code`, by running it with ever fewer rows in the
 * staging tables; then the column, by leaving out one value of that row after the other. The tables
 * are as before when it's done. Null when no single row is to blame, or it takes too long.
 */
export async function traceRow(
  tx: Queryable,
  run: () => Promise<unknown>,
  code: string,
  files: readonly MappedFile[],
): Promise<Place | null> {
  const end = performance.now() + PATIENCE;
  /** What the statement comes to after these changes, which are undone. */
  const attempt: Attempt = async (...changes) => {
    if (performance.now() > end) throw new TooSlow();
    await tx.query('SAVEPOINT import_trial');
    let outcome: Outcome = 'done';
    try {
      for (const change of changes) await tx.query(change);
      await run();
    } catch (error) {
      outcome = (error as { code?: unknown }).code === code ? 'same fault' : 'other fault';
    }
    await tx.query('ROLLBACK TO SAVEPOINT import_trial');
    await tx.query('RELEASE SAVEPOINT import_trial');
    return outcome;
  };
  try {
    for (const file of files) {
      const place = await traceIn(tx, file, attempt);
      if (place !== null) return place;
    }
  } catch (error) {
    if (!(error instanceof TooSlow)) throw error;
  }
  return null;
}

class TooSlow extends Error {}

type Outcome = 'done' | 'same fault' | 'other fault';
type Attempt = (...changes: string[]) => Promise<Outcome>;

async function traceIn(tx: Queryable, file: MappedFile, attempt: Attempt): Promise<Place | null> {
  const table = stagingTable(file);
  const upTo = (line: number) => `DELETE FROM ${table} WHERE _line > ${line}`;
  if ((await attempt(upTo(0))) === 'same fault') return null;
  const [last] = await tx.query<{ line: number }>(`SELECT max(_line) AS line FROM ${table}`);
  let [good, bad] = [0, last?.line ?? 0];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if ((await attempt(upTo(middle))) === 'same fault') bad = middle;
    else good = middle;
  }
  const alone = `DELETE FROM ${table} WHERE _line <> ${bad}`;
  const narrow = (await attempt(alone)) === 'same fault' ? alone : upTo(bad);
  const outcomes: Outcome[] = [];
  for (const { name } of file.columns) {
    const without = `UPDATE ${table} SET "${name}" = NULL WHERE _line = ${bad}`;
    outcomes.push(await attempt(narrow, without));
  }
  const index = only(outcomes, 'done') ?? only(outcomes, 'other fault');
  const name = index === null ? undefined : file.columns[index]?.name;
  const place = { file: file.file, line: bad };
  return index === null || name === undefined ? place : { ...place, column: index + 1, name };
}

/** Where the one outcome of its kind is; null when there are several, or none. */
function only(outcomes: readonly Outcome[], kind: Outcome): number | null {
  const index = outcomes.indexOf(kind);
  return index === -1 || outcomes.lastIndexOf(kind) !== index ? null : index;
}
