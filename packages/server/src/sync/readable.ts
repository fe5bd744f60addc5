import { fields } from '@liyu/model/schemas';
import type { Collection, Role } from '@liyu/model';
import type { Collections } from './write-docs.js';

/** The collection of this name, when there is one and it is for the role; a role that may not see ids
 * may not know of it at all. */
export function readable(
  collections: Collections,
  coll: string,
  role: Role,
): Collection | undefined {
  const collection = Object.hasOwn(collections, coll) ? collections[coll] : undefined;
  const id = collection?.schema.def.shape.id;
  const isForRole = id !== undefined && fields.get(id)?.audience.includes(role) === true;
  return isForRole ? collection : undefined;
}
