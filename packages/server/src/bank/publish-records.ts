import type { Policy } from '@liyu/policy';
import type { Database, Queryable } from '../db/database.js';
import { customerScope } from '../sync/scope.js';
import { readCollectionOf } from '../sync/stored-doc.js';
import { writeBatch } from '../sync/write-docs.js';
import type { BatchWrite, Collections } from '../sync/write-docs.js';
import { lockScopes } from '../sync/write-records.js';
import { customerRecord } from './customer-record.js';
import type { CustomerRow } from './customer-record.js';
import { holdingId, holdingRecord } from './holding-record.js';
import type { HoldingRow } from './holding-record.js';

/** Customers whose records are made and written at a time. */
const PAGE = 1_000;

/**
 * Makes the records that follow from tables `customers` and `holdings` of the bank, masked, and writes
 * those that changed, a page of customers in a transaction: nobody's writes wait for the whole bank, and
 * it may be run again after a failure. What customers set themselves (language, preferences) and the tier stay as they
 * are held. Returns how many were written.
 */
export async function publishRecords(
  db: Database,
  collections: Collections,
  policy: Policy,
): Promise<number> {
  const { channelLabels } = policy.files['care-playbook'];
  let written = 0;
  for (let after = ''; ;) {
    const page = await db.transaction((tx) => publishPage(tx, collections, channelLabels, after));
    written += page.written;
    if (page.last === null) return written;
    after = page.last;
  }
}

/** Writes the records of the customers after one; `last` is null after the last page. */
async function publishPage(
  tx: Queryable,
  collections: Collections,
  channelLabels: Policy['files']['care-playbook']['channelLabels'],
  after: string,
): Promise<{ written: number; last: string | null }> {
  const ids = await customersAfter(tx, after);
  // Before they are read: what a customer sets meanwhile must not be overwritten, and who is erased
  // meanwhile must not come back.
  await lockScopes(tx, ids.map(customerScope));
  const rows = await customerRows(tx, ids);
  const held = await readCollectionOf(tx, ids, 'customers');
  const writes: BatchWrite[] = rows.map((row) => ({
    coll: 'customers',
    doc: customerRecord(row, held.get(row.customer)?.[0] ?? null, channelLabels),
  }));
  writes.push(...(await holdingWrites(tx, ids)));
  const written = await writeBatch(tx, collections, writes);
  return { written, last: ids.length < PAGE ? null : (ids.at(-1) ?? null) };
}

async function customersAfter(tx: Queryable, after: string): Promise<string[]> {
  const rows = await tx.query<{ customer: string }>(
    'SELECT customer FROM customers WHERE customer > $1 ORDER BY customer LIMIT $2',
    [after, PAGE],
  );
  return rows.map(({ customer }) => customer);
}

function customerRows(tx: Queryable, customers: readonly string[]): Promise<CustomerRow[]> {
  return tx.query<CustomerRow>(
    `SELECT c.*,
       to_jsonb(b) AS branch_row, to_jsonb(m) AS client_manager_row, to_jsonb(k) AS care_manager_row
     FROM jsonb_array_elements_text($1::jsonb) AS i(customer)
     JOIN customers c ON c.customer = i.customer
     LEFT JOIN branches b ON b.branch = c.branch
     LEFT JOIN managers m ON m.manager = c.client_manager
     LEFT JOIN managers k ON k.manager = c.care_manager
     ORDER BY c.customer`,
    [JSON.stringify(customers)],
  );
}

/** The holdings of customers; one that is no longer in the table is deleted. */
async function holdingWrites(tx: Queryable, customers: readonly string[]): Promise<BatchWrite[]> {
  const rows = await tx.query<HoldingRow>(
    `SELECT h.* FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN holdings h ON h.customer = k.customer ORDER BY h.customer, h.id`,
    [JSON.stringify(customers)],
  );
  const current = new Set(rows.map(holdingId));
  const held = await readCollectionOf(tx, customers, 'holdings');
  const closed = [...held].flatMap(([customer, docs]) =>
    docs
      .filter(({ id }) => !current.has(id))
      .map(({ id }): BatchWrite => {
        return { coll: 'holdings', scope: customerScope(customer), id, deleted: true };
      }),
  );
  return [...rows.map((row) => ({ coll: 'holdings', doc: holdingRecord(row) })), ...closed];
}
