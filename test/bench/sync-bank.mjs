// A bank to sync with: every customer has a few records, the first one as many as a page and more.
import { collections } from '@liyu/model/schemas';
import { exampleOf } from '../../packages/model/src/example.testing.js';
import { writeBatch } from '../../packages/server/src/sync/write-docs.js';

/** Records of the customer who is pulled from. */
const MANY = 3_000;
const FEW = 5;
const BATCH = 1_000;

export const customerOf = (n) => `c${String(n).padStart(7, '0')}`;

const both = (text) => ({ 'zh-CN': text, en: text });

/** A record of the timeline. */
export function careEvent(customer, n, note = null) {
  return {
    id: `${customer}:e${n}`,
    rev: 0,
    customer,
    rule: 'BIRTHDAY',
    kind: 'CARE',
    on: '2026-11-26',
    title: both('生日祝福'),
    note: note === null ? null : both(note),
    state: 'planned',
    owner: both('客户经理'),
    ownerName: '李晓雯',
    channel: null,
    survey: null,
  };
}

/** Returns how many records there are; `many` of them are the first customer's. */
export async function fillBank(db, customers, many = MANY) {
  let pending = [];
  let total = 0;
  const flush = async () => {
    const writes = pending.map((doc) => ({ coll: 'careEvents', doc }));
    await db.transaction((tx) => writeBatch(tx, collections, writes));
    total += pending.length;
    pending = [];
  };
  for (let n = 0; n < customers; n++) {
    const customer = customerOf(n);
    for (let i = 0; i < (n === 0 ? many : FEW); i++) {
      pending.push(careEvent(customer, i));
      if (pending.length === BATCH) await flush();
    }
  }
  await flush();
  const first = { ...exampleOf(collections.customers.schema), id: customerOf(0) };
  await db.transaction((tx) => writeBatch(tx, collections, [{ coll: 'customers', doc: first }]));
  await db.query('DELETE FROM outbox');
  await db.query('ANALYZE');
  return total;
}
