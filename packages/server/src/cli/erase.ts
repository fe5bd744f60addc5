import { collections } from '@liyu/model/schemas';
import { eraseCustomer } from '../bank/erase.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { openBank } from './open-bank.js';

/**
 * `liyu erase CUSTOMER`: deletes all there is of a customer and tells devices to drop it; may be run
 * again. Exit code 1 when there is no such customer.
 */
export const erase: Command = async ([customer, ...rest], { env, stdout, stderr }) => {
  if (customer === undefined || customer === '' || customer.startsWith('-') || rest.length > 0) {
    throw new UsageError('erase: one customer');
  }
  const { db } = await openBank(env);
  try {
    const erased = await eraseCustomer(db, collections, customer);
    if (erased === null) {
      stderr.write(`liyu: no customer ${customer}\n`);
      return 1;
    }
    stdout.write(`${JSON.stringify(erased)}\n`);
  } finally {
    await db.close();
  }
  return 0;
};
