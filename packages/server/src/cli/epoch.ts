import { loadPolicy } from '@liyu/policy/node';
import { bumpEpochs } from '../db/bump-epochs.js';
import { migrate } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { databaseUrl, policyDir } from './config.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu epoch bump`: after a backup was restored, tells every device that the history is another one;
 * they keep what is unsent, drop the rest and pull anew.
 */
export const epoch: Command = async ([action, ...args], { env, stdout }) => {
  if (action !== 'bump') throw new UsageError('epoch: bump is all there is');
  parseOptions(args, {});
  const policy = loadPolicy(policyDir(env));
  const db = await openDatabase(databaseUrl(env));
  try {
    await migrate(db, policy);
    stdout.write(`${JSON.stringify({ scopes: await bumpEpochs(db) })}\n`);
  } finally {
    await db.close();
  }
  return 0;
};
