import { auditChain, hashOf, rulesByHash } from '@liyu/engine/node';
import type { Misfit } from '@liyu/engine/node';
import { createHash } from 'node:crypto';
import type { Assessment } from '@liyu/model';
import type { Database } from '../db/database.js';
import { policyByHash } from './policy-in-force.js';

/** Customers whose assessments are in memory at a time. */
const PAGE = 500;

export interface Audited {
  customers: number;
  assessments: number;
  /** Customers with an assessment that doesn't fit. */
  misfits: number;
  /**
   * SHA-256, hexadecimal, over the hashes of every customer's newest assessment, in the order of customers:
   * whoever keeps it outside of the database sees later whether the past was rewritten as a whole.
   */
  head: string;
}

/**
 * Runs every stored assessment of a customer, or of all, again by the rules it was made by, and tells of
 * each customer the first one that doesn't fit. Reads only.
 */
export async function auditAssessments(
  db: Database,
  customer: string | null,
  onMisfit: (misfit: Misfit & { customer: string }) => void,
): Promise<Audited> {
  const rules = rulesByHash((hash) => policyByHash(db, hash));
  const head = createHash('sha256');
  const sum = { customers: 0, assessments: 0, misfits: 0 };
  for await (const chain of chains(db, customer)) {
    sum.customers += 1;
    sum.assessments += chain.length;
    const newest = chain.at(-1)!;
    head.update(hashOf(newest));
    const misfit = await auditChain(chain, rules);
    if (misfit === null) continue;
    sum.misfits += 1;
    onMisfit({ customer: newest.customer, ...misfit });
  }
  return { ...sum, head: head.digest('hex') };
}

/** The assessments of one customer after the other, the oldest first. */
async function* chains(db: Database, customer: string | null): AsyncGenerator<Assessment[]> {
  let after = '';
  for (;;) {
    const rows = await db.query<{ customer: string; id: string; rev: number; body: object }>(
      `SELECT d.customer, d.id, d.rev, d.body
       FROM (SELECT DISTINCT customer FROM doc
         WHERE coll = 'assessments' AND NOT deleted AND customer > $1
           AND ($2::text IS NULL OR customer = $2)
         ORDER BY customer LIMIT ${PAGE}) k
       JOIN doc d ON d.customer = k.customer AND d.coll = 'assessments' AND NOT d.deleted
       ORDER BY d.customer, d.id`,
      [after, customer],
    );
    let chain: Assessment[] = [];
    let seen = 0;
    for (const row of rows) {
      if (chain.length > 0 && chain[0]!.customer !== row.customer) {
        yield chain;
        chain = [];
      }
      if (row.customer !== after) seen += 1;
      after = row.customer;
      chain.push({ id: row.id, rev: row.rev, ...row.body } as Assessment);
    }
    if (chain.length > 0) yield chain;
    if (seen < PAGE) return;
  }
}
