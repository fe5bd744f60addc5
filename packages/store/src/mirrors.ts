import { BehaviorSubject, filter, firstValueFrom } from 'rxjs';
import { collectionIn, deleteDatabases, mirrorsOf } from './database-names.js';
import { openDatabase } from './database.js';
import type { WrapStorage } from './database.js';
import type { Ledger } from './ledger.js';
import { leftUnsent } from './left-unsent.js';
import { Mirror } from './mirror.js';
import { SyncError } from './sync-error.js';

/** The mirror that this tab has open, and how the next one takes its place. */
export class Mirrors {
  /** Null while another mirror takes the place of this one, and after the end. */
  readonly current = new BehaviorSubject<Mirror | null>(null);

  constructor(
    /** Name of what lies here of the person; null when the store lives in memory. */
    private readonly name: string | null,
    private readonly ledger: Ledger,
    private readonly wrapStorage?: WrapStorage,
  ) {}

  /** Whether the ledger names another mirror than the one that is open. */
  get outdated(): boolean {
    const { value } = this.current;
    return value !== null && value.number !== this.ledger.value.mirror;
  }

  /** The mirror, when there is one. Throws when the store is closed. */
  async wait(): Promise<Mirror> {
    const found = this.current.pipe(filter((mirror) => mirror !== null));
    return firstValueFrom(found).catch(() => {
      throw new SyncError('signed_out', 'the store is closed');
    });
  }

  async open(): Promise<void> {
    const { mirror: number } = this.ledger.value;
    const opened = await openDatabase(this.name, number, this.wrapStorage);
    // Records of another schema can't be opened; they are pulled anew.
    const onOtherSchema = () => void this.ledger.drop(number);
    this.current.next(await Mirror.open(number, opened, onOtherSchema));
  }

  /**
   * Opens the mirror that the ledger names, after `release` has let go of the one that was open. The
   * tab that leads puts aside what is unsent in that one, and deletes it.
   */
  async replace(isLeading: () => boolean, release: () => Promise<void>): Promise<void> {
    const before = this.current.value;
    if (before === null) return;
    this.current.next(null);
    await release();
    // What can't be read now is swept later.
    const isAside = isLeading() && (await this.#putAside(before).catch(() => false));
    await before.close();
    await this.open();
    if (isAside) this.#delete(before.number);
  }

  async #putAside(mirror: Mirror): Promise<boolean> {
    const unsent =
      this.name === null || mirror.memory
        ? await mirror.unsent()
        : [...(await leftUnsent(this.name, mirror.number)), ...(await mirror.unsent('in memory'))];
    await this.ledger.putAside(mirror.number, unsent);
    return true;
  }

  /** Does what a tab that crashed while it replaced a mirror left undone. */
  async sweep(): Promise<void> {
    if (this.name === null) return;
    const { mirror, swept } = await this.ledger.read();
    const left = [...(await mirrorsOf(this.name)).keys()].filter((number) => number < mirror);
    for (const number of left.sort((a, b) => a - b)) {
      if (swept <= number) {
        await this.ledger.putAside(number, await leftUnsent(this.name, number));
      }
      this.#delete(number);
    }
  }

  /** Names of the collections that lie in a mirror, whichever tab opened them. */
  async stored(mirror: Mirror): Promise<Iterable<string>> {
    if (this.name === null) return mirror.names;
    return [...((await mirrorsOf(this.name)).get(mirror.number) ?? [])].map(collectionIn);
  }

  async close(): Promise<void> {
    const mirror = this.current.value;
    this.current.next(null);
    this.current.complete();
    await mirror?.close();
  }

  /** Deletes a mirror when every tab has let go of it; nobody waits for that. */
  #delete(number: number): void {
    if (this.name !== null) {
      void deleteDatabases(this.name, { mirror: number }).catch(() => undefined);
    }
  }
}
