import { collections } from '@liyu/model/schemas';
import { Backoff } from './backoff.js';
import type { HttpClient } from './http-client.js';
import { SyncError } from './sync-error.js';

/** Silence after which a stream is given up; the server sends a ping every 15 s. */
const SILENCE_MS = 45_000;
/** A stream that held this long was a good one; the next failure is the first again. */
const GOOD_MS = 10_000;
/** Interval at which everything is asked for while no stream is open. */
const POLL_MS = 60_000;

/** The versions of the schemas that this page knows. */
const KNOWN = Object.values(collections).map(({ name, version }) => `${name}.${version}`);

/** A hint that something may have changed; what it is comes by pull. */
export interface Hint {
  type: 'hello' | 'change' | 'revoked' | 'poll';
  /** The changed collection, and the scope it changed in; null stands for any. */
  coll: string | null;
  scope: string | null;
}

/**
 * One stream of hints over fetch (an EventSource can't send a token), reopened with growing waits.
 * While none is open it hints at everything once a minute.
 */
export class EventStream {
  #stopped = false;
  /** Whether the server's hints arrive. */
  #open = false;
  #abort: AbortController | null = null;
  readonly #backoff = new Backoff();
  readonly #poll: ReturnType<typeof setInterval>;

  constructor(
    private readonly client: HttpClient,
    private readonly onHint: (hint: Hint) => void,
    private readonly onFailure: (error: SyncError) => void,
    /** Called with every sign of life, a ping too. */
    private readonly onContact: () => void,
    /** Called, before the stream's hello, with the collections that the server doesn't serve this page. */
    private readonly onUnserved: (colls: readonly string[]) => void = () => undefined,
  ) {
    this.#poll = setInterval(() => {
      if (!this.#open) this.onHint({ type: 'poll', coll: null, scope: null });
    }, POLL_MS);
    void this.#run();
  }

  /** Tries again at once. */
  wake(): void {
    this.#backoff.wake();
  }

  /** Gives up the open stream; a new one is tried after a wait. */
  drop(): void {
    this.#abort?.abort();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#poll);
    this.drop();
    this.wake();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const began = Date.now();
      try {
        await this.#listen();
        if (Date.now() - began > GOOD_MS) this.#backoff.reset();
        await this.#backoff.sleep();
      } catch (error) {
        if (this.#stopped) return;
        if (Date.now() - began > GOOD_MS) this.#backoff.reset();
        const failure =
          error instanceof SyncError ? error : new SyncError('network', 'the stream broke off');
        this.onFailure(failure);
        if (failure.kind === 'network' || failure.kind === 'busy') {
          await this.#backoff.sleep(failure.retryAfterMs);
        } else {
          await this.#backoff.untilWoken();
        }
      }
    }
  }

  async #listen(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    let watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
    try {
      const response = await this.client.request(`/sync/v1/events?sv=${KNOWN.join()}`, {
        headers: { accept: 'text/event-stream' },
        signal: abort.signal,
      });
      const type = response.headers.get('content-type') ?? '';
      if (response.body === null || !type.startsWith('text/event-stream')) {
        throw new SyncError('busy', 'the answer is no stream');
      }
      this.#open = true;
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        this.onContact();
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
        const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.#read(block);
      }
    } finally {
      clearTimeout(watchdog);
      abort.abort();
      this.#open = false;
    }
  }

  #read(block: string): void {
    const type = /^event: ?(.*)$/m.exec(block)?.[1];
    const { coll, scope, colls } = dataOf(block);
    if (type === 'upgrade' && Array.isArray(colls)) this.onUnserved(colls.map(String));
    if (type !== 'hello' && type !== 'change' && type !== 'revoked') return;
    this.onHint({
      type,
      coll: typeof coll === 'string' ? coll : null,
      scope: typeof scope === 'string' ? scope : null,
    });
  }
}

/** A hint that can't be read hints at everything. */
function dataOf(block: string): Partial<Record<'coll' | 'scope' | 'colls', unknown>> {
  try {
    const data: unknown = JSON.parse(/^data: ?(.*)$/m.exec(block)?.[1] ?? '{}');
    return typeof data === 'object' && data !== null ? data : {};
  } catch {
    return {};
  }
}
