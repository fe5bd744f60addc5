import { equal, pickPaths, withPaths } from '@liyu/model';
import { project } from '@liyu/model/schemas';
import type { Collection, Doc, Role } from '@liyu/model';
import { isStorable } from './storable.js';
import type { StoredDoc } from './stored-doc.js';

/** What a client sends of one record: how it is to be, and how the client last knew it. */
export interface PushRow {
  newDocumentState: Readonly<Record<string, unknown>>;
  assumedMasterState?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What is decided before the collection's rule is asked. */
export type Judgement =
  | { kind: 'ok' }
  /** Somebody else wrote in between; the client gets what is held. */
  | { kind: 'conflict' }
  | { kind: 'reject'; code: string }
  | { kind: 'ask'; master: Doc | null; next: Doc };

/**
 * Judges a row as far as the record itself allows: schema, scope, equal to what is held, base check.
 * Equality comes first, so that a push whose answer was lost is right when it comes again. Only
 * fields that the role may write are compared; all others come from what is held.
 */
export function judge(
  collection: Collection,
  scope: string,
  role: Role,
  held: StoredDoc | null,
  { newDocumentState: state, assumedMasterState: assumed }: PushRow,
): Judgement {
  const master = held === null || held.deleted ? null : held.doc;
  const writable = collection.writable[role];
  if (collection.apply === undefined || writable.length === 0) {
    return { kind: 'reject', code: 'forbidden' };
  }
  if (state._deleted === true) {
    return master === null ? { kind: 'ok' } : { kind: 'reject', code: 'forbidden' };
  }

  const isCreate = assumed === undefined || assumed === null || assumed._deleted === true;
  const merges = collection.mergeFields === true && !isCreate;
  const base = isCreate ? {} : pickPaths(assumed, writable);
  const sent = project(collection, state as Doc, role);
  const written = Object.entries(pickPaths(sent, writable));
  // Where fields merge, one that the caller didn't touch stays as it is held.
  const edits = Object.fromEntries(
    merges ? written.filter(([path, value]) => !equal(value, base[path])) : written,
  );
  const parsed = collection.schema.safeParse(
    master === null ? { ...sent, rev: 0 } : withPaths(master, edits),
  );
  if (!parsed.success || !isStorable(parsed.data)) return { kind: 'reject', code: 'invalid' };
  if (collection.scopeOf({ ...master, ...sent }) !== scope) {
    return { kind: 'reject', code: 'forbidden' };
  }
  const next = parsed.data as Doc;

  if (master === null) {
    // Deleted here, or never known: an edit of it is void either way.
    if (held !== null || !isCreate) return { kind: 'reject', code: 'gone' };
    return { kind: 'ask', master, next };
  }
  const mine = pickPaths(project(collection, master, role), writable);
  if (equal(mine, pickPaths(project(collection, next, role), writable))) return { kind: 'ok' };
  if (collection.contains?.(master, next) === true) return { kind: 'ok' };
  if (isCreate) return { kind: 'conflict' };
  const isContested = (path: string) =>
    !equal(mine[path], base[path]) && !(merges && equal(mine[path], edits[path]));
  if ((merges ? Object.keys(edits) : writable).some(isContested)) return { kind: 'conflict' };
  return { kind: 'ask', master, next };
}
