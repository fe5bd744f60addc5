import { after, afterEach } from 'node:test';
import type { Policy } from '@liyu/policy';
import { loadPolicy } from '@liyu/policy/node';
import { publishedHash } from '../bank/policy-in-force.js';
import type { Database } from '../db/database.js';
import { startServer } from '../start-server.js';
import type { RunningServer, ServerOptions } from '../start-server.js';
import { createIssuer } from './issuer.js';
import type { Issuer } from './issuer.js';
import { EventReader } from './event-reader.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** The body as sent. */
  text: string;
  /** The body as JSON; undefined when it's none. */
  json: unknown;
}

/** Claims of a member of staff. */
export interface Staff {
  manager: string;
  branch?: string;
  duties: string[];
}

/** A token of a customer, or of a member of staff. */
export function tokenOf(issuer: Issuer, who: string | Staff): Promise<string> {
  if (typeof who === 'string') return issuer.token(who);
  return issuer.token(who.manager, { role: 'staff', customer: undefined, ...who });
}

/** A server with its bank's sign-in, spoken to over real HTTP. */
export interface TestServer extends RunningServer {
  issuer: Issuer;
  /** Posts `body`; as JSON unless it's text. A customer's or staff's name stands for their token. */
  post(path: string, body: unknown, who?: string | Staff): Promise<Answer>;
  send(path: string, init: RequestInit): Promise<Answer>;
  events(token: string): Promise<EventReader>;
}

/** Starts servers that end with their test. */
export function testServers(): (
  db: Database,
  options?: Partial<ServerOptions>,
) => Promise<TestServer> {
  const running: RunningServer[] = [];
  const end = async () => {
    for (const server of running.splice(0)) await server.close();
  };
  afterEach(end);
  after(end);
  return async (database, options = {}) => {
    const issuer = await createIssuer();
    const policy = (await ruleless(database)) ? (ours ??= loadPolicy()) : undefined;
    const server = await startServer({ database, auth: issuer, poll: 50, policy, ...options });
    running.push(server);
    const send = async (path: string, init: RequestInit): Promise<Answer> => {
      const response = await fetch(`${server.url}${path}`, {
        signal: AbortSignal.timeout(10_000),
        ...init,
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parse(text) };
    };
    return {
      ...server,
      issuer,
      send,
      post: async (path, body, who) => {
        const token = who === undefined ? undefined : await tokenOf(issuer, who);
        return send(path, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
      },
      events: (token) => EventReader.open(`${server.url}/sync/v1/events`, token),
    };
  };
}

/** The rules that come with Liyu, read once: that is a good part of a server's start. */
let ours: Policy | undefined;

/** Whether no rules were published in a database that is up to date, so that a server takes ours. */
async function ruleless(db: Database): Promise<boolean> {
  return (await publishedHash(db).catch(() => 'no table of them')) === null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
