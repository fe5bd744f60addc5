import type { LocalDoc } from './database.js';
import type { OwnRecords } from './own-records.js';

/**
 * Records of a collection that were pulled while a write of them was on its way, until they are stored:
 * RxDB skips them (docs/decisions/0003).
 */
export class HeldRecords {
  constructor(
    private readonly marks: OwnRecords,
    private readonly collection: string,
  ) {}

  async get(id: string): Promise<LocalDoc | null> {
    return this.marks.get<LocalDoc>(this.#key(id));
  }

  async put(doc: LocalDoc): Promise<void> {
    await this.marks.put(this.#key(doc.id), doc);
  }

  /** These are stored as the server has them: what was held is in them, or older. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      if ((await this.get(id)) !== null) await this.marks.put(this.#key(id), null);
    }
  }

  #key(id: string): string {
    return `held:${this.collection}:${id}`;
  }
}
