import { BehaviorSubject } from 'rxjs';
import { Backoff } from './backoff.js';

/** What RxDB says it writes for when it replicates; it skips what fails then, and goes on behind it. */
const REPLICATING = /^replication-|^add-connected-storage-to-collection$/;

interface Instance {
  bulkWrite(rows: never, context: string): Promise<unknown>;
}
interface Storage {
  createStorageInstance(params: never): Promise<Instance>;
}

/**
 * Room on the device for what is replicated. A write that finds none waits until there is some: RxDB
 * would take what it didn't store for stored, and read on behind it.
 */
export class Room {
  /** Whether something waits. */
  readonly full = new BehaviorSubject(false);
  readonly #backoff = new Backoff(500, 10_000);
  #waiting = 0;
  #ended = false;
  /** Whether something was given up: what would be written after it must not be. */
  #lost = false;

  /** Lets what is replicated from now on wait. */
  begin(): void {
    this.#ended = this.#lost = false;
  }

  /** Gives up what waits, and what finds no room from now on; it is pulled again the next time. */
  end(): void {
    this.#ended = true;
    this.wake();
  }

  /** Looks again at once whether there is room. */
  wake(): void {
    this.#backoff.wake();
  }

  /** Makes what RxDB writes into a storage, when it replicates, wait for room. */
  guard<S extends Storage>(storage: S): S {
    const create = storage.createStorageInstance.bind(storage);
    storage.createStorageInstance = async (params) => {
      const instance = await create(params);
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = (rows, context) =>
        REPLICATING.test(context) ? this.#write(() => write(rows, context)) : write(rows, context);
      return instance;
    };
    return storage;
  }

  async #write<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      if (this.#lost) throw new Error('what came before could not be stored');
      try {
        const written = await write();
        this.#backoff.reset();
        return written;
      } catch (error) {
        if (!isFull(error)) throw error;
        if (this.#ended) {
          this.#lost = true;
          throw error;
        }
        await this.#wait();
      }
    }
  }

  async #wait(): Promise<void> {
    this.#waiting += 1;
    this.full.next(true);
    await this.#backoff.sleep();
    this.#waiting -= 1;
    this.full.next(this.#waiting > 0);
  }
}

/** Whether the browser refused to store something since there is no room. */
export function isFull(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = (cause as { inner?: unknown }).inner) {
    if (cause.name === 'QuotaExceededError') return true;
  }
  return false;
}
