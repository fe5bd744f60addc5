import type { Collection, Role } from '@liyu/model';
import type { WithDeleted } from 'rxdb/plugins/core';
import { withoutMarks } from './database.js';
import type { LocalCollection, LocalDoc } from './database.js';
import type { HttpClient } from './http-client.js';
import { keyOf, scopesOf, selectorOf } from './scopes.js';
import type { Claims } from './session.js';
import { SyncError } from './sync-error.js';

/** Epoch and version of the last entry that was read of a scope. */
export interface Position {
  e: number;
  v: number;
  /** What else the server put in it is handed back as it came. */
  [more: string]: unknown;
}

/** Where each scope of a collection was read to; null for one that is no longer the caller's. */
export type Checkpoint = Record<string, Position | null>;

export type Pulled = WithDeleted<LocalDoc>;

/** Records of one request: few on a slow network, so that each gets through, more while it is fast. */
const REQUEST = { first: 100, least: 25, most: 1_000 };
/** A request that took longer asked for too much; one that took half as long may ask for more. */
const SLOW_MS = 2_000;

export interface PullContext {
  client: HttpClient;
  /** Aborted when the database is about to close. */
  signal: AbortSignal;
  /** The customers that staff opened. */
  opened: ReadonlySet<string>;
  /** Whether a customer is at none of the desks of the member of staff. */
  isStranger: (customer: string) => Promise<boolean>;
  /** Keeps a pulled record on the device until the write that stands before it is acknowledged. */
  hold: (doc: LocalDoc) => Promise<void>;
  /** Called with the number of records that don't fit the schema of this version. */
  onQuarantine: (count: number) => void;
  /** Called when a page ends early since a request failed: there is more to pull. */
  onBroken: () => void;
  /** Called with the keys (`keyOf`) of what this page brings to its end. */
  onEnd: (keys: readonly string[]) => void;
}

/**
 * Pulls one collection from all scopes that it comes by, one after the other, as RxDB wants it: a page
 * is as long as asked for, or RxDB takes it for the last one.
 */
export class Puller {
  /** Scopes that were read to their end, and of which nothing new was heard since. */
  readonly #quiet = new Set<string>();
  /** Records that the next request asks for. */
  #request = REQUEST.first;
  /** Desks that the person no longer works at. */
  readonly #left = new Set<string>();
  /** Records of a desk as the pages of this run leave them, before RxDB has stored them. */
  readonly #placed = new Map<string, Pulled>();

  constructor(
    private readonly definition: Collection,
    private readonly collection: LocalCollection,
    private readonly context: PullContext,
  ) {}

  /** Asks a scope again at the next pull; null stands for every one. */
  touch(scope: string | null): void {
    if (scope === null) this.#quiet.clear();
    else this.#quiet.delete(scope);
  }

  /**
   * A page of `limit` records, by as many requests as it takes, and where it leads. What was read before
   * a request failed is given, and not asked for again. Throws a SyncError when that is nothing.
   */
  async pull(
    claims: Claims,
    checkpoint: Checkpoint | undefined,
    limit: number,
  ): Promise<{ documents: Pulled[]; checkpoint: Checkpoint }> {
    const scopes = scopesOf(this.definition, claims, this.context.opened);
    try {
      return await this.#pullAll(claims, scopes, checkpoint, limit);
    } catch (error) {
      // Nothing of this page is stored, also of those scopes that were read.
      for (const scope of scopes) this.#quiet.delete(scope);
      this.#left.clear();
      throw error;
    }
  }

