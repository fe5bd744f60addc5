import type { Bank } from './bank.js';
import type { Random } from './random.js';
import { isEvent } from './tally.js';
import type { Tally } from './tally.js';
import type { VirtualClock } from './virtual-clock.js';

/** What is told of an exchange: when it arrived, and what the server said. */
export interface Exchange {
  who: string;
  path: string;
  body: Record<string, unknown>;
  arrived: number;
  status: number;
  text: string;
}

type Fault = 'lost' | 'unanswered' | 'cut' | 'page' | 'twice';
const FAULTS: readonly Fault[] = ['lost', 'unanswered', 'cut', 'page', 'twice'];

/**
 * The way between a device and the bank. Delays put requests and answers out of order; a request is
 * lost, or comes twice; an answer is lost, cut, or a web page of somebody in between.
 */
export class Network {
  /** Share of exchanges that go wrong. */
  trouble = 0.15;
  /** Whether each device has a network. */
  readonly offline = new Set<string>();
  readonly requests = new Map<string, number>();
  /** Longest way in one direction, in ms. */
  slowest = 1_500;

  constructor(
    private readonly bank: Bank,
    private readonly clock: VirtualClock,
    private readonly random: Random,
    private readonly tally: Tally,
    private readonly trace: (line: string) => void,
    private readonly onExchange: (exchange: Exchange) => void,
    private readonly onHint: (who: string, text: string) => void,
  ) {}

  /** `fetch` as a device has it. */
  from(who: string): typeof fetch {
    return (input, init) =>
      new Promise((resolve, reject) => {
        const stop = () => reject(new DOMException('broken off', 'AbortError'));
        init?.signal?.addEventListener('abort', stop);
        const path = new URL(input as string).pathname;
        const answer =
          init?.method === 'POST'
            ? this.#send(who, path, init)
            : this.#listen(who, path, init ?? {});
        answer.then(resolve, reject);
      });
  }

