import type { ResyncReason } from '../sync/pull.js';
import type { PushAnswer } from '../sync/push.js';

/** Work that a node does by itself, again and again. */
export const TASKS = ['feed', 'hints'] as const;
export type Task = (typeof TASKS)[number];

/** What a node counts of its work. Only these methods, so that nothing of a person gets in. */
export interface Meter {
  /** An answer was made; of a stream, it was opened. `route` is the pattern, never the path sent. */
  request(answer: { method: string; route: string; status: number; seconds: number }): void;
  pulled(collection: string, rows: number): void;
  /** A checkpoint wasn't of this database. */
  resync(reason: ResyncReason): void;
  pushed(collection: string, rows: number, answer: PushAnswer): void;
  /** A push through this node has left rows in the outbox. */
  written(): void;
  /** The feed copied rows to a scope of staff or of the export. */
  copied(scope: string, rows: number): void;
  /** The feed found the outbox empty, in a round that began then, as `performance.now()` told it. */
  emptied(began: number): void;
  failed(task: Task): void;
  /** A statement or a transaction begins; call what it returns when it ends. */
  database(): () => void;
  /** What was thrown; errors that aren't the database's are passed over. */
  databaseFailed(error: unknown): void;
}

const NOTHING = () => undefined;

/** Counts nothing: what a node without METRICS_PORT has. */
export const UNMETERED: Meter = {
  request: NOTHING,
  pulled: NOTHING,
  resync: NOTHING,
  pushed: NOTHING,
  written: NOTHING,
  copied: NOTHING,
  emptied: NOTHING,
  failed: NOTHING,
  database: () => NOTHING,
  databaseFailed: NOTHING,
};
