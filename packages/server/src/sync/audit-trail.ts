import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '@liyu/model';
import { canonicalJson } from '@liyu/policy/node';
import type { Queryable } from '../db/database.js';

/** Who is behind what happened: a person who signed in, or the bank's own systems. */
export type Author = { actor: Actor; at: string } | 'bank';

/** What happened in a scope, as whoever did it knows it; the trail keeps pseudonyms of what names anyone. */
export interface Happening {
  scope: string;
  action: 'create' | 'update' | 'delete' | 'publish' | 'reveal' | 'erase';
  coll: string | null;
  /** What tells the record from all others; only its pseudonym is kept. */
  record: string | null;
  field: string | null;
  version: number;
  /** How many records it is about. */
  records: number;
}

/** A row of the trail without its hash; what is bytes in the database is hexadecimal here. */
export interface AuditRow extends Omit<Happening, 'scope' | 'action'> {
  chain: string;
  n: number;
  /** ISO 8601 in UTC. */
  at: string;
  action: string;
  actor_kind: string;
  actor: string | null;
}

/** Hash before the first row of a chain. */
export const NO_HASH = '';

interface Chain {
  chain: string;
  key: string;
  n: number;
  hash: string;
  isNew: boolean;
}

/**
 * Adds to the trail, in the transaction of what happened. The scopes must be locked, so that a chain
 * grows by one writer at a time.
 */
export async function appendAudit(
  tx: Queryable,
  author: Author,
  happenings: readonly Happening[],
): Promise<void> {
  if (happenings.length === 0) return;
  const chains = await chainsOf(tx, [...new Set(happenings.map(({ scope }) => scope))]);
  const at = author === 'bank' ? new Date().toISOString() : author.at;
  const rows = happenings.map(({ scope, record, ...what }) => {
    const chain = chains.get(scope)!;
    const row: AuditRow = {
      ...what,
      chain: chain.chain,
      n: ++chain.n,
      at,
      record: record === null ? null : pseudonym(chain.key, record),
      actor_kind: author === 'bank' ? 'bank' : author.actor.role,
      actor: author === 'bank' ? null : pseudonym(chain.key, nameOf(author.actor)),
    };
    chain.hash = auditHash(row, chain.hash);
    return { ...row, hash: chain.hash };
  });
  const created = [...chains].flatMap(([scope, { chain, key, isNew }]) =>
    isNew ? [{ scope, chain, key }] : [],
  );
  // Before the rows: the database takes those of a chain whose key it finds.
  if (created.length > 0) {
    await tx.query(
      `INSERT INTO audit_key (scope, chain, key)
       SELECT scope, chain, decode(key, 'hex')
       FROM jsonb_to_recordset($1::jsonb) AS k(scope text, chain uuid, key text)`,
      [JSON.stringify(created)],
    );
  }
  await tx.query(
    `WITH r AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
         chain uuid, n bigint, at timestamptz, action text, coll text, record text, field text,
         version bigint, records bigint, actor_kind text, actor text, hash text
       )
     ), heads AS (
       INSERT INTO audit_head (chain, n, hash)
       SELECT DISTINCT ON (chain) chain, n, decode(hash, 'hex') FROM r ORDER BY chain, n DESC
       ON CONFLICT (chain) DO UPDATE SET n = excluded.n, hash = excluded.hash
     )
     INSERT INTO audit (chain, n, at, action, coll, record, field, version, records, actor_kind, actor, hash)
     SELECT chain, n, at, action, coll, decode(record, 'hex'), field, version, records, actor_kind,
       decode(actor, 'hex'), decode(hash, 'hex')
     FROM r`,
    [JSON.stringify(rows)],
  );
}

/** SHA-256, hexadecimal, of a row and of the hash of the one before it in its chain. */
export function auditHash(row: AuditRow, previous: string): string {
  return createHash('sha256')
    .update(canonicalJson({ ...row, previous }))
    .digest('hex');
}

/** Name, hexadecimal, that only who has the key of the scope can trace back to whom or what it stands for. */
export function pseudonym(key: string, name: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(name).digest('hex').slice(0, 32);
}

/** The chains of scopes as they stand, with new ones for scopes that have none. */
async function chainsOf(tx: Queryable, scopes: readonly string[]): Promise<Map<string, Chain>> {
  const found = await tx.query<Omit<Chain, 'isNew'> & { scope: string }>(
    `SELECT k.scope, k.chain::text AS chain, encode(k.key, 'hex') AS key, h.n,
       encode(h.hash, 'hex') AS hash
     FROM jsonb_array_elements_text($1::jsonb) AS s(scope)
     JOIN audit_key k ON k.scope = s.scope JOIN audit_head h ON h.chain = k.chain`,
    [JSON.stringify(scopes)],
  );
  const chains = new Map<string, Chain>(
    found.map(({ scope, ...chain }) => [scope, { ...chain, isNew: false }]),
  );
  for (const scope of scopes) {
    if (chains.has(scope)) continue;
    const key = randomBytes(32).toString('hex');
    chains.set(scope, { chain: randomUUID(), key, n: 0, hash: NO_HASH, isNew: true });
  }
  return chains;
}

/** What a person's pseudonym is made of; a customer and a manager may have the same number. */
function nameOf({ role, customer, manager }: Actor): string {
  return `${role}:${customer ?? manager ?? ''}`;
}
