import type { Actor, Collection, Doc, DocRef, RuleContext, Verdict } from '@liyu/model';
import { primitives, project } from '@liyu/model/schemas';
import type { Database, Queryable } from '../db/database.js';
import { asCaller, openCustomer } from './as-caller.js';
import { membersAmong } from './desk.js';
import { judge } from './judge.js';
import type { PushRow } from './judge.js';
import { LockedScope } from './locked-scope.js';
import type { Tombstone } from './pull.js';
import { POLICY_SCOPE, ownerOf } from './scope.js';
import { isStorable } from './storable.js';
import { keyOf, readDocs } from './stored-doc.js';
import type { StoredDoc } from './stored-doc.js';
import type { Collections } from './write-docs.js';

export interface PushRequest {
  collections: Collections;
  collection: Collection;
  scope: string;
  rows: readonly PushRow[];
  actor: Actor;
  /** Scopes of the caller's token. */
  scopes: readonly string[];
  /** The desks through which staff reach the scope of a customer; null when it's the caller's own. */
  desks: readonly string[] | null;
  /** Moment of receipt, ISO 8601 in UTC. */
  now: string;
}

export interface PushAnswer {
  /** What is held of each record that wasn't taken as sent. */
  conflicts: (Doc | Tombstone)[];
  rejects: { id: string; code: string }[];
}

export interface PushResult {
  answer: PushAnswer;
  /** How many records changed. */
  written: number;
  /** What rules threw; their rows are rejected as `failed`. */
  failures: unknown[];
}

/**
 * Judges every row and writes those that hold, all in one transaction under the lock of the scope;
 * a bad row doesn't touch the others. Null, and nothing is written, when the scope isn't the caller's
 * any more: what was known of it before the lock may be of the past.
 */
export async function push(db: Database, request: PushRequest): Promise<PushResult | null> {
  return asCaller(db, request, async (tx) => {
    // A connection that waits for a busy scope is one that others lack: the client comes again.
    await tx.query(`SET LOCAL lock_timeout = '2s'`);
    if (!(await isReached(tx, request))) return null;
    const locked = await LockedScope.lock(tx, request.scope);
    if (!(await isOpen(tx, locked, request))) return null;
    const judging = new Judging(tx, locked, request);
    await judging.readAll();
    for (const row of request.rows) await judging.row(row);
    const { failures } = judging;
    const written = await locked.flush(request.collections, {
      actor: request.actor,
      at: request.now,
    });
    return { answer: judging.answer(), written, failures };
  });
}

/** Whether the database lets the caller at the scope. */
async function isReached(tx: Queryable, request: PushRequest): Promise<boolean> {
  const { desks, scope } = request;
  return desks === null || openCustomer(tx, request, desks, ownerOf(scope));
}

/** Whether the caller may write to the scope as it stands under the lock. */
async function isOpen(
  tx: Queryable,
  { state }: LockedScope,
  { scope, desks }: PushRequest,
): Promise<boolean> {
  if (state.erased) return false;
  const customer = ownerOf(scope);
  return desks === null || (await membersAmong(tx, desks, [customer])).has(customer);
}

/** The verdicts on the rows of one push, as they come about. */
class Judging {
  readonly failures: unknown[] = [];
  readonly #tx: Queryable;
  readonly #locked: LockedScope;
  readonly #request: PushRequest;
  readonly #disputed = new Set<string>();
  readonly #rejects: PushAnswer['rejects'] = [];
  readonly #policies = new Map<string, StoredDoc | null>();

  constructor(tx: Queryable, locked: LockedScope, request: PushRequest) {
    this.#tx = tx;
    this.#locked = locked;
    this.#request = request;
  }

  /** Reads what is held of every row at once. */
  async readAll(): Promise<void> {
    const { collection, rows } = this.#request;
    const ids = rows.map(idOf).filter((id) => id !== null);
    await this.#locked.read([...new Set(ids)].map((id) => ({ coll: collection.name, id })));
  }

