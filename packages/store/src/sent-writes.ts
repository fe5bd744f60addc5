import { equal } from '@liyu/model';
import type { LocalDoc } from './database.js';
import type { OwnRecords } from './own-records.js';

/**
 * The records of a collection as they were sent, until they are stored as the server has them. It
 * outlives the page: what the server holds of an earlier write, whose answer was lost or came while the
 * person wrote on, must not look like somebody else's.
 */
export class SentWrites {
  readonly #key: string;

  constructor(
    private readonly marks: Pick<OwnRecords, 'get' | 'put'>,
    collection: string,
  ) {
    this.#key = `sent:${collection}`;
  }

  /** Adds what is about to be sent; gives what was there before, by id. */
  async add(docs: readonly LocalDoc[]): Promise<ReadonlyMap<string, readonly LocalDoc[]>> {
    const before = await this.#read();
    const after = { ...before };
    for (const doc of docs) {
      const earlier = before[doc.id] ?? [];
      if (!earlier.some((one) => equal(one, doc))) after[doc.id] = [...earlier, doc];
    }
    await this.marks.put(this.#key, after);
    return new Map(Object.entries(before));
  }

  /** These are stored as the server has them. */
  async remove(ids: readonly string[]): Promise<void> {
    const before = await this.#read();
    if (!ids.some((id) => id in before)) return;
    const left = Object.entries(before).filter(([id]) => !ids.includes(id));
    await this.marks.put(this.#key, Object.fromEntries(left));
  }

  async #read(): Promise<Record<string, LocalDoc[]>> {
    return (await this.marks.get<Record<string, LocalDoc[]>>(this.#key)) ?? {};
  }
}
