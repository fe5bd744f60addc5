import { equal } from '@liyu/model';
import { project } from '@liyu/model/schemas';
import type { Audience, Collection, Doc } from '@liyu/model';
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
 * fields that the caller may write are compared; all others come from what is held.
 */
export function judge(
  collection: Collection,
  scope: string,
  audience: Audience,
  held: StoredDoc | null,
  { newDocumentState: state, assumedMasterState: assumed }: PushRow,
): Judgement {
  const master = held === null || held.deleted ? null : held.doc;
  if (collection.apply === undefined) return { kind: 'reject', code: 'forbidden' };
  if (state._deleted === true) {
    return master === null ? { kind: 'ok' } : { kind: 'reject', code: 'forbidden' };
  }

  const sent = project(collection, state as Doc, audience);
  const parsed = collection.schema.safeParse(
    master === null ? { ...sent, rev: 0 } : { ...master, ...pick(sent, collection.writable) },
  );
  if (!parsed.success || !isStorable(parsed.data)) return { kind: 'reject', code: 'invalid' };
  if (collection.scopeOf({ ...master, ...sent }) !== scope) {
    return { kind: 'reject', code: 'forbidden' };
  }
  const next = parsed.data as Doc;

  const isCreate = assumed === undefined || assumed === null || assumed._deleted === true;
  if (master === null) {
    // Deleted here, or never known: an edit of it is void either way.
    if (held !== null || !isCreate) return { kind: 'reject', code: 'gone' };
    return { kind: 'ask', master, next };
  }
  const mine = pick(project(collection, master, audience), collection.writable);
  if (equal(mine, pick(project(collection, next, audience), collection.writable))) {
    return { kind: 'ok' };
  }
  if (isCreate || !equal(mine, pick(assumed, collection.writable))) return { kind: 'conflict' };
  return { kind: 'ask', master, next };
}

function pick(
  record: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(record, name)).map((name) => [name, record[name]]),
  );
}
