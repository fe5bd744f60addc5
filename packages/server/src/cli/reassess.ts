import { shanghaiDate } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { reassess as reassessBook } from '../bank/reassess.js';
import type { RefusedMetrics, Shard } from '../bank/reassess.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { dateOption } from './date-option.js';
import { openBank } from './open-bank.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu reassess --date D [--shard N/OF]`: the evaluation of D's month, over the whole book or one of OF
 * parts of it. Prints one line of JSON with what was done; metrics that can't be graded are told on standard
 * error, exit code 1.
 */
export const reassess: Command = async (args, { env, stdout, stderr }) => {
  const options = parseOptions(args, {
    date: { type: 'string' },
    shard: { type: 'string', default: '1/1' },
  });
  const date = dateOption(options.date);
  const shard = shardOption(options.shard);
  if (date.slice(0, 7) > monthAfter(shanghaiDate(new Date().toISOString()))) {
    throw new UsageError(`--date: ${date} is later than the next month`);
  }
  const { db, policy } = await openBank(env);
  try {
    const tell = ({ customer, ...fault }: RefusedMetrics) => {
      stderr.write(`${JSON.stringify({ id: customer, ...fault })}\n`);
    };
    const done = await reassessBook(db, collections, policy, date, tell, shard);
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

/** Most parts of a book. */
const MOST_SHARDS = 1_000;

function shardOption(value: string): Shard {
  const [number, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(value)?.slice(1) ?? []).map(Number);
  if (number === undefined || of === undefined || number < 1 || number > of || of > MOST_SHARDS) {
    throw new UsageError(`--shard: ${value} is no part such as 2/4, of ${MOST_SHARDS} at most`);
  }
  return { number, of };
}
