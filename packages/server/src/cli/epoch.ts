import { bumpEpochs } from '../db/bump-epochs.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { openBank } from './open-bank.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu epoch bump`: after a backup was restored, tells every device that the history is another one;
 * they keep what is unsent, drop the rest and pull anew.
 */
export const epoch: Command = async ([action, ...args], { env, stdout }) => {
  if (action !== 'bump') throw new UsageError('epoch: bump is all there is');
  parseOptions(args, {});
  const { db } = await openBank(env);
  try {
    stdout.write(`${JSON.stringify({ scopes: await bumpEpochs(db) })}\n`);
  } finally {
    await db.close();
  }
  return 0;
};
