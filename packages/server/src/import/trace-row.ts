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
  const failsAfter = async (...changes: string[]): Promise<boolean> => {
    if (performance.now() > end) throw new TooSlow();
    await tx.query('SAVEPOINT import_trial');
    let failed: unknown;
    try {
      for (const change of changes) await tx.query(change);
      await run();
    } catch (error) {
      failed = (error as { code?: unknown }).code;
    }
    await tx.query('ROLLBACK TO SAVEPOINT import_trial');
    await tx.query('RELEASE SAVEPOINT import_trial');
    return failed === code;
  };
  try {
    for (const file of files) {
      const place = await traceIn(tx, file, failsAfter);
      if (place !== null) return place;
    }
  } catch (error) {
    if (!(error instanceof TooSlow)) throw error;
  }
  return null;
}

class TooSlow extends Error {}

async function traceIn(
  tx: Queryable,
  file: MappedFile,
  failsAfter: (...changes: string[]) => Promise<boolean>,
): Promise<Place | null> {
  const table = stagingTable(file);
  const upTo = (line: number) => `DELETE FROM ${table} WHERE _line > ${line}`;
  if (await failsAfter(upTo(0))) return null;
  const [last] = await tx.query<{ line: number }>(`SELECT max(_line) AS line FROM ${table}`);
  let [good, bad] = [0, last?.line ?? 0];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (await failsAfter(upTo(middle))) bad = middle;
    else good = middle;
  }
  const alone = `DELETE FROM ${table} WHERE _line <> ${bad}`;
  const narrow = (await failsAfter(alone)) ? alone : upTo(bad);
  const cures: number[] = [];
  for (const [index, { name }] of file.columns.entries()) {
    const without = `UPDATE ${table} SET "${name}" = NULL WHERE _line = ${bad}`;
    if (!(await failsAfter(narrow, without))) cures.push(index);
  }
  const place = { file: file.file, line: bad };
  const [index] = cures;
  const name = index === undefined ? undefined : file.columns[index]?.name;
  if (cures.length !== 1 || index === undefined || name === undefined) return place;
  return { ...place, column: index + 1, name };
}
