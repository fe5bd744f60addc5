import { getChangedDocumentsSince } from 'rxdb/plugins/core';
import { Subject, auditTime, from, startWith, switchMap } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import type { LocalCollection, LocalDoc } from './database.js';
import { fold } from './search-text.js';
import type { Searchable } from './search-text.js';
import { sortSmoothly, yieldToPage } from './smoothly.js';

export interface Sort {
  /** Name of a key: for customers `id`, `name`, `branch`, `rung`, `since`. */
  by: string;
  descending?: boolean;
  /** Values of the key in the order they come in, such as rungs; by the value itself without. */
  order?: readonly string[];
}

export interface FindOptions {
  /** Words that all have to occur, in any case and width. */
  search?: string;
  sort?: Sort;
  offset?: number;
  limit?: number;
}

/** A page of what was found. */
export interface Page {
  docs: readonly LocalDoc[];
  /** Number of all records that were found. */
  total: number;
}

interface Entry {
  id: string;
  text: string;
  keys: Record<string, string | null>;
}

/** Records that are read at a time when an index is made. */
const BATCH = 500;
/** Changes within this time are shown together. */
const SETTLE_MS = 200;
const DEFAULT_LIMIT = 50;
const ABC = new Intl.Collator('zh-CN', { numeric: true });

/**
 * The short texts of all records of a collection in memory, kept up by the collection's changes. A
 * search compares texts, never patterns; only the records of the page that is shown are read.
 */
export class SearchIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #changes = new Subject<void>();
  readonly #subscription: Subscription;
  readonly #filled: Promise<void>;
  /** The ids in an order that was asked for, until something changes. */
  readonly #orders = new Map<string, Promise<readonly Entry[]>>();

  constructor(
    private readonly collection: LocalCollection,
    private readonly searchable: Searchable,
  ) {
    this.#subscription = collection.eventBulks$.subscribe(({ events }) => {
      for (const { documentId, documentData, operation } of events) {
        if (operation === 'DELETE') this.#entries.delete(documentId);
        else this.#enter(documentData as LocalDoc);
      }
      this.#touch();
    });
    this.#filled = this.#fill();
  }

  /** A page, live. Throws a RangeError for a key that the collection isn't sorted by. */
  find(options: FindOptions): Observable<Page> {
    const { by = 'id' } = options.sort ?? {};
    if (!Object.keys(this.searchable.keys).includes(by)) throw new RangeError(`no sort by ${by}`);
    return from(this.#filled).pipe(
      switchMap(() => this.#changes.pipe(auditTime(SETTLE_MS), startWith(undefined))),
      switchMap(() => this.#look(options)),
    );
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.#changes.complete();
    this.#entries.clear();
  }

  async #look({
    search = '',
    sort,
    offset = 0,
    limit = DEFAULT_LIMIT,
  }: FindOptions): Promise<Page> {
    const words = fold(search).split(/\s+/).filter(Boolean);
    const sorted = await this.#sorted(sort ?? { by: 'id' });
    const found =
      words.length === 0
        ? sorted
        : sorted.filter(({ text }) => words.every((word) => text.includes(word)));
    const total = found.length;
    const first = sort?.descending === true ? total - offset - limit : offset;
    const ids = found.slice(Math.max(0, first), Math.max(0, first + limit)).map(({ id }) => id);
    if (sort?.descending === true) ids.reverse();
    return { docs: await this.#read(ids), total };
  }

  async #read(ids: string[]): Promise<LocalDoc[]> {
    if (ids.length === 0) return [];
    const found = await this.collection.storageInstance.findDocumentsById(ids, false);
    const docs = new Map(
      found.map(({ _meta, _rev, _attachments, _deleted, ...doc }) => [doc.id, doc as LocalDoc]),
    );
    return ids.map((id) => docs.get(id)).filter((doc) => doc !== undefined);
  }

  #sorted({ by, order }: Sort): Promise<readonly Entry[]> {
    const key = JSON.stringify([by, order]);
    let sorted = this.#orders.get(key);
    if (sorted === undefined) {
      const rank = order === undefined ? null : new Map(order.map((value, i) => [value, i]));
      sorted = sortSmoothly([...this.#entries.values()], (a, b) => compare(a, b, by, rank));
      this.#orders.set(key, sorted);
    }
    return sorted;
  }

  /** Reads all records once, a batch at a time; what changes meanwhile comes by the changes. */
  async #fill(): Promise<void> {
    const { storageInstance } = this.collection;
    let checkpoint: unknown;
    for (;;) {
      const batch = await getChangedDocumentsSince(storageInstance, BATCH, checkpoint);
      for (const doc of batch.documents) {
        if (!doc._deleted && !this.#entries.has(doc.id)) this.#enter(doc);
      }
      if (batch.documents.length < BATCH) break;
      checkpoint = batch.checkpoint;
      await yieldToPage();
    }
    this.#touch();
  }

  #enter(doc: LocalDoc): void {
    const texts = this.searchable.texts(doc).filter((text) => typeof text === 'string');
    const keys = Object.fromEntries(
      Object.entries(this.searchable.keys).map(([name, read]) => {
        const value = read(doc);
        return [name, typeof value === 'string' ? value : null];
      }),
    );
    this.#entries.set(doc.id, { id: doc.id, text: fold(texts.join('\n')), keys });
  }

  #touch(): void {
    this.#orders.clear();
    this.#changes.next();
  }
}

function compare(a: Entry, b: Entry, by: string, rank: ReadonlyMap<string, number> | null): number {
  const [left, right] = [a.keys[by] ?? null, b.keys[by] ?? null];
  if (left !== right) {
    if (left === null) return 1;
    if (right === null) return -1;
    const order =
      rank === null
        ? ABC.compare(left, right)
        : (rank.get(left) ?? rank.size) - (rank.get(right) ?? rank.size);
    if (order !== 0) return order;
  }
  return a.id < b.id ? -1 : 1;
}
