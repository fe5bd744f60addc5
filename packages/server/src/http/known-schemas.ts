import type { Role } from '@liyu/model';
import { collectionAt } from '@liyu/model/schemas';
import { readable } from '../sync/readable.js';
import type { Collections } from '../sync/write-docs.js';
import { Problem } from './problem.js';

/** Versions of the schemas that a page knows, by collection. */
export type KnownSchemas = ReadonlyMap<string, number>;

/** Longest text that is read: some forty collections. */
const LONGEST = 1_000;

/** Reads `cases.0,surveys.1`; nothing is known of a page that says nothing. Throws a Problem. */
export function readKnownSchemas(text = ''): KnownSchemas {
  if (text.length > LONGEST) throw new Problem('bad_request', { field: 'sv' });
  const known = new Map<string, number>();
  for (const item of text === '' ? [] : text.split(',')) {
    const [, coll, version] = /^(\w+)\.(\d{1,9})$/.exec(item) ?? [];
    if (coll === undefined) throw new Problem('bad_request', { field: 'sv' });
    known.set(coll, Number(version));
  }
  return known;
}

/** The collections among them for which a pull would get 426. */
export function unservedOf(known: KnownSchemas, collections: Collections, role: Role): string[] {
  return [...known].flatMap(([coll, version]) => {
    const collection = readable(collections, coll, role);
    return collection !== undefined && collectionAt(collection, version) === null ? [coll] : [];
  });
}
