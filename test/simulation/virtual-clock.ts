import { AsyncLocalStorage } from 'node:async_hooks';
import type { Random } from './random.js';

/** Who runs: a device with a clock of its own and its way to the server. */
export interface Place {
  /** How far its clock is ahead, in ms. */
  skew: number;
  fetch: typeof fetch;
}

interface Timer {
  at: number;
  order: number;
  run: () => void;
}

/** What a timer's start returns. */
interface Handle {
  order: number;
  unref: () => Handle;
}

function handle(order: number): Handle {
  const timer = { order, unref: () => timer };
  return timer;
}

const immediately = setImmediate;

/**
 * Time that passes only when nothing is left to do: one timer after another runs, each with all that
 * follows from it. What leaves JavaScript (the database, signatures) must be told by `track`, so that
 * the next timer waits for it. `install` puts timers, clock, randomness and fetch of the process under
 * it, since the client's code uses those.
 */
export class VirtualClock {
  now: number;
  /** Of its own: what else in the process asks for a number must not move those of the simulation. */
  readonly #random: Random;
  readonly #timers = new Map<number, Timer>();
  readonly #working = new Set<Promise<unknown>>();
  readonly #place = new AsyncLocalStorage<Place | null>();
  #order = 0;
  /** Until when the present `pass` lasts. */
  #end = 0;
  #leapt = 0;

  constructor(random: Random, now: number) {
    this.#random = random;
    this.now = now;
  }

  /** Runs code, and all that it starts, at a device; null is the bank. */
  at<T>(place: Place | null, run: () => T): T {
    return this.#place.run(place, run);
  }

  after(ms: number, run: () => void): number {
    const order = ++this.#order;
    const place = this.#place.getStore() ?? null;
    this.#timers.set(order, {
      at: this.now + Math.max(0, Math.round(ms)),
      order,
      run: () => this.at(place, run),
    });
    return order;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Resolves, or throws, with work that no timer of this clock ends. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#working.add(work);
    try {
      return await work;
    } finally {
      this.#working.delete(work);
    }
  }

  /** Everybody sleeps for `ms`: nothing falls due meanwhile, and what is to come is so much later. */
  leap(ms: number): void {
    this.now += ms;
    this.#end += ms;
    this.#leapt += ms;
    for (const timer of this.#timers.values()) timer.at += ms;
  }

  /** How much of the time was slept through, in ms. */
  get leapt(): number {
    return this.#leapt;
  }

  /** Lets `ms` pass, and all that falls due meanwhile happen. */
  async pass(ms: number): Promise<void> {
    this.#end = this.now + ms;
    await this.#settle();
    for (;;) {
      const next = this.#next();
      if (next === null || next.at > this.#end) break;
      this.#timers.delete(next.order);
      this.now = next.at;
      next.run();
      await this.#settle();
    }
    this.now = this.#end;
  }

  /** Replaces what the process tells of time, randomness and network. Returns how to put it back. */
  install(): () => void {
    const { setTimeout, clearTimeout, setInterval, clearInterval, fetch } = globalThis;
    const { now } = Date;
    const { random } = Math;
    const fake = {
      setTimeout: (run: () => void, ms = 0) => handle(this.after(ms, run)),
      clearTimeout: (timer?: Handle) => timer && this.#timers.delete(timer.order),
      setInterval: (run: () => void, ms = 0) => {
        const timer = handle(0);
        const begin = () => {
          timer.order = this.after(ms, () => {
            begin();
            run();
          });
        };
        begin();
        return timer;
      },
      clearInterval: (timer?: Handle) => timer && this.#timers.delete(timer.order),
      fetch: (input: string, init?: RequestInit) => {
        const place = this.#place.getStore();
        if (!place) throw new Error('nobody is there to fetch');
        return place.fetch(input, init);
      },
    };
    Object.assign(globalThis, fake);
    Date.now = () => this.now + (this.#place.getStore()?.skew ?? 0);
    Math.random = () => this.#random.next();
    return () => {
      Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval, fetch });
      Date.now = now;
      Math.random = random;
    };
  }

  #next(): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers.values()) {
      if (first === null || timer.at < first.at) first = timer;
    }
    return first;
  }

  /** Waits until nothing runs but what waits for a timer. */
  async #settle(): Promise<void> {
    for (let still = 0; still < 2; still++) {
      if (this.#working.size > 0) still = 0;
      await Promise.allSettled(this.#working);
      await new Promise((resolve) => immediately(resolve));
    }
  }
}
