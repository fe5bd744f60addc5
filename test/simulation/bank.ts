import type { Caller } from '../../packages/server/src/auth/caller.js';
import { tokenVerifier } from '../../packages/server/src/auth/verify-token.js';
import type { Database } from '../../packages/server/src/db/database.js';
import { createApp } from '../../packages/server/src/http/create-app.js';
import type { AppParts } from '../../packages/server/src/http/create-app.js';
import { EventStreams } from '../../packages/server/src/http/event-streams.js';
import { UNMETERED } from '../../packages/server/src/metrics/meter.js';
import { ChangeFeed } from '../../packages/server/src/sync/change-feed.js';
import { feed as copyToDesks } from '../../packages/server/src/sync/feeder.js';
import type { Collections } from '../../packages/server/src/sync/write-docs.js';
import type { Issuer } from '../../packages/server/src/testing/issuer.js';
import { Killed, gatedDatabase } from './gated-database.js';
import type { Random } from './random.js';
import type { Tally } from './tally.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Witness } from './witness.js';

/** Answers a request as the server does. */
export type Fetch = (request: Request) => Promise<Response>;
/** What a mutant puts around the server. */
export type WrapServer = (fetch: Fetch, parts: { db: Database; clock: VirtualClock }) => Fetch;

export interface BankOptions {
  db: Database;
  issuer: Issuer;
  collections: Collections;
  clock: VirtualClock;
  random: Random;
  witness: Witness;
  tally: Tally;
  trace: (line: string) => void;
  wrap?: WrapServer | undefined;
}

/** How long a node that died is away, in ms. */
const AWAY = 3_000;
/** Time between two looks of a node for what others wrote, and between two pings, in ms. */
const LOOK = 5_000;
const PING = 15_000;
/** Probability that a node dies in a transaction. */
const DEATH = 0.01;

/**
 * The server's nodes over one database: `createApp` with its real routes, called without sockets, and
 * the real feeder. A node may be killed in each transaction, before or after the commit.
 */
export class Bank {
  readonly log: string[] = [];
  /** Whether nodes die. */
  isCalm = false;
  readonly #nodes: Node[] = [];
  /** Tokens that were checked: the same one holds until it ends. */
  readonly #callers = new Map<string, Caller>();

  constructor(
    private readonly options: BankOptions,
    count: number,
  ) {
    for (let index = 0; index < count; index++) this.#nodes.push(this.#open(index));
  }

  /** The answer of one of the nodes. Throws when there is none, or when it dies over it. */
  async answer(request: Request): Promise<Response> {
    const up = this.#nodes.filter(({ isAlive }) => isAlive());
    if (up.length === 0) throw new Killed();
    const node = this.options.random.pick(up);
    return this.options.clock.at(null, () => Promise.race([node.fetch(request), node.dead]));
  }

  /** Copies to the desks what is in the outbox. */
  async feed(): Promise<void> {
    await this.options.clock.at(null, () => this.#nodes.find(({ isAlive }) => isAlive())?.feed());
  }

  killAll(): void {
    for (const node of this.#nodes) node.kill();
  }

  #open(index: number): Node {
    const { clock, collections, random, tally, trace, wrap = (fetch) => fetch } = this.options;
    let alive = true;
    let die: (error: Error) => void = () => undefined;
    const dead = new Promise<never>((_, reject) => (die = reject));
    dead.catch(() => undefined);
    const kill = () => {
      if (!alive) return;
      alive = false;
      trace(`node ${index} dies`);
      die(new Killed());
      streams.close();
      void changes.close();
      clock.after(AWAY, () => {
        trace(`node ${index} is back`);
        this.#nodes[index] = this.#open(index);
      });
    };
    const db = gatedDatabase(this.options.db, {
      clock,
      random,
      isAlive: () => alive,
      fate: () => {
        if (this.isCalm || !random.chance(DEATH)) return null;
        const side = random.pick(['before', 'after'] as const);
        tally.add(`node dies ${side} a commit`);
        return side;
      },
      onKilled: kill,
      onCommitted: () => this.options.witness.look(),
    });
    let copying: Promise<unknown> | null = null;
    // As FeedLoop does it, but without its timer: what is missed is caught up with the next write.
    const feed = async () => {
      copying ??= copyToDesks(db, collections)
        .catch(() => undefined)
        .finally(() => (copying = null));
      await copying;
    };
    const changes = new ChangeFeed(db, { interval: LOOK, onError: () => undefined });
    const now = () => clock.now;
    const streams = new EventStreams(changes, { ping: PING, now, collections });
    const onWritten = () => clock.after(random.between(0, 200), () => void feed());
    const app = this.#app({ db, feed: changes, streams, onWritten });
    const fetch = wrap(async (request) => app.fetch(request), { db, clock });
    return { isAlive: () => alive, fetch, dead, kill, feed };
  }

  #app(parts: Pick<AppParts, 'db' | 'feed' | 'streams' | 'onWritten'>) {
    const { clock, collections, issuer } = this.options;
    const now = () => clock.now;
    const verify = tokenVerifier({ ...issuer, now });
    return createApp({
      ...parts,
      collections,
      log: {
        request: (line) => this.log.push(JSON.stringify(line)),
        event: (...line) => this.log.push(JSON.stringify(line)),
        failure: (name, error, request) =>
          this.log.push(JSON.stringify([name, (error as Error).name, request])),
      },
      meter: UNMETERED,
      now,
      verify: async (token) => {
        const known = this.#callers.get(token);
        if (known !== undefined && known.expires > clock.now) return known;
        const caller = await clock.track(verify(token));
        this.#callers.set(token, caller);
        return caller;
      },
      origins: [],
      limits: {},
      isReady: () => true,
    });
  }
}

interface Node {
  isAlive: () => boolean;
  fetch: Fetch;
  dead: Promise<never>;
  kill: () => void;
  feed: () => Promise<void>;
}

/** The same collections as a newer server has them: what an older client sends is no longer taken. */
export function newer(collections: Collections, name: string): Collections {
  const changed = collections[name]!;
  return { ...collections, [name]: { ...changed, version: changed.version + 1 } };
}
