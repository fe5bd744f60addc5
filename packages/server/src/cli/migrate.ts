import type { Command } from './command.js';
import { openBank } from './open-bank.js';
import { parseOptions } from './parse-options.js';

/** `liyu migrate`: brings the database up to date and says which steps it took. */
export const migrate: Command = async (args, { env, stdout }) => {
  parseOptions(args, {});
  const { db, applied } = await openBank(env);
  try {
    const lines = applied.length === 0 ? ['up to date'] : applied.map((step) => `applied ${step}`);
    stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await db.close();
  }
  return 0;
};
