/** Runs one statement with `$1`-style parameters. Bigints come back as numbers, dates as ISO text. */
export interface Queryable {
  query<Row extends object>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** Says between the processes of a database that there is something new, not what. */
export interface ChangeHints {
  /** Tells the others; at once, and when many come together, once more after them. */
  send(): void;
  /** Calls `onHint` when another process has sent, or may have. Returns the end. */
  listen(onHint: () => void): () => Promise<void>;
}

/** One dialect over PGlite and PostgreSQL. */
export interface Database extends Queryable {
  /**
   * Runs `work` in a READ COMMITTED transaction: committed when it resolves, rolled back when it
   * throws. `work` may run again after a serialization failure, so it may only touch the database.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Only where several processes may share the database, and only as a hint: any may get lost. */
  hints?: ChangeHints | undefined;
  close(): Promise<void>;
}

/** A database that can't be opened as configured; the message is for whoever starts the process. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** Codes of PostgreSQL and of the operating system that say: not now, perhaps later; 53100 is a full disk, 55P03 a lock
 * that somebody holds for long. */
const UNAVAILABLE =
  /^(08...|55P03|57P0[123]|53[123]00|ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE)$/;

/** Whether an error says that the database is out of reach, not that the statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return UNAVAILABLE.test(code);
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}
