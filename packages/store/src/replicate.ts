import { equal } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import type { RxReplicationState } from 'rxdb/plugins/replication';
import type { RxReplicationWriteToMasterRow, WithDeleted } from 'rxdb/plugins/core';
import { Subject } from 'rxjs';
import type { Backoff } from './backoff.js';
import type { LocalCollection, LocalDoc } from './database.js';
import type { HttpClient } from './http-client.js';
import type { Claims, Session } from './session.js';
import { SyncError } from './sync-error.js';

/** Epoch and version of the last entry that was read. */
export interface Checkpoint {
  e: number;
  v: number;
}

export interface Reject {
  id: string;
  code: string;
}

export interface ReplicationContext {
  client: HttpClient;
  session: Session;
  backoff: Backoff;
  /** Aborted when the database is about to close. */
  signal: AbortSignal;
  /** The customer whose records lie here. Throws when the token is another one's. */
  ownerOf: (claims: Claims) => Promise<string>;
  /** Called before the handler waits and is tried again. */
  onFailure: (error: SyncError) => void;
  /** Called when the server refused a write; `doc` is what the customer had written. */
  onReject: (reject: Reject, doc: LocalDoc) => Promise<void>;
  /** Keeps a pulled record on the device until the write that stands before it is acknowledged. */
  hold: (doc: LocalDoc) => Promise<void>;
  /** Gives back what is held of a record, and forgets it. */
  release: (id: string) => Promise<LocalDoc | null>;
  /** Called with the number of records that don't fit the schema of this version. */
  onQuarantine: (count: number) => void;
}

export interface Replication {
  state: RxReplicationState<LocalDoc, Checkpoint>;
  /** Pulls what changed. */
  resync: () => void;
}

/** Size of a page in both directions; the server cuts at the same number. */
const BATCH = 100;

/**
 * Replicates one collection both ways. RxDB's traps decide the shape (docs/decisions/0003): there are
 * no modifiers, since a throwing one loses or wedges a batch; what fails throws in a handler, after a
 * wait of its own, and is tried again; a page is as long as RxDB expects, or it stops pulling.
 */
