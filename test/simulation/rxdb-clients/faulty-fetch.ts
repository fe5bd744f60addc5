import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';

/** What a network did to requests: how often each. */
export type Faults = Record<
  'dropped' | 'delayed' | 'doubled' | 'answerLost' | 'answerCut' | 'webPage' | 'busy',
  number
>;

/** A network between a device and a real server, which is bad until it is mended. */
export class FaultyNetwork {
  requests = 0;
  #last = 0;
  #open = 0;
  isMended = false;
  readonly faults: Faults = {
    ...{ dropped: 0, delayed: 0, doubled: 0 },
    ...{ answerLost: 0, answerCut: 0, webPage: 0, busy: 0 },
  };

  constructor(
    private readonly random: Random,
    private readonly real: typeof fetch,
  ) {}

  /** Resolves when nothing has been asked or answered for that long. */
  async quiet(ms: number): Promise<void> {
    while (this.#open > 0 || performance.now() - this.#last < ms) await sleep(50);
  }

  readonly fetch: typeof fetch = async (input, init) => {
    this.requests += 1;
    this.#open += 1;
    try {
      return await this.#pass(input, init);
    } finally {
      this.#open -= 1;
      this.#last = performance.now();
    }
  };

  readonly #pass: typeof fetch = async (input, init) => {
    if (this.isMended) return this.real(input, init);
    const { random, faults } = this;
    const happens = (fault: keyof Faults, probability: number) => {
      if (!random.chance(probability)) return false;
      faults[fault] += 1;
      return true;
    };
    if (happens('delayed', 0.2)) await sleep(random.between(1, 40));
    if (happens('dropped', 0.1)) throw new TypeError('dropped');
    if (happens('webPage', 0.04)) return new Response('<!doctype html><h1>Sign in</h1>');
    if (happens('busy', 0.04)) return new Response('{}', { status: 503 });
    if (happens('doubled', 0.1)) await (await this.real(input, init)).arrayBuffer();
    const answer = await this.real(input, init);
    if (happens('answerLost', 0.1)) {
      await answer.arrayBuffer();
      throw new TypeError('lost');
    }
    if (happens('answerCut', 0.05)) {
      const text = await answer.text();
      return new Response(text.slice(0, random.between(0, text.length - 1)), answer);
    }
    return answer;
  };
}
