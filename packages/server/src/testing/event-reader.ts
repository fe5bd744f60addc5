import assert from 'node:assert/strict';

export interface ServerEvent {
  event: string;
  data: Record<string, unknown>;
}

/** Reads a text/event-stream, event by event. */
export class EventReader {
  /** Everything that came, as sent. */
  raw = '';
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #abort: AbortController;
  readonly #decoder = new TextDecoder();
  #rest = '';

  private constructor(body: ReadableStream<Uint8Array>, abort: AbortController) {
    this.#reader = body.getReader();
    this.#abort = abort;
  }

  static async open(url: string, token: string): Promise<EventReader> {
    const abort = new AbortController();
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${token}` },
      signal: abort.signal,
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    assert.ok(response.body);
    return new EventReader(response.body, abort);
  }

  /** The next event; null at the end of the stream. Fails after `ms`. */
  async next(ms = 5_000): Promise<ServerEvent | null> {
    for (;;) {
      const end = this.#rest.indexOf('\n\n');
      if (end !== -1) {
        const block = this.#rest.slice(0, end);
        this.#rest = this.#rest.slice(end + 2);
        const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
        return { event, data: JSON.parse(data) as Record<string, unknown> };
      }
      const { done, value } = await this.#read(ms);
      if (done) return null;
      const text = this.#decoder.decode(value, { stream: true });
      this.raw += text;
      this.#rest += text;
    }
  }

  /** The next event of this name; others are passed over. Fails after `ms`. */
  async until(event: string, ms = 5_000): Promise<ServerEvent> {
    const end = performance.now() + ms;
    for (;;) {
      const found = await this.next(end - performance.now());
      if (found === null) throw new Error(`the stream ended before ${event}`);
      if (found.event === event) return found;
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(ms: number): Promise<ReadableStreamReadResult<Uint8Array>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no event within ${ms} ms`)), ms);
    });
    try {
      return await Promise.race([this.#reader.read(), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
