import { createHash } from 'node:crypto';

/** Digest of records as docs/sync.md has it: how many, and the sum of what is made of each. */
export function digestOf(docs: readonly { id: string; rev?: unknown }[]): {
  count: number;
  sum: string;
} {
  let sum = 0n;
  for (const { id, rev } of docs) {
    const hash = createHash('sha256')
      .update(`${id}|${String(rev)}`)
      .digest();
    sum += hash.readBigUInt64BE();
  }
  return { count: docs.length, sum: BigInt.asUintN(64, sum).toString() };
}
