import { auditChains } from '../bank/audit-chains.js';
import { auditAssessments } from '../bank/audit.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { openBank } from './open-bank.js';

/**
 * `liyu audit [CUSTOMER]`: runs the stored assessments again and names, for each customer, the first one that
 * doesn't fit, on standard error as `{customer,id,field,message}`; then checks the audit trail, whose misfits
 * have `scope` in place of `customer`. Exit code 1 when there was one. One line with what was looked at on
 * standard output.
 */
export const audit: Command = async (args, { env, stdout, stderr }) => {
  const [customer, ...rest] = args;
  if (rest.length > 0 || customer?.startsWith('-') === true) {
    throw new UsageError('audit: one customer, or none for all');
  }
  const { db } = await openBank(env);
  try {
    const done = await auditAssessments(db, customer ?? null, (misfit) => {
      stderr.write(`${JSON.stringify(misfit)}\n`);
    });
    const trail = await auditChains(db, customer ?? null, (misfit) => {
      stderr.write(`${JSON.stringify(misfit)}\n`);
    });
    if (customer !== undefined && done.customers === 0 && trail.chains === 0) {
      stderr.write(`liyu: customer ${customer} has no assessment\n`);
      return 1;
    }
    stdout.write(`${JSON.stringify({ ...done, trail })}\n`);
    return done.misfits + trail.misfits === 0 ? 0 : 1;
  } finally {
    await db.close();
  }
};
