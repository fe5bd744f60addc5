import type { ArchiveEntry } from './archive-entry.js';
import type { Rule } from './define-collection.js';
import { shanghaiDate } from './shanghai.js';
import { isUuidV7 } from './uuid-v7.js';

/** Why an entry in the archive is refused. */
export const ARCHIVE_REJECTS = [
  /** Not a client manager or care manager. */
  'forbidden',
  /** The id is no UUIDv7. */
  'not_uuid',
  /** Entries are never edited. */
  'append_only',
  /** An entry says something. */
  'text_missing',
] as const;
export type ArchiveReject = (typeof ARCHIVE_REJECTS)[number];

/** Managers append to a customer's archive; the server says when and by whom. */
export const archiveRule: Rule = (master, next, { actor, now }) => {
  const { id, text } = next as unknown as ArchiveEntry;
  const isManager =
    actor.duties.includes('client-manager') || actor.duties.includes('care-manager');
  if (actor.role !== 'staff' || actor.manager === null || !isManager) {
    return { reject: 'forbidden' };
  }
  if (master !== null) return { reject: 'append_only' };
  if (!isUuidV7(id)) return { reject: 'not_uuid' };
  if (text.trim() === '') return { reject: 'text_missing' };
  const author = { on: shanghaiDate(now), by: actor.manager, byName: actor.name ?? '' };
  return { master: { ...next, ...author }, also: [] };
};
