import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import { publishRecords } from '../bank/publish-records.js';
import { migrate } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { importFiles, readPlan } from '../import/import-files.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { databaseUrl, policyDir } from './config.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu import DIR --data D`: brings the files of D into the database as DIR says, all or nothing, and
 * writes one line of JSON: rows read by staging table, rows written by table, documents written.
 */
export const importCommand: Command = async ([dir, ...args], { env, stdout }) => {
  if (dir === undefined || dir.startsWith('-')) throw new UsageError('import: which directory?');
  const { data } = parseOptions(args, { data: { type: 'string' } });
  if (data === undefined) throw new UsageError('import: --data: which directory has the files?');
  const policy = loadPolicy(policyDir(env));
  const plan = await readPlan(dir);
  const db = await openDatabase(databaseUrl(env));
  try {
    await migrate(db, policy);
    const summary = await importFiles(db, plan, data, () =>
      publishRecords(db, collections, policy),
    );
    stdout.write(`${JSON.stringify(summary)}\n`);
  } finally {
    await db.close();
  }
  return 0;
};
