import { setTimeout as sleep } from 'node:timers/promises';
import { collections as liyuCollections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import type { Policy } from '@liyu/policy';
import { tokenVerifier } from './auth/verify-token.js';
import type { TokenRules } from './auth/verify-token.js';
import type { Database } from './db/database.js';
import { migrate } from './db/migrate.js';
import { openDatabase } from './db/open-database.js';
import { createDemo } from './demo/create-demo.js';
import { createApp } from './http/create-app.js';
import { EventStreams } from './http/event-streams.js';
import { listen } from './http/listen.js';
import { SILENT } from './log.js';
import type { Log } from './log.js';
import { ChangeFeed } from './sync/change-feed.js';
import { FeedLoop } from './sync/feed-loop.js';
import { publishPolicy } from './sync/publish-policy.js';
import type { Collections } from './sync/write-docs.js';

export interface ServerOptions {
  /** A URL, opened here and closed with the server; or a database that the caller closes. */
  database?: string | Database | undefined;
  policy?: Policy | undefined;
  /** How tokens are checked; `demo` makes its own keys and serves invented customers. */
  auth: Pick<TokenRules, 'keys' | 'issuer' | 'audience'> | 'demo';
  host?: string | undefined;
  /** 0 takes a free one. */
  port?: number | undefined;
  origins?: readonly string[] | undefined;
  log?: Log | undefined;
  collections?: Collections | undefined;
  /** Clock, in ms since 1970. */
  now?: (() => number) | undefined;
  /** Time between two pings on a stream, and between two looks for changes, in ms. */
  ping?: number | undefined;
  poll?: number | undefined;
  /** How long /readyz says no before connections are refused, in ms. */
  drain?: number | undefined;
}

export interface RunningServer {
  url: string;
  db: Database;
  /**
   * Ends in order: not ready, streams told, requests under way answered, database closed. A second
   * call waits for the first.
   */
  close(): Promise<void>;
}

const PATIENCE = 3_000;

/** Opens and migrates the database, publishes the policy and takes requests. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { database, log = SILENT, now = Date.now, collections = liyuCollections } = options;
  const policy = options.policy ?? loadPolicy();
  const isOwn = typeof database !== 'object';
  const db = isOwn ? await openDatabase(database) : database;
  const feed = new ChangeFeed(db, {
    interval: options.poll ?? 1_000,
    onError: (error) => log.failure('looking for changes failed', error),
  });
  let desks: FeedLoop | null = null;
  const streams = new EventStreams(feed, { ping: options.ping ?? 15_000, now });
  const release = async () => {
    streams.close();
    await desks?.close();
    await feed.close();
    if (isOwn) await db.close();
  };
  try {
    const applied = await migrate(db, policy);
    if (applied.length > 0) log.event('info', 'migrated', { steps: applied.length });
    await publishPolicy(db, collections, policy);
    const demo =
      options.auth === 'demo' ? await createDemo({ db, collections, policy, now }) : null;
    const rules = demo?.rules ?? (options.auth as Exclude<ServerOptions['auth'], 'demo'>);

    const loop = new FeedLoop(db, collections, {
      interval: options.poll ?? 1_000,
      onCopied: (scope) => feed.poke(scope),
      onError: (error) => log.failure('copying to desks failed', error),
    });
    desks = loop;

    let isReady = true;
    const app = createApp({
      db,
      collections,
      feed,
      onWritten: () => loop.poke(),
      streams,
      log,
      now,
      verify: tokenVerifier({ ...rules, now }),
      origins: options.origins ?? [],
      isReady: () => isReady,
    });
    demo?.addRoutes(app);
    const listener = await listen(app.fetch, options.host ?? '127.0.0.1', options.port ?? 0);

    const end = async () => {
      isReady = false;
      streams.close();
      await sleep(options.drain ?? 0);
      await listener.close(PATIENCE);
      await release();
    };
    let ended: Promise<void> | undefined;
    return { url: listener.url, db, close: () => (ended ??= end()) };
  } catch (error) {
    await release();
    throw error;
  }
}
