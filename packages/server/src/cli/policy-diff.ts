import { loadPolicy } from '@liyu/policy/node';
import { diffBook } from '../bank/diff-book.js';
import { migrateSchema } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { databaseUrl } from './config.js';
import { diffText } from './diff-text.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu policy diff A B [--json]`: grades the latest metrics of every customer in the database by the
 * rules of folder A and by those of B, and says what differs: as tables, or as one line of JSON. Only
 * reads customers.
 */
export const policyDiff: Command = async ([a, b, ...args], { env, stdout }) => {
  if (a === undefined || b === undefined || a.startsWith('-') || b.startsWith('-')) {
    throw new UsageError('policy diff: which two directories?');
  }
  const { json } = parseOptions(args, { json: { type: 'boolean', default: false } });
  const [before, after] = [loadPolicy(a), loadPolicy(b)];
  const db = await openDatabase(databaseUrl(env));
  try {
    await migrateSchema(db);
    const diff = await diffBook(db, before, after);
    stdout.write(json ? `${JSON.stringify(diff)}\n` : diffText(diff, before, after));
  } finally {
    await db.close();
  }
  return 0;
};
