import { setTimeout as sleep } from 'node:timers/promises';
import { collections as liyuCollections } from '@liyu/model/schemas';
import type { Policy } from '@liyu/policy';
import { tokenVerifier } from './auth/verify-token.js';
import type { TokenRules } from './auth/verify-token.js';
import { policyInForce, recordPolicy } from './bank/policy-in-force.js';
import type { Database } from './db/database.js';
import { migrateMetrics, migrateSchema } from './db/migrate.js';
import { openDatabase } from './db/open-database.js';
import { prepareRequestRole } from './db/prepare-request-role.js';
import { createDemo } from './demo/create-demo.js';
import { PROBE_PATIENCE, createApp } from './http/create-app.js';
import { EventStreams } from './http/event-streams.js';
import type { RateLimits } from './http/limit-rate.js';
import { listen } from './http/listen.js';
import type { Listener } from './http/listen.js';
import { readiness } from './http/readiness.js';
import { SILENT } from './log.js';
import type { Log } from './log.js';
import { UNMETERED } from './metrics/meter.js';
import { meteredDatabase } from './metrics/metered-database.js';
import { openMeter, serveMetrics } from './metrics/open-metrics.js';
import { waitingRows } from './metrics/waiting-rows.js';
import { ChangeFeed } from './sync/change-feed.js';
import { FeedLoop } from './sync/feed-loop.js';
import { publishPolicy } from './sync/publish-policy.js';
import type { Collections } from './sync/write-docs.js';
import { Trouble } from './trouble.js';

export interface ServerOptions {
  /** A URL, opened here and closed with the server; or a database that the caller closes. */
  database?: string | Database | undefined;
  /** Without it those last published in the database, else those that come with Liyu. */
  policy?: Policy | undefined;
  /** How tokens are checked; `demo` makes its own keys and serves invented customers. */
  auth: Pick<TokenRules, 'keys' | 'issuer' | 'audience'> | 'demo';
  host?: string | undefined;
  /** 0 takes a free one. */
  port?: number | undefined;
  /** Where GET /metrics is served, on `host`; 0 takes a free one, without it there are no metrics. */
  metricsPort?: number | undefined;
  origins?: readonly string[] | undefined;
  /** How often one may ask; without it as often as they like. */
  limits?: RateLimits | undefined;
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
  /** Of /metrics; null without `metricsPort`. */
  metricsUrl: string | null;
  db: Database;
  /** The rules that it went by when it started. */
  policy: Policy;
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
  const isOwn = typeof database !== 'object';
  const opened = isOwn ? await openDatabase(database) : database;
  let policy: Policy;
  let applied: string[];
  try {
    applied = await migrateSchema(opened);
    policy = options.policy ?? (await policyInForce(opened, undefined));
    applied.push(...(await migrateMetrics(opened, policy)));
    await prepareRequestRole(opened);
  } catch (error) {
    if (isOwn) await opened.close();
    throw error;
  }
  const prometheus = options.metricsPort === undefined ? null : openMeter(policy);
  const meter = prometheus ?? UNMETERED;
  const db = prometheus === null ? opened : meteredDatabase(opened, meter);
  const looking = new Trouble(log, 'looking for changes');
  const feed = new ChangeFeed(db, {
    interval: options.poll ?? 1_000,
    onLooked: () => looking.worked(),
    onError: (error) => {
      meter.failed('hints');
      looking.failed(error);
    },
  });
  let desks: FeedLoop | null = null;
  let metrics: Listener | null = null;
  const streams = new EventStreams(feed, { ping: options.ping ?? 15_000, now, collections });
  const stopListening = opened.hints?.listen(() => feed.poke());
  const release = async () => {
    streams.close();
    await stopListening?.();
    await desks?.close();
    await feed.close();
    await metrics?.close(PATIENCE);
    if (isOwn) await db.close();
  };
  try {
    if (applied.length > 0) log.event('info', 'migrated', { steps: applied.length });
    await recordPolicy(db, policy);
    await publishPolicy(db, collections, policy);
    const demo =
      options.auth === 'demo' ? await createDemo({ db, collections, policy, now }) : null;
    const rules = demo?.rules ?? (options.auth as Exclude<ServerOptions['auth'], 'demo'>);

    const copying = new Trouble(log, 'copying to desks');
    const loop = new FeedLoop(db, collections, {
      interval: options.poll ?? 1_000,
      onCopied: (scope, entries) => {
        meter.copied(scope, entries);
        feed.poke(scope);
        opened.hints?.send();
      },
      onEmptied: (began) => {
        meter.emptied(began);
        copying.worked();
      },
      onError: (error) => {
        meter.failed('feed');
        copying.failed(error);
      },
    });
    desks = loop;

    let isReady = true;
    const app = createApp({
      db,
      collections,
      feed,
      onWritten: () => {
        meter.written();
        loop.poke();
        opened.hints?.send();
      },
      streams,
      log,
      meter,
      now,
      verify: tokenVerifier({ ...rules, now }),
      origins: options.origins ?? [],
      limits: options.limits ?? {},
      isReady: () => isReady,
    });
    demo?.addRoutes(app);
    const host = options.host ?? '127.0.0.1';
    if (prometheus !== null) {
      // Past the meter: a scrape is no work of the node.
      prometheus.watch({
        isReady: async () => isReady && (await readiness(opened, PROBE_PATIENCE)).ready,
        streams: () => streams.size,
        waiting: () => waitingRows(opened, PROBE_PATIENCE),
      });
      metrics = await serveMetrics(prometheus, host, options.metricsPort ?? 0);
    }
    const listener = await listen(app.fetch, host, options.port ?? 0);

    const end = async () => {
      isReady = false;
      streams.close();
      await sleep(options.drain ?? 0);
      await listener.close(PATIENCE);
      await release();
    };
    let ended: Promise<void> | undefined;
    const metricsUrl = metrics === null ? null : `${metrics.url}/metrics`;
    return { url: listener.url, metricsUrl, db, policy, close: () => (ended ??= end()) };
  } catch (error) {
    await release();
    throw error;
  }
}