  async row(row: PushRow): Promise<void> {
    const { collection, scope, actor } = this.#request;
    const id = idOf(row);
    if (id === null) {
      const sent = row.newDocumentState.id;
      this.#rejects.push({ id: typeof sent === 'string' ? sent : '', code: 'invalid' });
      return;
    }
    const key = { coll: collection.name, id };
    const judgement = judge(collection, scope, actor.role, this.#locked.get(key), row);
    if (judgement.kind === 'ok') return;
    if (judgement.kind === 'conflict') this.#disputed.add(key.id);
    else if (judgement.kind === 'reject') this.#reject(key.id, judgement.code);
    else await this.#ask(judgement.master, judgement.next);
  }

  answer(): PushAnswer {
    const { collection, actor } = this.#request;
    const conflicts = [...this.#disputed].map((id): Doc | Tombstone => {
      const held = this.#locked.get({ coll: collection.name, id });
      if (held === null || held.deleted) return { id, _deleted: true };
      return project(collection, held.doc, actor.role);
    });
    return { conflicts, rejects: this.#rejects };
  }

  async #ask(master: Doc | null, next: Doc): Promise<void> {
    const { collection, actor, now } = this.#request;
    const related = await this.#related(collection.related?.(next) ?? []);
    const verdict = this.#apply(master, next, { actor, now, related });
    const own = (doc: Doc) => ({ coll: collection.name, doc });
    if ('reject' in verdict) {
      this.#reject(next.id, verdict.reject);
      if (verdict.master !== undefined) await this.#write([own(verdict.master)]);
      return;
    }
    await this.#write([own(verdict.master), ...verdict.also]);
  }

  async #write(writes: readonly { coll: string; doc: Doc }[]): Promise<void> {
    const { collection, collections, scope } = this.#request;
    for (const { coll, doc } of writes) {
      if (collections[coll]?.scopeOf(doc) !== scope) {
        throw new Error(`the rule of ${collection.name} writes to another scope`);
      }
    }
    await this.#locked.read(writes.map(({ coll, doc }) => ({ coll, id: doc.id })));
    for (const { coll, doc } of writes) this.#locked.put(coll, doc);
  }

  /** A rule that throws costs its row, not the batch: a push that always fails would block a device. */
  #apply(master: Doc | null, next: Doc, context: RuleContext): Verdict {
    try {
      return this.#request.collection.apply?.(master, next, context) ?? { reject: 'forbidden' };
    } catch (error) {
      this.failures.push(error);
      return { reject: 'failed' };
    }
  }

  /** Records that a rule asked for: those of the scope as locked, the bank's without a lock. */
  async #related(refs: readonly DocRef[]): Promise<Map<string, Doc>> {
    const { collection, scope } = this.#request;
    const [own, shared] = [scope, POLICY_SCOPE].map((name) =>
      refs.filter((ref) => ref.scope === name),
    ) as [DocRef[], DocRef[]];
    if (own.length + shared.length < refs.length) {
      throw new Error(`the rule of ${collection.name} reads another scope`);
    }
    const related = new Map<string, Doc>();
    const add = (doc: Doc, coll: string) => related.set(keyOf({ coll, id: doc.id }), doc);

    const single = own.filter(isSingle);
    await this.#locked.read(single);
    for (const ref of single) {
      const stored = this.#locked.get(ref);
      if (stored !== null && !stored.deleted) add(stored.doc, ref.coll);
    }
    for (const { coll } of own.filter((ref) => ref.id === null)) {
      for (const doc of await this.#locked.readAll(coll)) add(doc, coll);
    }

    const wanted = shared.filter(isSingle);
    const unread = wanted.filter((ref) => !this.#policies.has(keyOf(ref)));
    const found = await readDocs(this.#tx, ownerOf(POLICY_SCOPE), unread);
    for (const ref of unread) this.#policies.set(keyOf(ref), found.get(keyOf(ref)) ?? null);
    for (const ref of wanted) {
      const stored = this.#policies.get(keyOf(ref));
      if (stored && !stored.deleted) add(stored.doc, ref.coll);
    }
    return related;
  }

  #reject(id: string, code: string): void {
    this.#rejects.push({ id, code });
    this.#disputed.add(id);
  }
}

/** The id of a row; null for one that no record can have. */
function idOf({ newDocumentState: { id } }: PushRow): string | null {
  return primitives.id.safeParse(id).success && isStorable(id) ? (id as string) : null;
}

function isSingle(ref: DocRef): ref is DocRef & { id: string } {
  return ref.id !== null;
}
