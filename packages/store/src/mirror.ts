import { equal, pickPaths, shanghaiDate, withPaths } from '@liyu/model';
import type { Role } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { BehaviorSubject, combineLatest, map, of, switchMap } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import { isWritable, withoutMarks } from './database.js';
import type { LocalCollection, LocalDoc, OpenedDatabase } from './database.js';
import type { Ledger, Unsent } from './ledger.js';
import { OwnRecords, rejectionKey } from './own-records.js';
import type { Room } from './room.js';
import { nameIn } from './scopes.js';
import { SearchIndex } from './search-index.js';
import { searchables } from './search-text.js';

const COMPLETE = 'complete';
const PULLED = 'pulled';
/** RxDB's code for records that were written by another schema of the same version. */
const OTHER_SCHEMA = 'DB6';

/** The mirror of the server's records, as one tab has it open. Another tab may replicate it. */
export class Mirror {
  /** What belongs to this mirror alone. */
  readonly marks: OwnRecords;
  readonly #complete: BehaviorSubject<ReadonlySet<string>>;
  readonly #pulledOn = new BehaviorSubject<Readonly<Record<string, string>>>({});
  readonly #subscription: Subscription;
  readonly #names = new Set<string>();
  readonly #indexes = new Map<string, Promise<SearchIndex>>();

