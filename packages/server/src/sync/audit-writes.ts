import type { Queryable } from '../db/database.js';
import { appendAudit } from './audit-trail.js';
import type { Author, Happening } from './audit-trail.js';

/** A record that was written, with the version that its scope got by it. */
export interface WrittenRecord {
  scope: string;
  coll: string;
  id: string;
  rev: number;
  ver: number;
  deleted: boolean;
}

/** Adds each record that a person wrote to the trail; of the bank's own, one row for each scope. */
export async function auditWrites(
  tx: Queryable,
  author: Author,
  written: readonly WrittenRecord[],
): Promise<void> {
  await appendAudit(tx, author, author === 'bank' ? byScope(written) : written.map(single));
}

function single({ scope, coll, id, rev, ver, deleted }: WrittenRecord): Happening {
  const action = deleted ? 'delete' : rev === 1 ? 'create' : 'update';
  return { scope, action, coll, record: `${coll}/${id}`, field: null, version: ver, records: 1 };
}

function byScope(written: readonly WrittenRecord[]): Happening[] {
  const scopes = new Map<string, Happening>();
  for (const { scope, ver } of written) {
    const known = scopes.get(scope);
    scopes.set(scope, {
      ...{ scope, action: 'publish', coll: null, record: null, field: null },
      version: Math.max(known?.version ?? 0, ver),
      records: (known?.records ?? 0) + 1,
    });
  }
  return [...scopes.values()];
}
