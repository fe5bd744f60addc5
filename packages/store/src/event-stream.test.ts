import { expect } from '@open-wc/testing';
import { EventStream } from './event-stream.js';
import type { Hint } from './event-stream.js';
import { pause, tokenFor, until } from './fixtures/store.testing.js';
import { HttpClient } from './http-client.js';
import { Session } from './session.js';

// Streams of the real server; what breaks is the network between, and time runs faster where it is long.

describe('a stream of hints', () => {
  const { fetch, setTimeout, setInterval } = window;
  let stream: EventStream | null = null;
  let streams = 0;
  /** Tokens that the host was asked for. */
  let asked = 0;
  const hints: Hint[] = [];

  const open = () => {
    const session = new Session(() => {
      asked += 1;
      return tokenFor('c-8f3a');
    });
    const client = new HttpClient('/liyu', session, () => undefined);
    stream = new EventStream(
      client,
      (hint) => hints.push(hint),
      () => undefined,
      () => undefined,
    );
  };
  /** What becomes of the answer of the n-th stream. */
  const withFault = (fault: (answer: Response, n: number) => Response) => {
    window.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      return String(input).includes('/events?') ? fault(answer, ++streams) : answer;
    };
  };
  /** The answer with these bytes after its first, and then silence, or its end. */
  const cut = (answer: Response, { then = '', ends = false }) => {
    const reader = answer.body!.getReader();
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        const { value } = await reader.read();
        controller.enqueue(value!);
        controller.enqueue(new TextEncoder().encode(then));
        if (ends) controller.close();
        // An answer that is broken off breaks off here too.
        else void reader.closed.catch((error: unknown) => controller.error(error));
      },
      cancel: () => reader.cancel(),
    });
    return new Response(body, answer);
  };
  const seen = (type: string) => hints.filter((hint) => hint.type === type);

  beforeEach(() => {
    hints.length = 0;
    streams = asked = 0;
    window.setTimeout = ((run: () => void, ms?: number) =>
      setTimeout(run, ms === 45_000 ? 600 : ms)) as typeof setTimeout;
    window.setInterval = ((run: () => void, ms?: number) =>
      setInterval(run, ms === 60_000 ? 200 : ms)) as typeof setInterval;
  });
  afterEach(() => {
    stream?.stop();
    Object.assign(window, { fetch, setTimeout, setInterval });
  });

  it('that falls silent is given up for another', async () => {
    withFault((answer, n) => (n === 1 ? cut(answer, {}) : answer));
    open();
    await until(() => streams === 1 && seen('hello').length === 1, 'the first hello');
    await pause(300);
    expect(streams).to.equal(1);
    await until(() => streams === 2 && seen('hello').length === 2, 'another hello');
  });

  it('that speaks, if only by pings, is kept', async () => {
    withFault((answer) => {
      const reader = answer.body!.getReader();
      let timer = 0;
      const body = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue((await reader.read()).value!);
          const ping = new TextEncoder().encode('event: ping\ndata: {}\n\n');
          timer = setInterval(() => controller.enqueue(ping), 100);
        },
        cancel: () => {
          clearInterval(timer);
          return reader.cancel();
        },
      });
      return new Response(body, answer);
    });
    open();
    await pause(2_000);
    expect(streams).to.equal(1);
    expect(seen('poll')).to.deep.equal([]);
  });

  it('that the server refuses is replaced by asking for everything, until there is one', async () => {
    let isRefused = true;
    withFault((answer) => {
      if (!isRefused) return answer;
      void answer.body?.cancel();
      return new Response('{}', { status: 503 });
    });
    open();
    await until(() => seen('poll').length >= 3, 'three polls');
    expect(seen('poll')[0]).to.deep.equal({ type: 'poll', coll: null, scope: null });
    isRefused = false;
    stream!.wake();
    await until(() => seen('hello').length === 1, 'a hello');
    const polls = seen('poll').length;
    await pause(600);
    expect(seen('poll').length).to.be.within(polls, polls + 1);
  });

  it('that ends with its token is opened again with another', async () => {
    const bye = 'event: bye\ndata: {"reason":"expired"}\n\n';
    const { now } = performance;
    withFault((answer, n) => {
      if (n > 1) return answer;
      // Its time is over when the server says so.
      performance.now = () => now.call(performance) + 290_000;
      return cut(answer, { then: bye, ends: true });
    });
    try {
      open();
      await until(() => seen('hello').length === 2, 'another stream');
      expect(asked).to.equal(2);
    } finally {
      performance.now = now;
    }
  });

  it('says that a scope is no longer the caller’s as a hint to pull it', async () => {
    const revoked = 'event: revoked\ndata: {"scope":"c:c-8f3a"}\n\n';
    withFault((answer, n) => (n === 1 ? cut(answer, { then: revoked }) : answer));
    open();
    await until(() => seen('revoked').length === 1, 'the hint');
    expect(seen('revoked')[0]).to.deep.equal({ type: 'revoked', coll: null, scope: 'c:c-8f3a' });
  });
});
