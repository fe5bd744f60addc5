import type { LocalCollection } from '../../packages/store/src/database.js';
import type { PlainCollection } from './plain-replication.js';

/** What the puller asks of a collection of RxDB. */
export function asCollection(plain: PlainCollection): LocalCollection {
  const found = (selector: Record<string, unknown>) =>
    plain
      .all()
      .filter((doc) =>
        Object.entries(selector).every(([field, value]) =>
          field === 'via'
            ? doc.via?.includes((value as { $elemMatch: { $eq: string } }).$elemMatch.$eq)
            : doc[field] === value,
        ),
      );
  return {
    storageInstance: {
      findDocumentsById: (ids: string[]) =>
        Promise.resolve(ids.flatMap((id) => plain.all().filter((doc) => doc.id === id))),
    },
    find: ({ selector }: { selector: Record<string, unknown> }) => ({
      exec: () =>
        Promise.resolve(
          found(selector).map((doc) => ({
            id: doc.id,
            toMutableJSON: () => {
              const { _deleted, ...rest } = structuredClone(doc);
              return rest;
            },
          })),
        ),
    }),
  } as unknown as LocalCollection;
}
