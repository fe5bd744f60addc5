import { setTimeout as sleep } from 'node:timers/promises';
import { ConformanceError } from './conformance-error.js';

/** A request as a report shows it: the token is left out. */
export interface Exchange {
  request: { method: string; path: string; signedIn: boolean; body?: unknown };
  answer: { status: number; headers: Record<string, string>; body: string };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** undefined when it's no JSON. */
  json: unknown;
}

/** Longest body that a report shows, in characters. */
const SHOWN = 2_000;
const PATIENCE = 15_000;
/** How often and how long, in s, a server may have us wait with 429. */
const PATIENCE_TIMES = 5;
const LONGEST_WAIT = 60;
/** Headers that say how a server behaves. */
const TELLING = ['content-type', 'cache-control', 'retry-after', 'www-authenticate', 'set-cookie'];

/** Sends requests to the server under test and remembers the last one. */
export class Probe {
  last: Exchange | null = null;

  constructor(private readonly base: string) {}

  /** Posts JSON; a text is sent as it is. `token` null stands for none. */
  async post(
    path: string,
    body: unknown,
    token: string | null,
    type = 'application/json',
  ): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    for (let n = 0; n < PATIENCE_TIMES; n++) {
      const answer = await this.#postOnce(path, text, body, token, type);
      // Not what is checked: a server may have each person wait.
      if (answer.status !== 429) return answer;
      await sleep(Math.min(Number(answer.headers.get('retry-after') ?? 1), LONGEST_WAIT) * 1000);
    }
    throw new ConformanceError(`${this.base}${path}: too many requests, whatever we wait`);
  }

  #postOnce(
    path: string,
    text: string,
    body: unknown,
    token: string | null,
    type: string,
  ): Promise<Answer> {
    const headers = { 'Content-Type': type, ...signIn(token) };
    return this.#send(path, { method: 'POST', headers, body: text }, token !== null, body);
  }

  /** Opens the event stream; the caller ends it with `abort`. */
  async stream(token: string, abort: AbortController): Promise<Response> {
    const path = '/sync/v1/events';
    const response = await this.#fetch(path, { headers: signIn(token), signal: abort.signal });
    this.#remember(path, 'GET', true, undefined, response, '');
    return response;
  }

  async #send(path: string, init: RequestInit, signedIn: boolean, body: unknown): Promise<Answer> {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await this.#fetch(path, { ...init, signal });
    const text = await response.text().catch(() => '');
    this.#remember(path, init.method ?? 'GET', signedIn, body, response, text);
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.base}${path}`, init);
    } catch (error) {
      const cause = (error as Error).cause;
      const why = cause instanceof Error ? cause.message : (error as Error).message;
      throw new ConformanceError(`${this.base}${path}: no answer (${why})`, { cause: error });
    }
  }

  #remember(
    path: string,
    method: string,
    signedIn: boolean,
    body: unknown,
    response: Response,
    text: string,
  ): void {
    const headers = TELLING.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    this.last = {
      request: { method, path, signedIn, ...(body !== undefined && { body: shorten(body) }) },
      answer: {
        status: response.status,
        headers: Object.fromEntries(headers),
        body: text.slice(0, SHOWN),
      },
    };
  }
}

function signIn(token: string | null): Record<string, string> {
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

function shorten(body: unknown): unknown {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text.length <= SHOWN ? body : `${text.slice(0, SHOWN)}…`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
