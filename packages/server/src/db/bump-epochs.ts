import { randomInt } from 'node:crypto';
import type { Database } from './database.js';

/**
 * Gives every scope another epoch, so that no checkpoint of before holds: a restored backup has given
 * its versions to other records than the devices know. Returns how many scopes there are.
 */
export async function bumpEpochs(db: Database): Promise<number> {
  // Random, so that two restores of one backup don't get the same epochs.
  const step = randomInt(1, 2 ** 20);
  return db.transaction(async (tx) => {
    // In the order in which everybody locks scopes.
    await tx.query('SELECT scope FROM scope ORDER BY scope FOR UPDATE');
    return (await tx.query('UPDATE scope SET epoch = epoch + $1 RETURNING scope', [step])).length;
  });
}
