import { compilePolicy } from '@liyu/engine';
import type { Grade, GradeOptions, Grader } from '@liyu/engine';
import { loadPolicy } from '@liyu/policy/node';
import type { Policy } from '@liyu/policy';
import { latestMetrics } from '../db/metrics-table.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { policyDir } from './config.js';
import { openBank } from './open-bank.js';
import type { Bank } from './open-bank.js';
import { parseOptions } from './parse-options.js';
import { faultsOf, readMetricLines } from './metric-rows.js';
import type { BadRow, MetricsLine } from './metric-rows.js';
import { writeLine } from './write-line.js';

/**
 * `liyu grade`: NDJSON metrics in, NDJSON assessments out, one at a time. Bad rows are told on
 * standard error, the rest is done; exit code 1 when there was one. Writes nothing to the database.
 */
export const grade: Command = async (args, terminal) => {
  const { in: file, variant } = options(args);
  const bank = file === undefined ? await openBank(terminal.env) : null;
  try {
    const policy = bank?.policy ?? loadPolicy(policyDir(terminal.env));
    const grader = compilePolicy(policy.files);
    let isGood = true;
    for await (const row of bank !== null
      ? databaseRows(bank)
      : readMetricLines(file!, terminal.stdin)) {
      const result = gradeRow(policy, grader, row, variant);
      if ('faults' in result) {
        isGood = false;
        for (const fault of result.faults) await writeLine(terminal.stderr, fault);
      } else {
        await writeLine(terminal.stdout, result.assessment);
      }
    }
    return isGood ? 0 : 1;
  } finally {
    await bank?.db.close();
  }
};

function options(args: string[]): { in: string | undefined; variant: GradeOptions['variant'] } {
  const values = parseOptions(args, {
    in: { type: 'string' },
    engine: { type: 'string', default: 'js' },
    variant: { type: 'string' },
  });
  if (values.engine === 'sql') throw new UsageError('--engine sql is not there yet');
  if (values.engine !== 'js') throw new UsageError(`--engine: no engine ${values.engine}`);
  const { variant } = values;
  if (variant !== undefined && variant !== 'neutral') {
    throw new UsageError(`--variant: no variant ${variant}`);
  }
  return { in: values.in, variant };
}

async function* databaseRows({ db, policy }: Bank): AsyncGenerator<MetricsLine> {
  let line = 0;
  for await (const { customer, metrics } of latestMetrics(db, policy.files.metrics)) {
    yield { line: ++line, values: { ...metrics, id: customer } };
  }
}

function gradeRow(
  policy: Policy,
  grader: Grader,
  row: MetricsLine,
  variant: GradeOptions['variant'],
): { assessment: object } | { faults: BadRow[] } {
  const faults = faultsOf(policy, row);
  if (faults.length > 0 || !('values' in row)) return { faults };
  const { id, ...metrics } = row.values as { id: string };
  try {
    return { assessment: assessmentOf(id, grader.grade(metrics, { variant })) };
  } catch (error) {
    // A policy whose bins leave out a value costs that row alone.
    return { faults: [{ line: row.line, id, field: null, message: (error as Error).message }] };
  }
}

function assessmentOf(id: string, graded: Grade): object {
  const { rung, score, neutralScore, points, knockouts, creditKnown, reasons } = graded;
  return { id, rung, score, neutralScore, points, knockouts, creditKnown, reasons };
}
