import { cheapestPath, compilePolicy, rungByCode } from '@liyu/engine';
import { loadPolicy } from '@liyu/policy/node';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { policyDir } from './config.js';
import { faultsOf, readMetricLines } from './metric-rows.js';
import { parseOptions } from './parse-options.js';
import { writeLine } from './write-line.js';

/**
 * `liyu path --target RUNG --in F`: NDJSON metrics in, for each customer the cheapest path to the rung out,
 * or why it is closed and which rung is open. Bad rows are told on standard error, the rest is done; exit
 * code 1 when there was one. Opens no database.
 */
export const path: Command = async (args, { env, stdin, stdout, stderr }) => {
  const {
    target,
    in: file,
    variant,
  } = parseOptions(args, {
    target: { type: 'string' },
    in: { type: 'string' },
    variant: { type: 'string' },
  });
  if (target === undefined) throw new UsageError('--target: which rung? such as VIP-1');
  if (file === undefined) throw new UsageError('--in: which file? - is standard input');
  if (variant !== undefined && variant !== 'neutral') {
    throw new UsageError(`--variant: no variant ${variant}`);
  }
  const policy = loadPolicy(policyDir(env));
  try {
    rungByCode(policy.files, target);
  } catch (error) {
    throw new UsageError(`--target: ${(error as Error).message}`);
  }
  const grader = compilePolicy(policy.files);
  let isGood = true;
  for await (const row of readMetricLines(file, stdin)) {
    const faults = faultsOf(policy, row);
    if (faults.length > 0 || !('values' in row)) {
      isGood = false;
      for (const fault of faults) await writeLine(stderr, fault);
      continue;
    }
    const { id, ...metrics } = row.values;
    const found = cheapestPath(grader, policy.files, metrics, target, { variant });
    if ('closed' in found) await writeLine(stdout, { id, ...found });
    else {
      const { leadDays: _, ...told } = found;
      await writeLine(stdout, { id, ...told });
    }
  }
  return isGood ? 0 : 1;
};
