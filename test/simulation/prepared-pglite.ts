import { PGlite } from '@electric-sql/pglite';
import type { Database, Queryable } from '../../packages/server/src/db/database.js';
import { parsers } from '../../packages/server/src/db/pglite.js';

/** What PREPARE takes. */
const PREPARABLE = /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/;

/**
 * PGlite as `openPglite` opens it, but for its statements, which are parsed and planned once and not
 * each time: a simulation runs the same few thousands of times, and most of each went into that.
 */
export async function openPreparedPglite(): Promise<Database> {
  const pglite = await PGlite.create({ dataDir: 'memory://', parsers });
  await pglite.exec('SET plan_cache_mode = force_generic_plan');
  const names = new Map<string, string>();
  let count = 0;
  const prepared = (on: Pick<PGlite, 'query' | 'exec'>): Queryable => ({
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => {
      if (!PREPARABLE.test(sql)) return (await on.query<Row>(sql, [...params])).rows;
      let name = names.get(sql);
      if (name === undefined) {
        name = `s${++count}`;
        await on.exec(`PREPARE ${name} AS ${sql}`);
        names.set(sql, name);
      }
      const values = params.length === 0 ? '' : `(${params.map(literal).join(', ')})`;
      const [result] = await on.exec(`EXECUTE ${name}${values}`);
      return result!.rows as Row[];
    },
  });
  return {
    ...prepared(pglite),
    transaction: (work) => pglite.transaction((tx) => work(prepared(tx))),
    close: () => pglite.close(),
  };
}

/** A parameter as SQL; of which type it is, the statement says. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'`;
  if (value instanceof Date) return `'${value.toISOString()}'`;
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number' || typeof value === 'boolean') return `'${String(value)}'`;
  throw new TypeError('a parameter of a type that no statement had so far');
}
