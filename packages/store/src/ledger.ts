import { equal } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { BehaviorSubject } from 'rxjs';
import type { Subscription } from 'rxjs';
import type { LocalDoc } from './database.js';
import type { OwnRecords } from './own-records.js';

/** Records by the name of their collection. */
export type Unsent = [name: string, docs: LocalDoc[]][];

/** What a person's tabs have to agree on; one local document, so that it changes as a whole. */
export interface LedgerState {
  /** Number of the mirror in use. It counts up when the server's history, or a schema, is another. */
  mirror: number;
  /** Versions of the schemas that its records are kept by, by collection. */
  schemas?: Readonly<Record<string, number>>;
  /** Number of the first mirror whose unsent writes have not been put aside. */
  swept: number;
  /** Ids of records with a write that the server hasn't taken, by collection. */
  writes: Readonly<Record<string, readonly string[]>>;
  /** Unsent writes of mirrors that were dropped; they go into the next one once it is pulled. */
  aside: Unsent;
}

const KEY = 'ledger';
/** The schemas that this page knows. */
const SCHEMAS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.values(collections).map(({ name, version }) => [name, version]),
);
const EMPTY: LedgerState = { mirror: 0, swept: 0, writes: {}, aside: [] };

/**
 * What isn't delivered, and which mirror is in use. It lies beside the mirror and is the same in every
 * tab. A write is entered before it is made: after a crash the count is too high for a moment at most.
 */
export class Ledger {
  readonly changes: BehaviorSubject<LedgerState>;
  readonly #subscription: Subscription;

  private constructor(
    private readonly own: OwnRecords,
    first: LedgerState,
  ) {
    this.changes = new BehaviorSubject(first);
    this.#subscription = own.watch<LedgerState>(KEY).subscribe((state) => {
      if (state !== null) this.changes.next(state);
    });
  }

  static async open(own: OwnRecords): Promise<Ledger> {
    return new Ledger(own, (await own.get<LedgerState>(KEY)) ?? EMPTY);
  }

  get value(): LedgerState {
    return this.changes.value;
  }

  /** What is true now, whatever this tab has heard of. */
  async read(): Promise<LedgerState> {
    return (await this.own.getStored<LedgerState>(KEY)) ?? EMPTY;
  }

  /** Whether the page knows every collection in the version that its records are kept by. */
  get isOwn(): boolean {
    return isSame(this.value.schemas ?? SCHEMAS);
  }

  /** Goes on with the schemas that this page knows; with another mirror when one has changed. */
  async adopt(): Promise<void> {
    const { schemas } = this.value;
    if (schemas !== undefined && equal(schemas, SCHEMAS)) return;
    await this.#modify((state) => {
      const isKept = isSame(state.schemas ?? SCHEMAS);
      return { ...state, schemas: SCHEMAS, mirror: isKept ? state.mirror : state.mirror + 1 };
    });
  }

  /** Enters a write that is about to be made, or is made. */
  async enter(name: string, id: string): Promise<void> {
    await this.#modify((state) => withIds(state, name, (ids) => new Set([...ids, id])));
  }

  /** Strikes writes out that the server took or refused. */
  async strike(name: string, gone: readonly string[]): Promise<void> {
    if (!gone.some((id) => this.value.writes[name]?.includes(id))) return;
    await this.#modify((state) =>
      withIds(state, name, (ids) => new Set(ids.filter((id) => !gone.includes(id)))),
    );
  }

  /** Begins the next mirror, unless another tab has done so. */
  async drop(mirror: number): Promise<void> {
    await this.#modify((state) =>
      state.mirror === mirror ? { ...state, mirror: mirror + 1 } : state,
    );
  }

  /** Puts the unsent writes of the mirror of that number aside, once. */
  async putAside(mirror: number, unsent: Unsent): Promise<void> {
    await this.#modify((state) =>
      state.swept > mirror
        ? state
        : {
            ...state,
            swept: mirror + 1,
            writes: without(state.writes, unsent),
            aside: [...state.aside, ...unsent],
          },
    );
  }

  /** Keeps a write until what it was written on is here. */
  async setAside(name: string, doc: LocalDoc): Promise<void> {
    await this.#modify((state) => ({ ...state, aside: [...state.aside, [name, [doc]]] }));
  }

  /** Forgets a write that was put aside and is in the present mirror now. */
  async takeBack(name: string, taken: LocalDoc): Promise<void> {
    await this.#modify((state) => ({
      ...state,
      aside: state.aside
        .map(([coll, docs]): Unsent[number] => [
          coll,
          coll === name ? docs.filter((doc) => !equal(doc, taken)) : docs,
        ])
        .filter(([, docs]) => docs.length > 0),
    }));
  }

  close(): void {
    this.#subscription.unsubscribe();
  }

  async #modify(change: (state: LedgerState) => LedgerState): Promise<void> {
    await this.own.modify<LedgerState>(KEY, (before) => change(before ?? EMPTY));
  }
}

/** Whether all collections that are known to both are of the same version. */
function isSame(schemas: Readonly<Record<string, number>>): boolean {
  return Object.entries(schemas).every(([name, version]) => (SCHEMAS[name] ?? version) === version);
}

/** Number of records with a write that the server hasn't taken. */
export function countUnsent({ writes, aside }: LedgerState): number {
  const keys = new Set<string>();
  for (const [name, ids] of Object.entries(writes)) for (const id of ids) keys.add(`${name}/${id}`);
  for (const [name, docs] of aside) for (const { id } of docs) keys.add(`${name}/${id}`);
  return keys.size;
}

function withIds(
  state: LedgerState,
  name: string,
  change: (ids: readonly string[]) => ReadonlySet<string>,
): LedgerState {
  return { ...state, writes: { ...state.writes, [name]: [...change(state.writes[name] ?? [])] } };
}

function without(writes: LedgerState['writes'], unsent: Unsent): LedgerState['writes'] {
  const moved = new Map(unsent.map(([name, docs]) => [name, new Set(docs.map(({ id }) => id))]));
  return Object.fromEntries(
    Object.entries(writes).map(([name, ids]) => [
      name,
      ids.filter((id) => moved.get(name)?.has(id) !== true),
    ]),
  );
}
