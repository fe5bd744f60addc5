import { shanghaiDate } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { reassess as reassessBook } from '../bank/reassess.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { dateOption } from './date-option.js';
import { openBank } from './open-bank.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu reassess --date D`: the evaluation of D's month, over the whole book. Prints one line of JSON
 * with what was done; metrics that can't be graded are told on standard error, exit code 1.
 */
export const reassess: Command = async (args, { env, stdout, stderr }) => {
  const date = dateOption(parseOptions(args, { date: { type: 'string' } }).date);
  if (date.slice(0, 7) > monthAfter(shanghaiDate(new Date().toISOString()))) {
    throw new UsageError(`--date: ${date} is later than the next month`);
  }
  const { db, policy } = await openBank(env);
  try {
    const done = await reassessBook(db, collections, policy, date, ({ customer, ...fault }) => {
      stderr.write(`${JSON.stringify({ id: customer, ...fault })}\n`);
    });
    stdout.write(`${JSON.stringify(done)}\n`);
    return done.refused === 0 ? 0 : 1;
  } finally {
    await db.close();
  }
};

/** The month after that of an ISO date: an evaluation may be prepared, a mistyped year may not. */
function monthAfter(date: string): string {
  const [year, month] = date.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 7);
}
