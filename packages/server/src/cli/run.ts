import { PolicyError } from '@liyu/policy/node';
import { KeySetError } from '../auth/key-set.js';
import { DatabaseError } from '../db/database.js';
import { ImportError } from '../import/import-error.js';
import { ConformanceError } from '../conformance/conformance-error.js';
import { UsageError } from './command.js';
import type { Command, Terminal } from './command.js';
import { CursorError } from '../bank/export.js';
import { ConfigError } from './config.js';

const USAGE = `liyu: a customer-care kit for retail banks

  liyu serve [--demo]      takes requests; --demo adds invented customers and tokens for anyone
  liyu migrate             brings the database up to date
  liyu grade [--in FILE] [--engine js|sql] [--variant neutral] [--full]
                           grades metrics, NDJSON in and out; FILE - is standard input; without
                           --in, the latest metrics of every customer in the database; sql grades
                           in the database, of which it changes nothing; --full tells all of it
  liyu path --target RUNG --in FILE
                           the cheapest path of each customer to a rung, NDJSON in and out
  liyu import DIR --data D brings the files of D into the database as DIR/import.json and
                           DIR/import.sql say, all or nothing
  liyu reassess --date D [--shard N/OF]
                           the evaluation of D's month, over the whole book: writes assessments and
                           entitlements; may be run again; --shard 2/4 does the second of four
                           parts, which may run at once
  liyu audit [CUSTOMER]    runs stored assessments again and checks the audit trail; names the first
                           of each that doesn't fit
  liyu erase CUSTOMER      deletes all there is of a customer and has devices drop it
  liyu policy check DIR    says what is wrong with the rules in DIR, or their version and hash
  liyu policy diff A B [--json]
                           who would move between rungs, gain and lose benefits, or be owed a
                           notice if the rules of folder B replaced those of A; parity by group
  liyu policy publish DIR --maker M --checker C
                           puts the rules in DIR in force on the database; two people sign
  liyu export [--since CURSOR]
                           NDJSON of what customers and staff wrote after the line with that cursor
  liyu sample [--customers 1000] [--seed 1] [--date D]
                           adds an invented bank, for trying; refuses NODE_ENV=production
  liyu gc [--keep DAYS]    collects what says only that a record is gone, kept for DAYS (90) at
                           least; a device that was away for longer pulls anew
  liyu epoch bump          after a backup was restored: devices pull anew
  liyu conformance URL --tokens FILE [--json]
                           holds a server against the sync contract, with two test customers

Settings come from the environment: DATABASE_URL (pglite:DIR, pglite:memory or postgres://…, by
default pglite:.liyu/db), LIYU_POLICY_DIR, LOG_LEVEL; for serve also PORT (8787), HOST (127.0.0.1),
LIYU_JWKS_URL or LIYU_JWKS_FILE, LIYU_ISSUER, LIYU_AUDIENCE, LIYU_ORIGINS, METRICS_PORT (/metrics
for Prometheus there; without it none).

Exit code: 0 done, 1 something was wrong with the input, 2 wrong usage.
`;

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.js')).serve,
  migrate: async () => (await import('./migrate.js')).migrate,
  grade: async () => (await import('./grade.js')).grade,
  path: async () => (await import('./path.js')).path,
  import: async () => (await import('./import.js')).importCommand,
  reassess: async () => (await import('./reassess.js')).reassess,
  audit: async () => (await import('./audit.js')).audit,
  erase: async () => (await import('./erase.js')).erase,
  policy: async () => (await import('./policy.js')).policy,
  export: async () => (await import('./export.js')).exportCommand,
  sample: async () => (await import('./sample.js')).sample,
  gc: async () => (await import('./gc.js')).gc,
  epoch: async () => (await import('./epoch.js')).epoch,
  conformance: async () => (await import('./conformance.js')).conformance,
};

/** Errors whose message is for whoever typed the command; others are faults of Liyu. */
const TOLD = [
  ConfigError,
  ConformanceError,
  CursorError,
  DatabaseError,
  ImportError,
  KeySetError,
  PolicyError,
];

/** Runs `liyu` with its arguments. Resolves to the exit code; throws what is a fault of Liyu. */
export async function run([name, ...args]: string[], terminal: Terminal): Promise<number> {
  if (name === '--help' || name === '-h' || args.includes('--help')) {
    terminal.stdout.write(USAGE);
    return 0;
  }
  try {
    const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (load === undefined) {
      throw new UsageError(name === undefined ? 'which command?' : `no command ${name}`);
    }
    const command = await load();
    return await command(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.stderr.write(`liyu: ${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (TOLD.some((kind) => error instanceof kind) || isSystemError(error)) {
      terminal.stderr.write(`liyu: ${(error as Error).message}\n`);
      return 1;
    }
    throw error;
  }
}

/** Whether the system refused something that the command named: a port in use, a missing file. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
