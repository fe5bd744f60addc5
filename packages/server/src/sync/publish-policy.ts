import { forCustomers } from '@liyu/policy';
import type { Policy } from '@liyu/policy';
import type { Doc } from '@liyu/model';
import type { Database } from '../db/database.js';
import { POLICY_SCOPE } from './scope.js';
import { writeDocs } from './write-docs.js';
import type { Collections } from './write-docs.js';

/** Puts the policy's projection for customers in force; the same policy again writes nothing. */
export async function publishPolicy(
  db: Database,
  collections: Collections,
  policy: Policy,
): Promise<void> {
  await writeDocs(db, collections, POLICY_SCOPE, [policyWrite(policy)]);
}

/** What there is to write for customers. */
export function policyWrite(policy: Policy): { coll: string; doc: Doc } {
  const { version, hash } = policy;
  const doc: Doc = { id: 'current', rev: 0, version, hash, files: forCustomers(policy) };
  return { coll: 'policies', doc };
}
