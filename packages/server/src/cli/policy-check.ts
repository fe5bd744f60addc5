import { checkPolicy } from '@liyu/engine';
import { PolicyError, loadPolicy } from '@liyu/policy/node';
import type { Policy } from '@liyu/policy';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu policy check DIR`: prints version and hash of the rules in a folder as one line of JSON; or each
 * of their mistakes on standard error, a line with file, item and reason, exit code 1.
 */
export const policyCheck: Command = ([dir, ...args], { stdout, stderr }) => {
  if (dir === undefined || dir.startsWith('-')) {
    throw new UsageError('policy check: which directory?');
  }
  parseOptions(args, {});
  const policy = checkedPolicy(dir, stderr);
  if (policy === null) return Promise.resolve(1);
  const { version, hash } = policy;
  stdout.write(`${JSON.stringify({ version, hash })}\n`);
  return Promise.resolve(0);
};

/** The rules of a folder when nothing is wrong with them; else null, and each mistake is told. */
export function checkedPolicy(dir: string, stderr: NodeJS.WritableStream): Policy | null {
  try {
    const policy = loadPolicy(dir);
    const mistakes = checkPolicy(policy.files);
    if (mistakes.length > 0) throw new PolicyError(mistakes);
    return policy;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    for (const mistake of error.mistakes) stderr.write(`${mistake}\n`);
    return null;
  }
}
