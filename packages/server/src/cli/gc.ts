import * as z from 'zod';
import { collect } from '../sync/gc.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { openBank } from './open-bank.js';
import { parseOptions } from './parse-options.js';

/** Longer than a device keeps what it stored, so that none that still holds anything is sent back. */
const KEEP_DAYS = '90';

const days = z.coerce.number().int().min(1).max(3_650);

/** `liyu gc [--keep DAYS]`: collects what says only that a record is gone; may be run again. */
export const gc: Command = async (args, { env, stdout }) => {
  const { keep } = parseOptions(args, { keep: { type: 'string', default: KEEP_DAYS } });
  const parsed = days.safeParse(keep);
  if (!parsed.success) throw new UsageError(`--keep: ${keep} is no number of days from 1 to 3650`);
  const { db } = await openBank(env);
  try {
    stdout.write(`${JSON.stringify(await collect(db, parsed.data))}\n`);
  } finally {
    await db.close();
  }
  return 0;
};
