import { equal } from '@liyu/model';
import type { LocalDoc } from './database.js';
import type { OwnRecords } from './own-records.js';

type Sent = Readonly<Record<string, readonly LocalDoc[]>>;

/**
 * The records of a collection as they were sent, until they are stored as the server has them. It
 * outlives the page: what the server holds of an earlier write, whose answer was lost or came while the
 * person wrote on, must not look like somebody else's.
 */
export class SentWrites {
  readonly #key: string;

  constructor(
    private readonly marks: Pick<OwnRecords, 'modify'>,
    collection: string,
  ) {
    this.#key = `sent:${collection}`;
  }

  /** Adds what is about to be sent; gives what was there before, by id. */
  async add(docs: readonly LocalDoc[]): Promise<ReadonlyMap<string, readonly LocalDoc[]>> {
    let before: Sent = {};
    await this.marks.modify<Sent>(this.#key, (now) => {
      before = now ?? {};
      const after = { ...before };
      for (const doc of docs) {
        const earlier = before[doc.id] ?? [];
        if (!earlier.some((one) => equal(one, doc))) after[doc.id] = [...earlier, doc];
      }
      return after;
    });
    return new Map(Object.entries(before));
  }

  /** These are stored as the server has them. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.marks.modify<Sent>(this.#key, (now) =>
      Object.fromEntries(Object.entries(now ?? {}).filter(([id]) => !ids.includes(id))),
    );
  }
}
