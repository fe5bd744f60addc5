// A bank to sync with: every customer has a few records, the first one as many as a page and more.
import { collections } from '@liyu/model/schemas';
import { writeBatch } from '../../packages/server/src/sync/write-docs.js';

/** Records of the customer who is pulled from. */
export const MANY = 3_000;
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
    kind: 'BIRTHDAY',
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

/** Returns how many records there are. */
export async function fillBank(db, customers) {
  let pending = [];
  let total = 0;
  const flush = async () => {
    const writes = pending.map((doc) => {
      const body = { ...doc };
      delete body.id;
      delete body.rev;
      const { id, customer } = doc;
      return { scope: `c:${customer}`, coll: 'careEvents', id, body, deleted: false };
    });
    await db.transaction((tx) => writeBatch(tx, collections, writes));
    total += pending.length;
    pending = [];
  };
  for (let n = 0; n < customers; n++) {
    const customer = customerOf(n);
    for (let i = 0; i < (n === 0 ? MANY : FEW); i++) {
      pending.push(careEvent(customer, i));
      if (pending.length === BATCH) await flush();
    }
  }
  await flush();
  await db.query('DELETE FROM outbox');
  await db.query('ANALYZE');
  return total;
}
