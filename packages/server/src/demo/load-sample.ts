import type { Policy } from '@liyu/policy';
import type { SamplePerson } from '@liyu/sample';
import { publishRecords } from '../bank/publish-records.js';
import { reassess } from '../bank/reassess.js';
import type { Database, Queryable } from '../db/database.js';
import { addMetrics } from '../db/metrics-table.js';
import { writeBatch } from '../sync/write-docs.js';
import type { Collections } from '../sync/write-docs.js';

/** People who are stored in one transaction. */
const PAGE = 250;

export interface SampleSize {
  /** How many customers; the named ones come first. */
  size: number;
  seed?: number;
  /** Day the bank stands on, ISO 8601. */
  today: string;
}

/**
 * Puts an invented bank into the database, from its files to graded customers. A customer who is there
 * already stays as they are, with all they did. Returns how many came.
 */
export async function loadSample(
  { db, collections, policy }: { db: Database; collections: Collections; policy: Policy },
  size: SampleSize,
): Promise<number> {
  const { sampleBank } = await import('@liyu/sample');
  const bank = sampleBank({ policy, ...size });
  await addRows(db, 'branches', bank.branches);
  await addRows(db, 'managers', bank.managers);
  let count = 0;
  let people: SamplePerson[] = [];
  const flush = async () => {
    count += await db.transaction((tx) => addPeople(tx, collections, policy, people));
    people = [];
  };
  for (const person of bank.people()) if (people.push(person) === PAGE) await flush();
  await flush();
  if (count === 0) return 0;
  await publishRecords(db, collections, policy);
  await reassess(db, collections, policy, size.today);
  return count;
}

async function addPeople(
  tx: Queryable,
  collections: Collections,
  policy: Policy,
  people: readonly SamplePerson[],
): Promise<number> {
  const ids = JSON.stringify(people.map(({ customer }) => customer.customer));
  const known = await tx.query<{ customer: string }>(
    `SELECT c.customer FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN customers c ON c.customer = k.customer`,
    [ids],
  );
  const there = new Set(known.map(({ customer }) => customer));
  const fresh = people.filter(({ customer }) => !there.has(customer.customer));
  if (fresh.length === 0) return 0;
  await addRows(
    tx,
    'customers',
    fresh.map(({ customer }) => customer),
  );
  await addRows(
    tx,
    'holdings',
    fresh.flatMap(({ holdings }) => holdings),
  );
  await addRows(
    tx,
    'events',
    fresh.flatMap(({ events }) => events),
  );
  await addMetrics(
    tx,
    policy.files.metrics,
    fresh.map(({ metrics }) => metrics),
  );
  await writeBatch(
    tx,
    collections,
    fresh.flatMap(({ documents }) => documents),
  );
  return fresh.length;
}

/** Stores rows whose key isn't there yet; others stay as they are. */
async function addRows(
  db: Queryable,
  table: 'branches' | 'managers' | 'customers' | 'holdings' | 'events',
  rows: readonly object[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first).join(', ');
  await db.query(
    `INSERT INTO ${table} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
