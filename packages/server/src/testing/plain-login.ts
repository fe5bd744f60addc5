import { openDatabase } from '../db/open-database.js';
import { createDatabase } from './create-database.js';

/**
 * The URL of a new database that belongs to a new login of the same name: neither a superuser nor one
 * that passes row-level security, unless `attributes` say so.
 */
export async function plainLogin(url: string, name: string, attributes = ''): Promise<string> {
  const own = new URL(await createDatabase(url, name));
  const admin = await openDatabase(url);
  await admin.query(`CREATE ROLE "${name}" LOGIN PASSWORD 'x' ${attributes}`);
  await admin.query(`ALTER DATABASE ${name} OWNER TO ${name}`);
  await admin.close();
  own.username = name;
  own.password = 'x';
  return own.href;
}
