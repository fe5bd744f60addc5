import { shanghaiDate } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { loadSample } from '../demo/load-sample.js';
import { publishPolicy } from '../sync/publish-policy.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { ConfigError } from './config.js';
import { dateOption } from './date-option.js';
import { openBank } from './open-bank.js';
import { parseOptions } from './parse-options.js';

const MOST = 1_000_000;

/**
 * `liyu sample`: adds an invented bank to the database, the same for the same seed and day, graded.
 * Customers who are there already stay as they are.
 */
export const sample: Command = async (args, { env, stdout }) => {
  const options = parseOptions(args, {
    customers: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    date: { type: 'string' },
  });
  const size = wholeNumber('--customers', options.customers, MOST);
  const seed = wholeNumber('--seed', options.seed, 2 ** 31);
  const today =
    options.date === undefined ? shanghaiDate(new Date().toISOString()) : dateOption(options.date);
  if (env.NODE_ENV === 'production') {
    throw new ConfigError('NODE_ENV: sample invents customers and refuses production');
  }
  const { db, policy } = await openBank(env);
  try {
    await publishPolicy(db, collections, policy);
    const added = await loadSample({ db, collections, policy }, { size, seed, today });
    stdout.write(`${JSON.stringify({ added })}\n`);
  } finally {
    await db.close();
  }
  return 0;
};

function wholeNumber(name: string, value: string, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > most) {
    throw new UsageError(`${name}: must be a whole number from 1 to ${most}`);
  }
  return number;
}
