import type { Caller } from '../auth/caller.js';
import type { Change, ChangeFeed } from '../sync/change-feed.js';
import { readable } from '../sync/readable.js';
import type { Collections } from '../sync/write-docs.js';
import { unservedOf } from './known-schemas.js';
import type { KnownSchemas } from './known-schemas.js';
import { Problem } from './problem.js';

/** Streams that one subject, and one node, may hold open. */
const PER_SUBJECT = 4;
const PER_NODE = 1_000;
/** Hints that wait for a slow reader before its stream is cut; it reconnects and pulls. */
const BACKLOG = 256;

type Goodbye = 'expired' | 'shutdown' | 'slow';

/** An open answer of GET /sync/v1/events. */
class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #isOpen = true;
  readonly #onEnd: () => void;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: () => {
          this.#end();
        },
      },
      { highWaterMark: BACKLOG },
    );
  }

  send(event: string, data: object): void {
    if (!this.#isOpen) return;
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#controller.enqueue(new TextEncoder().encode(text));
    if (event !== 'bye' && (this.#controller.desiredSize ?? 0) <= 0) this.bye('slow');
  }

  bye(reason: Goodbye): void {
    if (!this.#isOpen) return;
    this.send('bye', { reason });
    this.#controller.close();
    this.#end();
  }

  #end(): void {
    this.#isOpen = false;
    this.#onEnd();
  }
}

export interface EventStreamsOptions {
  /** Time between two pings, in ms. */
  ping: number;
  /** Clock, in ms since 1970. */
  now: () => number;
  /** Say which hints are for whom. */
  collections: Collections;
}

/** The open event streams of this node: hints to pull, never data. One timer pings them all. */
export class EventStreams {
  readonly #feed: ChangeFeed;
  readonly #open = new Map<EventStream, string>();
  readonly #ping: NodeJS.Timeout;
  readonly #now: () => number;
  readonly #collections: Collections;
  #isDraining = false;

  constructor(feed: ChangeFeed, options: EventStreamsOptions) {
    const { ping, now, collections } = options;
    this.#feed = feed;
    this.#now = now;
    this.#collections = collections;
    this.#ping = setInterval(() => {
      for (const stream of this.#open.keys()) stream.send('ping', {});
    }, ping).unref();
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Opens a stream for the scopes of a caller, until the token ends. `known` are the versions of the
   * schemas that the page knows, as far as it says. Throws a Problem: 429 above the limits, 503 while
   * the node shuts down.
   */
  async open(
    { subject, actor, scopes, expires }: Caller,
    known: KnownSchemas = new Map(),
  ): Promise<ReadableStream<Uint8Array>> {
    if (this.#isDraining) throw new Problem('unavailable', {}, { 'Retry-After': '1' });
    const held = [...this.#open.values()].filter((one) => one === subject).length;
    if (held >= PER_SUBJECT || this.#open.size >= PER_NODE) {
      throw new Problem('too_many_streams', {}, { 'Retry-After': '30' });
    }
    let unwatch = () => undefined as void;
    const stream = new EventStream(() => {
      clearTimeout(expiry);
      this.#open.delete(stream);
      unwatch();
    });
    const expiry = setTimeout(() => stream.bye('expired'), expires - this.#now()).unref();
    this.#open.set(stream, subject);
    try {
      unwatch = await this.#feed.watch(
        scopes,
        (change: Change) => {
          // That staff wrote a note is nothing a customer should know.
          if (readable(this.#collections, change.coll, actor.role)) stream.send('change', change);
        },
        (scope) => stream.send('revoked', { scope }),
      );
    } catch (error) {
      stream.bye('shutdown');
      throw error;
    }
    // It may have ended while the scopes were looked up.
    if (!this.#open.has(stream)) unwatch();
    // What a node serves never changes: who is too old, or too new, for it is told at the start.
    const unserved = unservedOf(known, this.#collections, actor.role);
    if (unserved.length > 0) stream.send('upgrade', { colls: unserved });
    stream.send('hello', { scopes });
    return stream.body;
  }

  /** Takes leave of every reader and opens no more streams. */
  close(): void {
    this.#isDraining = true;
    clearInterval(this.#ping);
    for (const stream of [...this.#open.keys()]) stream.bye('shutdown');
  }
}
