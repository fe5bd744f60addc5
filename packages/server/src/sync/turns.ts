/** Thrown when too many wait for the same turn. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

/** How many may wait for one key. */
const LONGEST = 64;

/**
 * Lets those who want the same thing in, one after another. Writers of a scope wait for each other in
 * the database anyway; here they wait without holding one of its connections.
 */
export class Turns {
  readonly #queues = new Map<string, { last: Promise<unknown>; length: number }>();

  /** Runs `work` after those before it. Throws QueueFull, or what `work` throws. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? { last: Promise.resolve(), length: 0 };
    if (queue.length >= LONGEST) throw new QueueFull();
    this.#queues.set(key, queue);
    queue.length += 1;
    const mine = queue.last.then(work);
    queue.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      queue.length -= 1;
      if (queue.length === 0) this.#queues.delete(key);
    }
  }
}
