import type { Queryable } from '../db/database.js';
import { customerScope, deskScopesSql, isDeskScope } from './scope.js';

/** A hint that a collection of a scope has changed, up to version `v`. */
export interface Change {
  coll: string;
  scope: string;
  v: number;
}

export interface ChangeFeedOptions {
  /** Time between two looks at the database, in ms. */
  interval: number;
  /** Told of a look that failed; the next one catches up. */
  onError: (error: unknown) => void;
  /** Told of one that didn't. */
  onLooked?: (() => void) | undefined;
}

/** Who watches, and what they are told. */
interface Listener {
  scopes: readonly string[];
  onChange: (change: Change) => void;
  onRevoked: (scope: string) => void;
}

interface Watched {
  epoch: number;
  ver: number;
  listeners: Set<Listener>;
}

/** A desk that changed, and its version when it was last looked at. */
type Desk = Pick<Watched, 'listeners'> & { scope: string; ver: number };

/**
 * Tells listeners what changed in their scopes. The truth is the version of each scope in the
 * database, looked up for all of them in one query, so that writes of other nodes and processes are
 * seen too; `poke` only makes it look at once. Idle without listeners.
 */
export class ChangeFeed {
  readonly #db: Queryable;
  readonly #options: ChangeFeedOptions;
  readonly #watched = new Map<string, Watched>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #again = false;

  constructor(db: Queryable, options: ChangeFeedOptions) {
    this.#db = db;
    this.#options = options;
  }

  /**
   * Listens to scopes from this moment on: what was written before is not told. `onRevoked` is told of
   * a scope that is no longer theirs: that of a customer who left the last of the desks among
   * `scopes`, or one of `scopes` whose customer was erased. Returns the end.
   */
  async watch(
    scopes: readonly string[],
    onChange: (change: Change) => void,
    onRevoked: (scope: string) => void = () => undefined,
  ): Promise<() => void> {
    const listener = { scopes, onChange, onRevoked };
    const found = await this.#db.query<{ scope: string; epoch: number; ver: number }>(
      `SELECT s.scope, s.epoch, s.ver
       FROM jsonb_to_recordset($1::jsonb) AS k(scope text) JOIN scope s ON s.scope = k.scope`,
      [JSON.stringify(scopes.map((scope) => ({ scope })))],
    );
    for (const scope of scopes) {
      let watched = this.#watched.get(scope);
      if (watched === undefined) {
        const { epoch, ver } = found.find((row) => row.scope === scope) ?? { epoch: 0, ver: 0 };
        watched = { epoch, ver, listeners: new Set() };
        this.#watched.set(scope, watched);
      }
      watched.listeners.add(listener);
    }
    this.#timer ??= setInterval(() => this.poke(), this.#options.interval).unref();
    return () => this.#unwatch(scopes, listener);
  }

  /** Looks now, or once more after a look that is under way. */
  poke(scope?: string): void {
    if (scope !== undefined && !this.#watched.has(scope)) return;
    if (this.#watched.size === 0) return;
    if (this.#looking !== null) {
      this.#again = true;
      return;
    }
    const { onError, onLooked } = this.#options;
    this.#looking = this.#look()
      .then(() => onLooked?.(), onError)
      .finally(() => {
        this.#looking = null;
        if (!this.#again) return;
        this.#again = false;
        this.poke();
      });
  }

  /** Stops looking and waits for a look that is under way. */
  async close(): Promise<void> {
    this.#watched.clear();
    this.#stop();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const seen = [...this.#watched].map(([scope, { epoch, ver }]) => ({ scope, epoch, ver }));
    const rows = await this.#db.query<{
      scope: string;
      epoch: number;
      ver: number;
      erased: boolean;
      coll: string | null;
      v: number;
    }>(
      `SELECT s.scope, s.epoch, s.ver, s.erased, e.coll, max(e.ver) AS v
       FROM jsonb_to_recordset($1::jsonb) AS k(scope text, epoch bigint, ver bigint)
       JOIN scope s ON s.scope = k.scope AND (s.ver <> k.ver OR s.epoch <> k.epoch)
       LEFT JOIN entry e ON e.scope = s.scope
         AND e.ver > CASE WHEN s.epoch = k.epoch AND s.ver > k.ver THEN k.ver ELSE 0 END
       GROUP BY s.scope, s.epoch, s.ver, s.erased, e.coll ORDER BY s.scope, v`,
      [JSON.stringify(seen)],
    );
    const before = new Map(seen.map((one) => [one.scope, one.ver]));
    const desks: Desk[] = [];
    for (const { scope, epoch, ver, erased, coll, v } of rows) {
      const watched = this.#watched.get(scope);
      if (watched === undefined) continue;
      if (coll === 'customers' && isDeskScope(scope)) {
        desks.push({ scope, ver: before.get(scope) ?? 0, listeners: watched.listeners });
      }
      watched.epoch = epoch;
      watched.ver = ver;
      for (const { onChange, onRevoked } of watched.listeners) {
        if (erased) onRevoked(scope);
        else if (coll !== null) onChange({ coll, scope, v });
      }
    }
    if (desks.length > 0) await this.#tellOfLeavers(desks);
  }

  /** Tells those at a desk of customers who left it, unless they are at another desk of theirs. */
  async #tellOfLeavers(desks: readonly Desk[]): Promise<void> {
    const left = await this.#db.query<{
      scope: string;
      customer: string;
      present: (string | null)[];
    }>(
      `SELECT e.scope, e.customer, ${deskScopesSql('d')} AS present
       FROM jsonb_to_recordset($1::jsonb) AS k(scope text, ver bigint)
       JOIN entry e ON e.scope = k.scope AND e.coll = 'customers' AND e.ver > k.ver AND e.gone
       LEFT JOIN doc d ON d.customer = e.customer AND d.coll = e.coll AND d.id = e.customer
         AND NOT d.deleted`,
      [JSON.stringify(desks.map(({ scope, ver }) => ({ scope, ver })))],
    );
    for (const { scope, customer, present } of left) {
      for (const { scopes, onRevoked } of desks.find((desk) => desk.scope === scope)?.listeners ??
        []) {
        if (!scopes.some((one) => present.includes(one))) onRevoked(customerScope(customer));
      }
    }
  }

  #unwatch(scopes: readonly string[], listener: Listener): void {
    for (const scope of scopes) {
      const watched = this.#watched.get(scope);
      watched?.listeners.delete(listener);
      if (watched?.listeners.size === 0) this.#watched.delete(scope);
    }
    if (this.#watched.size === 0) this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
