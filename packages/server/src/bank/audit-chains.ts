import { createHash } from 'node:crypto';
import type { Database, Queryable } from '../db/database.js';
import { isoText } from '../db/iso-text.js';
import { NO_HASH, auditHash, pseudonym } from '../sync/audit-trail.js';
import type { AuditRow } from '../sync/audit-trail.js';
import { customerScope } from '../sync/scope.js';
import { LOOK_COLUMNS, lookName } from './reveal.js';
import type { Look } from './reveal.js';

/** Rows of the trail in memory at a time. */
const PAGE = 2_000;

export interface ChainMisfit {
  /** Null when the chain is of a customer who was erased. */
  scope: string | null;
  /** `CHAIN/N` of the row, or `CHAIN` where rows are missing at the end. */
  id: string;
  field: string;
  message: string;
}

export interface ChainsAudited {
  chains: number;
  rows: number;
  /** Chains with a row that doesn't fit. */
  misfits: number;
  /**
   * SHA-256, hexadecimal, over the last hash of every chain, in their order: whoever keeps it outside of
   * the database sees later whether a chain was rewritten as a whole.
   */
  head: string;
}

interface Row extends AuditRow {
  hash: string;
  scope: string | null;
  key: string | null;
  head_n: number | null;
  head_hash: string | null;
  look: Look | null;
}

/**
 * Checks every chain of the audit trail, or that of one customer, and tells of each the first row that
 * doesn't fit. Chains whose key was deleted are checked like all others. Reads only.
 */
export async function auditChains(
  db: Database,
  customer: string | null,
  onMisfit: (misfit: ChainMisfit) => void,
): Promise<ChainsAudited> {
  const scope = customer === null ? null : customerScope(customer);
  const head = createHash('sha256');
  const sum = { chains: 0, rows: 0, misfits: 0 };
  const report = (misfit: ChainMisfit | null) => {
    if (misfit === null) return false;
    sum.misfits += 1;
    onMisfit(misfit);
    return true;
  };
  let last: Row | null = null;
  let isBroken = false;
  const finish = () => {
    if (last === null) return;
    sum.chains += 1;
    head.update(last.hash);
    if (!isBroken) report(endMisfit(last));
  };
  for await (const row of rowsOf(db, scope)) {
    if (last?.chain !== row.chain) {
      finish();
      last = null;
      isBroken = false;
    }
    sum.rows += 1;
    if (!isBroken) isBroken = report(rowMisfit(row, last));
    last = row;
  }
  finish();
  for (const misfit of await emptied(db, scope)) report(misfit);
  return { ...sum, head: head.digest('hex') };
}

function rowMisfit(row: Row, before: Row | null): ChainMisfit | null {
  const misfit = (field: string, message: string): ChainMisfit => ({
    scope: row.scope,
    id: `${row.chain}/${row.n}`,
    field,
    message,
  });
  if (row.n !== (before?.n ?? 0) + 1) return misfit('n', 'the row before it is missing');
  const { hash, scope: _scope, key, head_n: _n, head_hash: _hash, look, ...content } = row;
  if (hash !== auditHash(content, before?.hash ?? NO_HASH)) {
    return misfit('hash', 'is not the hash of the row and the one before it');
  }
  if (row.action !== 'reveal' || key === null) return null;
  if (look === null) return misfit('record', 'what was looked at is missing');
  if (pseudonym(key, lookName(look)) !== row.record) {
    return misfit('record', 'is not who looked, at what and why');
  }
  return null;
}

function endMisfit({ scope, chain, n, hash, head_n: headN, head_hash: headHash }: Row) {
  if (headN === n && headHash === hash) return null;
  const message = headN === null ? 'the chain has no head' : `the head is row ${headN}, not ${n}`;
  return { scope, id: chain, field: 'head', message };
}

async function* rowsOf(db: Queryable, scope: string | null): AsyncGenerator<Row> {
  let after = { chain: '00000000-0000-0000-0000-000000000000', n: 0 };
  for (;;) {
    const rows = await db.query<Row>(
      `SELECT a.chain::text AS chain, a.n, ${isoText('a.at')} AS at, a.action, a.coll,
         encode(a.record, 'hex') AS record, a.field, a.version, a.records, a.actor_kind,
         encode(a.actor, 'hex') AS actor, encode(a.hash, 'hex') AS hash,
         k.scope, encode(k.key, 'hex') AS key,
         h.n AS head_n, encode(h.hash, 'hex') AS head_hash, to_jsonb(l) AS look
       FROM audit a
       LEFT JOIN audit_key k ON k.chain = a.chain
       LEFT JOIN audit_head h ON h.chain = a.chain
       LEFT JOIN LATERAL (
         SELECT ${LOOK_COLUMNS} FROM reveal
         WHERE a.action = 'reveal' AND customer = substr(k.scope, 3) AND n = a.version
       ) l ON true
       WHERE (a.chain, a.n) > ($1::uuid, $2) AND ($3::text IS NULL OR k.scope = $3)
       ORDER BY a.chain, a.n LIMIT ${PAGE}`,
      [after.chain, after.n, scope],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last;
  }
}

/** Chains with a head or a key, but without a row. */
async function emptied(db: Queryable, scope: string | null): Promise<ChainMisfit[]> {
  const rows = await db.query<{ scope: string | null; chain: string }>(
    `SELECT k.scope, chain::text AS chain
     FROM audit_key k FULL JOIN audit_head h USING (chain)
     WHERE NOT EXISTS (SELECT FROM audit a WHERE a.chain = coalesce(k.chain, h.chain))
       AND ($1::text IS NULL OR k.scope = $1)
     ORDER BY chain`,
    [scope],
  );
  return rows.map((row) => ({
    scope: row.scope,
    id: row.chain,
    field: 'head',
    message: 'the chain has no rows',
  }));
}
