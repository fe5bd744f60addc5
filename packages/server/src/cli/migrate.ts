import { loadPolicy } from '@liyu/policy/node';
import { migrate as migrateDatabase } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import type { Command } from './command.js';
import { databaseUrl, policyDir } from './config.js';
import { parseOptions } from './parse-options.js';

/** `liyu migrate`: brings the database up to date and says which steps it took. */
export const migrate: Command = async (args, { env, stdout }) => {
  parseOptions(args, {});
  const policy = loadPolicy(policyDir(env));
  const db = await openDatabase(databaseUrl(env));
  try {
    const applied = await migrateDatabase(db, policy);
    const lines = applied.length === 0 ? ['up to date'] : applied.map((step) => `applied ${step}`);
    stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await db.close();
  }
  return 0;
};
