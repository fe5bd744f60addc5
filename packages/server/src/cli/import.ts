import { collections } from '@liyu/model/schemas';
import { publishRecords } from '../bank/publish-records.js';
import { importFiles, readPlan } from '../import/import-files.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { openBank } from './open-bank.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu import DIR --data D`: brings the files of D into the database as DIR says, all or nothing, and
 * writes one line of JSON: rows read by staging table, rows written by table, documents written.
 */
export const importCommand: Command = async ([dir, ...args], { env, stdout }) => {
  if (dir === undefined || dir.startsWith('-')) throw new UsageError('import: which directory?');
  const { data } = parseOptions(args, { data: { type: 'string' } });
  if (data === undefined) throw new UsageError('import: --data: which directory has the files?');
  const plan = await readPlan(dir);
  const { db, policy } = await openBank(env);
  try {
    const summary = await importFiles(db, plan, data, () =>
      publishRecords(db, collections, policy),
    );
    stdout.write(`${JSON.stringify(summary)}\n`);
  } finally {
    await db.close();
  }
  return 0;
};
