import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { PushAnswer } from '../sync/push.js';
import type { ResyncReason } from '../sync/pull.js';
import { FeedDelay } from './feed-delay.js';
import {
  COPY_TARGETS,
  DATABASE_ERRORS,
  copyTarget,
  databaseErrorKind,
  methodLabel,
  rejectLabel,
} from './labels.js';
import { TASKS } from './meter.js';
import type { Meter, Task } from './meter.js';

/** What a scrape looks up at its moment. */
export interface Sources {
  isReady: () => Promise<boolean>;
  streams: () => number;
  /** Rows in the outbox, counted up to a bound; null when the database doesn't say. */
  waiting: () => Promise<number | null>;
}

/** What tells one node from another; each value is one and the same for the life of the process. */
export interface BuildInfo {
  version: string;
  /** Hash of the policy in force. */
  policy: string;
  /** The last migration that this release knows. */
  schema: number;
}

const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const DELAY_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const RESYNCS: readonly ResyncReason[] = ['epoch', 'gc', 'ahead'];

/** Counts for Prometheus, in a registry of its own. docs/operations.md lists every series. */
export class PrometheusMeter implements Meter {
  readonly registry = new Registry();
  readonly #delay = new FeedDelay();

  readonly #requests = new Histogram({
    name: 'liyu_http_request_duration_seconds',
    help: 'Time from the first byte of a request to its answer; of an event stream, to its opening.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  readonly #unauthorized = this.#counter(
    'liyu_http_unauthorized_total',
    'Requests without a token that holds.',
  );
  readonly #pulled = this.#counter(
    'liyu_pull_rows_total',
    'Records and tombstones given to devices.',
    ['collection'],
  );
  readonly #resyncs = this.#counter(
    'liyu_pull_resyncs_total',
    'Pulls whose checkpoint was of another history; the device starts again.',
    ['reason'],
  );
  readonly #pushed = this.#counter('liyu_push_rows_total', 'Rows that devices sent.', [
    'collection',
  ]);
  readonly #rejects = this.#counter(
    'liyu_push_rejects_total',
    'Rows that were rejected, by the code that the device got.',
    ['collection', 'code'],
  );
  readonly #conflicts = this.#counter(
    'liyu_push_conflicts_total',
    'Rows whose base somebody else had changed.',
    ['collection'],
  );
  readonly #copied = this.#counter(
    'liyu_feed_rows_total',
    'Entries that the feed of this node wrote into scopes of staff and of the export.',
    ['to'],
  );
  readonly #lastEmpty = this.#gauge(
    'liyu_feed_last_empty_timestamp_seconds',
    'When this node last found the outbox empty, or when it started.',
  );
  readonly #delays = new Histogram({
    name: 'liyu_feed_delay_seconds',
    help: 'Time from a write through this node until the outbox was found empty after it.',
    buckets: DELAY_BUCKETS,
    registers: [this.registry],
  });
  readonly #failures = this.#counter(
    'liyu_background_failures_total',
    'Rounds of the feed and looks for hints that failed; the next one catches up.',
    ['task'],
  );
  readonly #errors = this.#counter(
    'liyu_database_errors_total',
    'Statements and transactions that failed at the database or on the way to it.',
    ['kind'],
  );
  readonly #operations = this.#gauge(
    'liyu_database_operations',
    'Statements and transactions under way, with those that wait for a connection.',
  );

  constructor({ version, policy, schema }: BuildInfo) {
    const labels = { version, policy: policy.slice(0, 12), schema: String(schema) };
    this.#gauge('liyu_build_info', 'Always 1; the labels say what runs.', Object.keys(labels)).set(
      labels,
      1,
    );
    // A counter that is there from the start has a rate from its first event on.
    for (const reason of RESYNCS) this.#resyncs.inc({ reason }, 0);
    for (const to of COPY_TARGETS) this.#copied.inc({ to }, 0);
    for (const task of TASKS) this.#failures.inc({ task }, 0);
    for (const kind of DATABASE_ERRORS) this.#errors.inc({ kind }, 0);
    this.#lastEmpty.setToCurrentTime();
    collectDefaultMetrics({ register: this.registry });
  }

  /** Adds what is looked up at each scrape. To be called once. */
  watch({ isReady, streams, waiting }: Sources): void {
    const registers = [this.registry];
    new Gauge({
      name: 'liyu_ready',
      help: 'Whether /readyz says yes: 1 or 0.',
      registers,
      collect: async function () {
        this.set((await isReady()) ? 1 : 0);
      },
    });
    new Gauge({
      name: 'liyu_event_streams',
      help: 'Event streams open at this node.',
      registers,
      collect: function () {
        this.set(streams());
      },
    });
    new Gauge({
      name: 'liyu_outbox_rows',
      help: 'Rows that wait for the feed, of all nodes, counted up to 100001; absent when the database does not answer.',
      registers,
      collect: async function () {
        const rows = await waiting();
        // Better no figure than an old one.
        if (rows === null) this.remove();
        else this.set(rows);
      },
    });
  }

  request({ method, route, status, seconds }: Parameters<Meter['request']>[0]): void {
    this.#requests.observe({ method: methodLabel(method), route, status }, seconds);
    if (status === 401) this.#unauthorized.inc();
  }

  pulled(collection: string, rows: number): void {
    this.#pulled.inc({ collection }, rows);
  }

  resync(reason: ResyncReason): void {
    this.#resyncs.inc({ reason });
  }

  pushed(collection: string, rows: number, { conflicts, rejects }: PushAnswer): void {
    this.#pushed.inc({ collection }, rows);
    for (const { code } of rejects) this.#rejects.inc({ collection, code: rejectLabel(code) });
    // What is held comes with every reject too.
    const rejected = new Set(rejects.map(({ id }) => id));
    const contested = conflicts.filter(({ id }) => !rejected.has(id)).length;
    this.#conflicts.inc({ collection }, contested);
  }

  written(): void {
    this.#delay.written(performance.now());
  }

  copied(scope: string, rows: number): void {
    this.#copied.inc({ to: copyTarget(scope) }, rows);
  }

  emptied(began: number): void {
    this.#lastEmpty.setToCurrentTime();
    for (const ms of this.#delay.emptied(began, performance.now())) this.#delays.observe(ms / 1000);
  }

  failed(task: Task): void {
    this.#failures.inc({ task });
  }

  database(): () => void {
    this.#operations.inc();
    return () => this.#operations.dec();
  }

  databaseFailed(error: unknown): void {
    const kind = databaseErrorKind(error);
    if (kind !== null) this.#errors.inc({ kind });
  }

  #counter<Label extends string = never>(name: string, help: string, labelNames: Label[] = []) {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  #gauge<Label extends string = never>(name: string, help: string, labelNames: Label[] = []) {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
