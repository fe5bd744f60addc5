import { randomInt } from 'node:crypto';
import type { Database } from './database.js';

/**
 * Gives every scope another epoch, so that no checkpoint of before holds: a restored backup has given
 * its versions to other records than the devices know. Returns how many scopes there are.
 */
export async function bumpEpochs(db: Database): Promise<number> {
  // Random, so that two restores of one backup don't get the same epochs.
  const rows = await db.query('UPDATE scope SET epoch = epoch + $1 RETURNING scope', [
    randomInt(1, 2 ** 20),
  ]);
  return rows.length;
}
