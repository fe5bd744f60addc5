import { collections } from '@liyu/model/schemas';
import { exportRecords } from '../bank/export.js';
import type { Command } from './command.js';
import { openBank } from './open-bank.js';
import { parseOptions } from './parse-options.js';
import { writeLine } from './write-line.js';

/**
 * `liyu export [--since CURSOR]`: NDJSON of what customers and staff wrote, at least once; without a
 * cursor from the beginning. Ends when there is nothing newer.
 */
export const exportCommand: Command = async (args, { env, stdout }) => {
  const { since } = parseOptions(args, { since: { type: 'string' } });
  const { db } = await openBank(env);
  try {
    for await (const line of exportRecords(db, collections, since ?? null)) {
      await writeLine(stdout, line);
    }
  } finally {
    await db.close();
  }
  return 0;
};
