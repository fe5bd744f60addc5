import { openDatabase } from '../db/open-database.js';

/** The URL of a new database of the server: a copy of `template`, or an empty one. */
export async function createDatabase(
  url: string,
  name: string,
  template = 'template1',
): Promise<string> {
  const admin = await openDatabase(url);
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  await admin.close();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