export function replicate(
  name: string,
  collection: LocalCollection,
  context: ReplicationContext,
): Replication {
  const definition = collections[name];
  if (definition === undefined) throw new RangeError(`${name} is no collection`);
  const { client, session } = context;
  const resyncs = new Subject<'RESYNC'>();

  /** Runs a request; a failure waits here and throws, so that RxDB calls the handler again. */
  async function patiently<T>(run: (scope: string) => Promise<T>): Promise<T> {
    try {
      const { claims } = await session.token();
      return await run(name === 'policies' ? 'g:policy' : `c:${await context.ownerOf(claims)}`);
    } catch (error) {
      if (context.signal.aborted) throw error;
      const failure = error instanceof SyncError ? error : new SyncError('busy', 'a bad answer');
      context.onFailure(failure);
      if (failure.kind === 'network' || failure.kind === 'busy') {
        await context.backoff.sleep(failure.retryAfterMs);
      } else {
        await context.backoff.untilWoken();
      }
      throw failure;
    }
  }

  /** The record without what this version doesn't know; null when it doesn't fit. */
  function accept(doc: unknown): WithDeleted<LocalDoc> | null {
    const id = (doc as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') throw new SyncError('busy', 'a record without an id');
    if ((doc as { _deleted?: unknown })._deleted === true) return { id, _deleted: true };
    const parsed = definition?.schema.safeParse(doc);
    if (parsed?.success !== true) return null;
    return { ...(parsed.data as LocalDoc), _deleted: false };
  }

  /**
   * A page of `limit` records. RxDB takes a shorter one for the last, so what went to quarantine is
   * made up for from the next page of the server.
   */
  async function pull(checkpoint: Checkpoint | undefined, limit: number) {
    return patiently(async (scope) => {
      const documents: WithDeleted<LocalDoc>[] = [];
      let cp = checkpoint ?? null;
      for (;;) {
        const wanted = limit - documents.length;
        const page = await fetchPage(scope, cp, wanted);
        const fitting = page.documents.map(accept).filter((doc) => doc !== null);
        const misfits = page.documents.length - fitting.length;
        if (misfits > 0) context.onQuarantine(misfits);
        await holdBehindWrites(fitting);
        documents.push(...fitting);
        cp = page.checkpoint;
        if (misfits === 0 || page.documents.length < wanted) return { documents, checkpoint: cp };
      }
    });
  }

  /**
   * RxDB skips a pulled record while a write of it is on its way, and never sees it again once the
   * checkpoint is past it. When that write turns out to be contained in it (the answer was lost, or
   * came after the hint), the acknowledgement gives it back as what is held by the server.
   */
  async function holdBehindWrites(pulled: readonly WithDeleted<LocalDoc>[]): Promise<void> {
    if (definition?.writable.length === 0 || pulled.length === 0) return;
    const unsent = await collection.find({ selector: { pending: true } }).exec();
    const ids = new Set(unsent.map((doc) => doc.id));
    for (const doc of pulled) {
      if (ids.has(doc.id) && !doc._deleted) await context.hold(withoutMarks(doc));
    }
  }

  async function fetchPage(scope: string, cp: Checkpoint | null, limit: number) {
    const body = { coll: name, scope, sv: definition?.version, cp, limit };
    const answer = (await client.post('/sync/v1/pull', body, context.signal)) as {
      documents?: unknown[];
      checkpoint?: Partial<Checkpoint>;
    } | null;
    const { documents, checkpoint } = answer ?? {};
    const { e, v } = checkpoint ?? {};
    if (!Array.isArray(documents) || typeof e !== 'number' || typeof v !== 'number') {
      throw new SyncError('busy', 'the answer is no page');
    }
    return { documents, checkpoint: { e, v } };
  }

  async function push(rows: RxReplicationWriteToMasterRow<LocalDoc>[]) {
    return patiently((scope) => send(rows, scope)).then((conflicts) => {
      resyncs.next('RESYNC');
      return conflicts;
    });
  }

  async function send(
    rows: RxReplicationWriteToMasterRow<LocalDoc>[],
    scope: string,
  ): Promise<WithDeleted<LocalDoc>[]> {
    const sent = rows.map((row) => ({
      newDocumentState: withoutMarks(row.newDocumentState),
      ...(row.assumedMasterState && { assumedMasterState: withoutMarks(row.assumedMasterState) }),
    }));
    const body = { coll: name, scope, sv: definition?.version, rows: sent };
    let answer: { conflicts?: unknown; rejects?: unknown } | null;
    try {
      answer = (await client.post('/sync/v1/push', body, context.signal)) as typeof answer;
    } catch (error) {
      if (!(error instanceof SyncError) || error.kind !== 'too_large' || rows.length < 2)
        throw error;
      const middle = rows.length >> 1;
      const first = await send(rows.slice(0, middle), scope);
      return [...first, ...(await send(rows.slice(middle), scope))];
    }
    if (!Array.isArray(answer?.conflicts) || !Array.isArray(answer.rejects)) {
      throw new SyncError('busy', 'the answer has no verdicts');
    }
    for (const reject of answer.rejects as Reject[]) {
      const row = rows.find((item) => item.newDocumentState.id === reject.id);
      if (row !== undefined) await context.onReject(reject, withoutMarks(row.newDocumentState));
    }
    const conflicts = answer.conflicts.map((conflict) => {
      const doc = accept(conflict);
      if (doc === null) throw new SyncError('busy', 'a conflict that fits no schema');
      const local = rows.find((item) => item.newDocumentState.id === doc.id);
      return doc._deleted ? { ...(local?.newDocumentState as LocalDoc), _deleted: true } : doc;
    });
    const rejected = new Set((answer.rejects as Reject[]).map((reject) => reject.id));
    for (const { newDocumentState: wrote } of sent) {
      const held = await context.release(wrote.id);
      const conflict = conflicts.find((doc) => doc.id === wrote.id);
      if (conflict === undefined) {
        if (held !== null && contains(held, wrote)) conflicts.push({ ...held, _deleted: false });
      } else if (!rejected.has(wrote.id) && !contains(conflict, wrote)) {
        // Somebody else wrote first: what the customer wrote here must not vanish without a word.
        await context.onReject({ id: wrote.id, code: 'conflict' }, wrote);
      }
    }
    return conflicts;
  }

  /** Whether a record of the server holds what the customer wrote. */
  function contains(record: LocalDoc, wrote: LocalDoc): boolean {
    return definition?.writable.every((key) => equal(record[key], wrote[key])) === true;
  }

  const state = replicateRxCollection<LocalDoc, Checkpoint>({
    collection,
    replicationIdentifier: `liyu-${name}`,
    live: true,
    retryTime: 1,
    waitForLeadership: false,
    toggleOnDocumentVisible: false,
    pull: { handler: pull, batchSize: BATCH, stream$: resyncs },
    ...(definition.writable.length > 0 && { push: { handler: push, batchSize: BATCH } }),
  });
  return { state, resync: () => resyncs.next('RESYNC') };
}

/** The record as the server knows it. */
function withoutMarks(doc: WithDeleted<LocalDoc> | LocalDoc): LocalDoc {
  const { pending: _pending, _deleted, ...rest } = doc as WithDeleted<LocalDoc>;
  return rest;
}