  async #pullAll(
    claims: Claims,
    scopes: readonly string[],
    checkpoint: Checkpoint | undefined,
    limit: number,
  ): Promise<{ documents: Pulled[]; checkpoint: Checkpoint }> {
    // One that came back may leave again.
    for (const scope of scopes) this.#left.delete(scope);
    const documents = await this.#leave(claims, checkpoint ?? {}, scopes);
    const next: Checkpoint = { ...checkpoint };
    for (const { scope } of documents) next[scope] = null;
    const all = documents.flatMap(({ docs }) => docs);
    for (const scope of scopes) {
      while (!this.#quiet.has(scope)) {
        const wanted = Math.min(limit - all.length, this.#request);
        if (wanted <= 0) return { documents: all, checkpoint: next };
        try {
          all.push(...(await this.#page(claims, scope, next, wanted)));
        } catch (error) {
          if (all.length === 0) throw error;
          this.#quiet.delete(scope);
          this.context.onBroken();
          return { documents: all, checkpoint: next };
        }
      }
    }
    this.#end(scopes);
    return { documents: all, checkpoint: next };
  }

  /** The record without what this version doesn't know; null when it doesn't fit. */
  accept(doc: unknown): Pulled | null {
    const id = (doc as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') throw new SyncError('busy', 'a record without an id');
    if ((doc as { _deleted?: unknown })._deleted === true) return { id, _deleted: true };
    const parsed = this.definition.schema.safeParse(doc);
    if (!parsed.success) return null;
    return { ...(parsed.data as LocalDoc), _deleted: false };
  }

  async #page(claims: Claims, scope: string, next: Checkpoint, wanted: number): Promise<Pulled[]> {
    // A hint that comes meanwhile makes the scope loud again.
    this.#quiet.add(scope);
    let page;
    try {
      page = await this.#fetch(scope, next[scope] ?? null, wanted);
    } catch (error) {
      if (claims.role === 'customer' || !(error instanceof SyncError) || error.kind !== 'gone') {
        throw error;
      }
      // No longer a customer, or a desk, of this member of staff.
      next[scope] = null;
      return this.#tombstones(scope);
    }
    if (page.more) this.#quiet.delete(scope);
    if (page.misfits > 0) this.context.onQuarantine(page.misfits);
    const placed = await this.#place(claims, scope, page.documents);
    next[scope] = page.checkpoint;
    return placed;
  }

  async #fetch(scope: string, cp: Position | null, limit: number) {
    const body = { coll: this.definition.name, scope, sv: this.definition.version, cp, limit };
    const began = performance.now();
    const asking = this.context.client.post('/sync/v1/pull', body, this.context.signal);
    const answer = (await asking.catch((error: unknown) => {
      // One that took too long has to be smaller; one that failed at once says nothing.
      this.#learn(Math.max(performance.now() - began, SLOW_MS / 2));
      throw error;
    })) as {
      documents?: unknown[];
      checkpoint?: Partial<Position>;
      more?: unknown;
    } | null;
    this.#learn(performance.now() - began);
    const { documents, checkpoint, more } = answer ?? {};
    const { e, v } = checkpoint ?? {};
    if (!Array.isArray(documents) || typeof e !== 'number' || typeof v !== 'number') {
      throw new SyncError('busy', 'the answer is no page');
    }
    // A page that leads nowhere is the last one, whatever it says.
    const leads = documents.length > 0 || cp?.e !== e || cp.v !== v;
    const fitting = documents
      .map((doc) => this.accept(doc))
      .filter((doc): doc is Pulled => doc !== null);
    return {
      documents: fitting,
      misfits: documents.length - fitting.length,
      checkpoint: { ...checkpoint, e, v },
      more: more === true && leads,
    };
  }

  /** How much the next request asks for, after one that took so long. */
  #learn(ms: number): void {
    const factor = ms > SLOW_MS ? 0.5 : ms < SLOW_MS / 2 ? 2 : 1;
    const { least, most } = REQUEST;
    this.#request = Math.max(least, Math.min(most, Math.round(this.#request * factor)));
  }

  /**
   * Enters the scope into the records of a desk, and takes one out of a scope only when it came by no
   * other. What RxDB would skip, since a write of it is on its way, is held (docs/decisions/0003).
   */
  async #place(claims: Claims, scope: string, pulled: readonly Pulled[]): Promise<Pulled[]> {
    const isDesk = this.definition.desk === true && claims.role === 'staff';
    if (pulled.length === 0 || (!isDesk && !this.#mayWrite(claims.role))) return [...pulled];
    const held = await this.#held(pulled.map(({ id }) => id));
    const placed: Pulled[] = [];
    for (const doc of pulled) {
      const before = this.#placed.get(doc.id) ?? held.get(doc.id);
      const next = isDesk ? placeOne(scope, doc, before) : doc;
      if (isDesk) this.#placed.set(doc.id, next);
      placed.push(next);
      if (held.get(doc.id)?.pending === true && !next._deleted) {
        await this.context.hold({ ...withoutMarks(next), ...(next.via && { via: next.via }) });
      }
    }
    return placed;
  }

  #mayWrite(role: Role): boolean {
    return this.definition.writable[role].length > 0;
  }

  async #held(ids: string[]): Promise<Map<string, Pulled>> {
    const found = await this.collection.storageInstance.findDocumentsById(ids, false);
    return new Map(
      found.map(({ _meta, _rev, _attachments, ...doc }) => [doc.id, doc as unknown as Pulled]),
    );
  }

  /**
   * Takes everything out of desks that are in no token of this person any more; outside the desk, what
   * lies here of customers who have left it.
   */
  async #leave(
    { role }: Claims,
    checkpoint: Checkpoint,
    scopes: readonly string[],
  ): Promise<{ scope: string; docs: Pulled[] }[]> {
    if (role === 'customer') return [];
    const isDesk = this.definition.desk === true;
    const found = [];
    for (const [scope, position] of Object.entries(checkpoint)) {
      if (position === null || scopes.includes(scope) || this.#left.has(scope)) continue;
      if (!isDesk && !(scope.startsWith('c:') && (await this.context.isStranger(scope.slice(2))))) {
        continue;
      }
      this.#left.add(scope);
      found.push({ scope, docs: await this.#tombstones(scope) });
    }
    return found;
  }

  /** What is left of each record of a scope when the scope is gone. */
  async #tombstones(scope: string): Promise<Pulled[]> {
    const selector =
      this.definition.desk === true
        ? { via: { $elemMatch: { $eq: scope } } }
        : selectorOf(this.definition, scope.slice(2));
    const found = await this.collection.find({ selector: selector }).exec();
    return found.map((doc) => {
      const gone = placeOne(
        scope,
        { id: doc.id, _deleted: true },
        {
          ...doc.toMutableJSON(),
          _deleted: false,
        },
      );
      this.#placed.set(doc.id, gone);
      return gone;
    });
  }

  #end(scopes: readonly string[]): void {
    const { name } = this.definition;
    const keys = scopes
      .filter((scope) => scope.startsWith('c:'))
      .map((scope) => keyOf({ name, customer: scope.slice(2) }));
    this.context.onEnd([...keys, keyOf({ name, customer: null })]);
  }

  /** What was pulled last won't be stored: all is asked for again. */
  discard(): void {
    this.#quiet.clear();
    this.#left.clear();
    this.#placed.clear();
  }

  /** RxDB has stored what was pulled. */
  forgetPlaced(): void {
    this.#placed.clear();
  }
}

/** A record after a scope said that it holds it, or that it no longer does. */
function placeOne(scope: string, doc: Pulled, before: Pulled | undefined): Pulled {
  const via = before?._deleted === false ? (before.via ?? []) : [];
  if (!doc._deleted) return { ...doc, via: [...new Set([...via, scope])].sort() };
  const rest = via.filter((other) => other !== scope);
  if (before === undefined || rest.length === 0) return doc;
  return { ...withoutMarks(before), via: rest, _deleted: false };
}
