import { collections } from '@liyu/model/schemas';
import { publishRules } from '../bank/publish-rules.js';
import { migrateSchema } from '../db/migrate.js';
import { openDatabase } from '../db/open-database.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { databaseUrl, policyDir } from './config.js';
import { parseOptions } from './parse-options.js';
import { checkedPolicy } from './policy-check.js';

/**
 * `liyu policy publish DIR --maker M --checker C`: puts the rules of a folder in force on the database,
 * once they are checked and two people answer for them. Prints one line of JSON; `published` is false
 * when they were in force already, and nothing is written.
 */
export const policyPublish: Command = async ([dir, ...args], { env, stdout, stderr }) => {
  if (dir === undefined || dir.startsWith('-')) {
    throw new UsageError('policy publish: which directory?');
  }
  const options = parseOptions(args, { maker: { type: 'string' }, checker: { type: 'string' } });
  const maker = nameOf('--maker', 'who made the rules?', options.maker);
  const checker = nameOf('--checker', 'who checked the rules?', options.checker);
  if (folded(maker) === folded(checker)) {
    stderr.write(`liyu: --checker: ${checker} made the rules; somebody else must check them\n`);
    return 1;
  }
  const policy = checkedPolicy(dir, stderr);
  if (policy === null) return 1;
  const db = await openDatabase(databaseUrl(env));
  try {
    await migrateSchema(db);
    const published = await publishRules(db, collections, policy, { maker, checker });
    const { version, hash } = policy;
    stdout.write(`${JSON.stringify({ published, version, hash })}\n`);
    if (!published) stderr.write(`liyu: ${version} ${hash} is in force already; nothing written\n`);
    if (policyDir(env) !== undefined) {
      stderr.write('liyu: LIYU_POLICY_DIR is set: where it is, it wins over what is published\n');
    }
  } finally {
    await db.close();
  }
  return 0;
};

function nameOf(option: string, question: string, value: string | undefined): string {
  const name = value?.trim() ?? '';
  if (name === '') throw new UsageError(`policy publish: ${option}: ${question}`);
  return name;
}

/** The same for names that differ in nothing but case or width of letters and white space. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