  async #send(who: string, path: string, init: RequestInit): Promise<Response> {
    const { clock, random } = this;
    this.requests.set(who, (this.requests.get(who) ?? 0) + 1);
    const fault = random.chance(this.trouble) ? random.pick(FAULTS) : null;
    const body = JSON.parse(init.body as string) as Record<string, unknown>;
    const where = `${who} ${path.split('/').at(-1)} ${String(body.coll)} ${String(body.scope)}`;
    await this.#way();
    if (this.offline.has(who) || fault === 'lost') {
      if (fault === 'lost') this.tally.add('request lost');
      this.trace(`${where} is lost`);
      throw new TypeError('fetch failed');
    }
    if (fault === 'twice') {
      this.tally.add('request twice');
      this.trace(`${where} will come twice`);
      clock.after(random.between(1, 10_000), () => {
        this.#ask(who, path, init, body).catch(() => undefined);
      });
    }
    const { status, text, headers } = await this.#ask(who, path, init, body);
    await this.#way();
    if (this.offline.has(who) || fault === 'unanswered') {
      if (fault === 'unanswered') this.tally.add('answer lost');
      this.trace(`${where} is not told ${status}`);
      throw new TypeError('fetch failed');
    }
    if (fault === 'cut') {
      this.tally.add('answer cut');
      this.trace(`${where} is told the half of ${status}`);
      return new Response(text.slice(0, random.between(0, text.length - 1)), { status, headers });
    }
    if (fault === 'page') {
      this.tally.add('answer a page');
      this.trace(`${where} is told a page`);
      return new Response('<html>sign in to the network</html>', { status: 200 });
    }
    return new Response(text, { status, headers });
  }

  /** A stream of hints: what is under way when something breaks is lost, and nobody hears of it. */
  async #listen(who: string, path: string, init: RequestInit): Promise<Response> {
    const { bank, random, trace } = this;
    this.requests.set(who, (this.requests.get(who) ?? 0) + 1);
    await this.#way();
    const fails = () => this.offline.has(who) || random.chance(this.trouble / 2);
    if (fails()) throw new TypeError('fetch failed');
    const answer = await bank.answer(new Request(`http://liyu${path}`, { headers: init.headers! }));
    const { status, headers, body } = answer;
    if (status !== 200 || body === null) return new Response(await answer.text(), { status });
    trace(`${who} listens`);
    const source = body.getReader();
    const end = () => void source.cancel().catch(() => undefined);
    const pump = async (out: ReadableStreamDefaultController<Uint8Array>) => {
      for (;;) {
        const { done, value } = await source.read();
        if (done) return out.close();
        const text = new TextDecoder().decode(value);
        this.onHint(who, text);
        await this.#way();
        if (init.signal?.aborted === true) return;
        if (fails()) {
          this.tally.add('hint lost');
          trace(`${who} loses ${shownHint(text)}`);
          if (random.chance(0.5)) continue;
          end();
          return out.close();
        }
        this.tally.add('hint');
        trace(`${who} hears ${shownHint(text)}`);
        out.enqueue(value);
      }
    };
    init.signal?.addEventListener('abort', end);
    const start = (out: ReadableStreamDefaultController<Uint8Array>) => {
      init.signal?.addEventListener('abort', () => out.error(init.signal?.reason));
      pump(out).catch(() => undefined);
    };
    return new Response(new ReadableStream({ start, cancel: end }), { status, headers });
  }

  async #ask(who: string, path: string, init: RequestInit, body: Record<string, unknown>) {
    const arrived = this.clock.now;
    const request = new Request(`http://liyu${path}`, {
      method: 'POST',
      headers: init.headers!,
      body: init.body as string,
    });
    const response = await this.bank.answer(request);
    const { status, headers } = response;
    const text = await response.text();
    this.trace(`${who} ${path} ${shown(body)} -> ${status} ${shownAnswer(text)}`);
    this.#count(status, text);
    this.onExchange({ who, path, body, arrived, status, text });
    const wait = headers.get('retry-after');
    return { status, text, headers: wait === null ? {} : { 'retry-after': wait } };
  }

  #count(status: number, text: string): void {
    if (status < 400) return;
    const { code, reason } = JSON.parse(text) as Shown;
    const event = `${status} ${reason ?? code ?? ''}`;
    if (isEvent(event)) this.tally.add(event);
  }

  #way(): Promise<void> {
    return this.clock.sleep(this.random.between(1, this.slowest));
  }
}

interface Shown {
  rows?: { newDocumentState: { id: string } }[];
  cp?: { v: number } | null;
  documents?: { id: string; rev?: number }[];
  conflicts?: { id: string }[];
  rejects?: { id: string; code: string }[];
  checkpoint?: { v: number };
  code?: string;
  reason?: string;
}

/** Epochs are left out: only whether two are the same counts, and they come from the system's randomness. */
function shown(body: Record<string, unknown>): string {
  const { rows, cp } = body as Shown;
  const ids = rows?.map(({ newDocumentState }) => newDocumentState.id).join(' ');
  return `${String(body.coll)} ${String(body.scope)} ${ids ?? `after ${cp?.v ?? 0}`}`;
}

function shownHint(text: string): string {
  return text.trim().replaceAll(/event: |\s*data:/g, '');
}

function shownAnswer(text: string): string {
  const { documents, conflicts, rejects, checkpoint, code, reason } = JSON.parse(text) as Shown;
  if (documents !== undefined) {
    const records = documents.map(({ id, rev }) => `${id}@${rev ?? 'gone'}`);
    return `[${records.join(' ')}] to ${checkpoint?.v}`;
  }
  if (conflicts === undefined) return [code, reason].filter(Boolean).join(' ');
  const told = rejects?.map((reject) => `${reject.id}:${reject.code}`);
  return `conflicts [${conflicts.map(({ id }) => id).join(' ')}] rejects [${told?.join(' ')}]`;
}
