import { compilePolicy } from '@liyu/engine';
import type { Grade, GradeOptions } from '@liyu/engine';
import { loadPolicy } from '@liyu/policy/node';
import type { Policy } from '@liyu/policy';
import { SqlGrader } from '../bank/sql-grader.js';
import type { Graded } from '../bank/sql-grader.js';
import type { Database } from '../db/database.js';
import { PAGE, latestMetrics } from '../db/metrics-table.js';
import { openDatabase } from '../db/open-database.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { databaseUrl, policyDir } from './config.js';
import { openBank } from './open-bank.js';
import type { Bank } from './open-bank.js';
import { parseOptions } from './parse-options.js';
import { faultsOf, readMetricLines } from './metric-rows.js';
import type { BadRow, MetricsLine } from './metric-rows.js';
import { writeLine } from './write-line.js';

/** What became of a row: its grade, or what standard error says of it. */
type Outcome = { id: string; grade: Grade } | { faults: readonly BadRow[] };
type Outcomes = AsyncIterable<Outcome>;

/**
 * `liyu grade`: NDJSON metrics in, NDJSON assessments out, in order. Bad rows are told on standard
 * error, the rest is done; exit code 1 when there was one. Writes nothing to the database: with
 * `--engine sql` rows of a file pass through a temporary table of it.
 */
export const grade: Command = async (args, { env, stdin, stdout, stderr }) => {
  const { in: file, engine, variant, full } = options(args);
  const print = async (outcomes: Outcomes): Promise<number> => {
    let code = 0;
    for await (const outcome of outcomes) {
      if ('faults' in outcome) {
        code = 1;
        for (const fault of outcome.faults) await writeLine(stderr, fault);
      } else {
        const { id, grade } = outcome;
        await writeLine(stdout, full ? { id, ...grade } : assessmentOf(id, grade));
      }
    }
    return code;
  };
  if (file === undefined) {
    const bank = await openBank(env);
    try {
      return await print(
        engine === 'sql'
          ? gradedInBook(bank, variant)
          : gradedHere(bank.policy, databaseRows(bank), variant),
      );
    } finally {
      await bank.db.close();
    }
  }
  const policy = loadPolicy(policyDir(env));
  const lines = readMetricLines(file, stdin);
  if (engine === 'js') return print(gradedHere(policy, lines, variant));
  const db = await openDatabase(databaseUrl(env));
  try {
    return await print(gradedThere(db, policy, lines, variant));
  } finally {
    await db.close();
  }
};

interface Options {
  in: string | undefined;
  engine: 'js' | 'sql';
  variant: GradeOptions['variant'];
  full: boolean;
}

function options(args: string[]): Options {
  const values = parseOptions(args, {
    in: { type: 'string' },
    engine: { type: 'string', default: 'js' },
    variant: { type: 'string' },
    full: { type: 'boolean', default: false },
  });
  const { engine, variant } = values;
  if (engine !== 'js' && engine !== 'sql') throw new UsageError(`--engine: no engine ${engine}`);
  if (variant !== undefined && variant !== 'neutral') {
    throw new UsageError(`--variant: no variant ${variant}`);
  }
  return { in: values.in, engine, variant, full: values.full };
}

async function* databaseRows({ db, policy }: Bank): AsyncGenerator<MetricsLine> {
  let line = 0;
  for await (const { customer, metrics } of latestMetrics(db, policy.files.metrics)) {
    yield { line: ++line, values: { ...metrics, id: customer } };
  }
}

/** Graded in this process. */
async function* gradedHere(
  policy: Policy,
  rows: AsyncIterable<MetricsLine>,
  variant: GradeOptions['variant'],
): AsyncGenerator<Outcome> {
  const grader = compilePolicy(policy.files);
  for await (const row of rows) {
    const faults = faultsOf(policy, row);
    if (faults.length > 0 || !('values' in row)) {
      yield { faults };
      continue;
    }
    const { id, ...metrics } = row.values as { id: string };
    try {
      yield { id, grade: grader.grade(metrics, { variant }) };
    } catch (error) {
      // A policy whose bins leave out a value costs that row alone.
      yield { faults: [{ line: row.line, id, field: null, message: (error as Error).message }] };
    }
  }
}

/** The latest metrics of every customer, graded where they are. */
async function* gradedInBook(
  { db, policy }: Bank,
  variant: GradeOptions['variant'],
): AsyncGenerator<Outcome> {
  const grader = sqlGrader(policy, variant);
  let line = 0;
  let after = '';
  for (;;) {
    const rows = await grader.page(db, after, 'infinity');
    for (const row of rows) yield outcomeOf(++line, row.customer, row);
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.customer;
  }
}

/** Rows of a file, graded in the database, a page at a time. */
async function* gradedThere(
  db: Database,
  policy: Policy,
  rows: AsyncIterable<MetricsLine>,
  variant: GradeOptions['variant'],
): AsyncGenerator<Outcome> {
  const grader = sqlGrader(policy, variant);
  let page: MetricsLine[] = [];
  const flush = async (): Promise<Outcome[]> => {
    const outcomes = await gradePage(db, grader, policy, page);
    page = [];
    return outcomes;
  };
  for await (const row of rows) {
    if (page.push(row) === PAGE) yield* await flush();
  }
  yield* await flush();
}

async function gradePage(
  db: Database,
  grader: SqlGrader,
  policy: Policy,
  page: readonly MetricsLine[],
): Promise<Outcome[]> {
  const named = page.flatMap((row) => (isNamed(row) ? [row] : []));
  const graded = await grader.given(
    db,
    named.map(({ values }) => values),
  );
  const found = new Map(named.map(({ line }, place) => [line, graded[place]!]));
  return page.map((row) =>
    isNamed(row)
      ? outcomeOf(row.line, row.values.id, found.get(row.line)!)
      : { faults: faultsOf(policy, row) },
  );
}

/** Whether a line has metrics and says whose. */
function isNamed(row: MetricsLine): row is { line: number; values: { id: string } } {
  return 'values' in row && typeof row.values.id === 'string' && row.values.id !== '';
}

function outcomeOf(line: number, id: string, graded: Graded): Outcome {
  if ('grade' in graded) return { id, grade: graded.grade };
  return { faults: graded.faults.map(({ field, message }) => ({ line, id, field, message })) };
}

function sqlGrader({ files }: Policy, variant: GradeOptions['variant']): SqlGrader {
  return new SqlGrader(files, { neutral: variant === 'neutral' ? 'TRUE' : 'FALSE' });
}

function assessmentOf(id: string, graded: Grade): object {
  const { rung, score, neutralScore, points, knockouts, creditKnown, reasons } = graded;
  return { id, rung, score, neutralScore, points, knockouts, creditKnown, reasons };
}