  private constructor(
    readonly number: number,
    private readonly opened: OpenedDatabase,
    complete: readonly string[],
    private readonly onOtherSchema: () => void,
  ) {
    this.marks = new OwnRecords(opened);
    this.#complete = new BehaviorSubject<ReadonlySet<string>>(new Set(complete));
    this.#subscription = this.#watch<string[]>(COMPLETE).subscribe(([kept, beside]) => {
      // What was once complete on the device isn't here.
      const here = (kept ?? []).filter((key) => !this.#isBeside(key));
      this.#complete.next(new Set([...here, ...(beside ?? [])]));
    });
    this.#subscription.add(
      this.#watch<Record<string, string>>(PULLED).subscribe(([kept, beside]) =>
        this.#pulledOn.next({ ...kept, ...beside }),
      ),
    );
  }

  /** `onOtherSchema` is called when a collection can't be opened, since its records are of another. */
  static async open(
    number: number,
    opened: OpenedDatabase,
    onOtherSchema: () => void,
  ): Promise<Mirror> {
    const marks = new OwnRecords(opened);
    const complete = (await marks.get<string[]>(COMPLETE)) ?? [];
    return new Mirror(number, opened, complete, onOtherSchema);
  }

  get memory(): boolean {
    return this.opened.memory;
  }

  /** Whether some of it is in memory, since there was no room: every tab has to pull that for itself. */
  get isPartial(): Observable<boolean> {
    return this.opened.beside.pipe(map((beside) => this.memory || beside !== null));
  }

  /** Room for what is pulled. */
  get room(): Room {
    return this.opened.room;
  }

  /** What belongs to a collection of this mirror alone. */
  marksOf(name: string): OwnRecords {
    const beside = this.opened.isBeside(name) ? this.opened.beside.value : null;
    return beside === null ? this.marks : new OwnRecords(beside);
  }

  #isBeside(key: string): boolean {
    return this.opened.isBeside(nameIn(key));
  }

  /** A mark of the mirror on the device, and of what is in memory beside it. */
  #watch<T>(key: string): Observable<[kept: T | null, beside: T | null]> {
    return this.opened.beside.pipe(
      switchMap((beside) =>
        combineLatest([
          this.marks.watch<T>(key),
          beside === null ? of(null) : new OwnRecords(beside).watch<T>(key),
        ]),
      ),
    );
  }

  /** Keys (`keyOf`) of what was once pulled to its end, by whichever tab. */
  get complete(): Observable<ReadonlySet<string>> {
    return this.#complete;
  }

  /** Day in Asia/Shanghai, by the clock of the device, on which each was last pulled to its end. */
  get pulledOn(): Observable<Readonly<Record<string, string>>> {
    return this.#pulledOn;
  }

  /** These were pulled to their end now. */
  async markComplete(keys: readonly string[]): Promise<void> {
    const names = new Set(keys.map(nameIn));
    for (const name of names) {
      const own = keys.filter((key) => nameIn(key) === name);
      await this.#mark(this.marksOf(name), own);
    }
  }

  async #mark(marks: OwnRecords, keys: readonly string[]): Promise<void> {
    const today = shanghaiDate(new Date().toISOString());
    if (keys.some((key) => this.#pulledOn.value[key] !== today)) {
      const days = Object.fromEntries(keys.map((key) => [key, today]));
      await marks.modify<Record<string, string>>(PULLED, (before) => ({ ...before, ...days }));
    }
    if (keys.every((key) => this.#complete.value.has(key))) return;
    await marks.modify<string[]>(COMPLETE, (before) => [...new Set([...(before ?? []), ...keys])]);
  }

  /** Names of the collections that were asked for. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /** Opens a collection when it is first asked for. Rejects once the mirror closes. */
  collection(name: string): Promise<LocalCollection> {
    this.#names.add(name);
    return this.opened.open(name).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === OTHER_SCHEMA) this.onOtherSchema();
      throw error;
    });
  }

  /** The texts of a collection that can be searched; made when they are first asked for. */
  searchIndex(name: string): Promise<SearchIndex> {
    const searchable = Object.keys(searchables).includes(name) ? searchables[name] : undefined;
    if (searchable === undefined) throw new RangeError(`${name} can't be searched`);
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = this.collection(name).then((collection) => new SearchIndex(collection, searchable));
      this.#indexes.set(name, index);
    }
    return index;
  }

  /**
   * Writes what the role may write of a record; all else stays as the server last said it. Nothing
   * happens when that is written already. An edit of a record that isn't here yet is put aside until
   * it is. A write that is not delivered yet gives way only to one that
   * was made knowing of it (`doc.pending`), or where fields merge; else it stands, and what is written
   * here is kept as a refusal. `isWhole` says that the collection was pulled to its end.
   */
  async write(
    name: string,
    doc: LocalDoc,
    { role, ledger, own }: { role: Role; ledger: Ledger; own: OwnRecords },
    isWhole = false,
  ): Promise<void> {
    const collection = await this.collection(name);
    const definition = collections[name];
    const paths = definition?.writable[role] ?? [];
    const change = pickPaths(doc, paths);
    const refused = rejectionKey(name, doc.id);
    const held = await collection.findOne(doc.id).exec();
    if (held !== null && equal(pickPaths(held.toMutableJSON(), paths), change)) {
      await own.remove(refused);
      return;
    }
    if (held === null && !isWhole && typeof doc.rev === 'number' && doc.rev > 0) {
      await Promise.all([ledger.setAside(name, withoutMarks(doc)), own.remove(refused)]);
      return;
    }
    await Promise.all([ledger.enter(name, doc.id), own.remove(refused)]);
    try {
      if (held === null) {
        await collection.insert({ ...withoutMarks(doc), pending: true });
        return;
      }
      let stands = false;
      await held.incrementalModify((now) => {
        stands = now.pending === true && doc.pending !== true && definition?.mergeFields !== true;
        return stands ? now : { ...withPaths(now, change), pending: true };
      });
      if (stands) {
        const at = new Date().toISOString();
        const refusal = { code: 'already_submitted', doc: withoutMarks(doc), at };
        await own.put(refused, refusal);
      }
    } catch (error) {
      const now = await collection.findOne(doc.id).exec();
      if (now?.get('pending') !== true) await ledger.strike(name, [doc.id]);
      throw error;
    }
  }

  /** Writes that the server hasn't taken, in the collections that were asked for, or in memory. */
  async unsent(which: 'all' | 'in memory' = 'all'): Promise<Unsent> {
    const found: Unsent = [];
    for (const name of this.#names) {
      if (which === 'in memory' && !this.opened.isBeside(name)) continue;
      const definition = collections[name];
      if (definition === undefined || !isWritable(definition)) continue;
      const collection = await this.collection(name);
      const docs = await collection.find({ selector: { pending: true } }).exec();
      if (docs.length > 0) found.push([name, docs.map((doc) => doc.toMutableJSON())]);
    }
    return found;
  }

  async close(): Promise<void> {
    this.#subscription.unsubscribe();
    for (const index of this.#indexes.values()) {
      void index.then(
        (opened) => opened.close(),
        () => undefined,
      );
    }
    await this.opened.close();
  }
}
