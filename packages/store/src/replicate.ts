import { equal, pickPaths } from '@liyu/model';
import type { Collection, Doc, Role } from '@liyu/model';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import type { RxReplicationState } from 'rxdb/plugins/replication';
import type { RxReplicationWriteToMasterRow } from 'rxdb/plugins/core';
import { Subject } from 'rxjs';
import type { Backoff } from './backoff.js';
import { isWritable, withoutMarks } from './database.js';
import type { LocalCollection, LocalDoc } from './database.js';
import { Puller } from './puller.js';
import type { Checkpoint, PullContext, Pulled } from './puller.js';
import { scopesOf } from './scopes.js';
import type { Claims, Session } from './session.js';
import { SyncError } from './sync-error.js';

export interface Reject {
  id: string;
  code: string;
}

export interface ReplicationContext extends PullContext {
  session: Session;
  backoff: Backoff;
  /** Throws when the token is not that of the person whose records lie here. */
  checkOwner: (claims: Claims) => Promise<void>;
  /** Called before the handler waits and is tried again. */
  onFailure: (error: SyncError) => void;
  /** Called when the server refused a write; `doc` is what the person had written. */
  onReject: (reject: Reject, doc: LocalDoc) => Promise<void>;
  /** Called with the number of writes that go with a customer who is no longer this person's. */
  onGone: (unsent: number) => void;
  /** What is held of a record. It stays until the record is stored as the server has it. */
  heldOf: (id: string) => Promise<LocalDoc | null>;
  /** Starts a replication with these handlers; RxDB's unless said otherwise. */
  start?: typeof replicateRxCollection;
}

export interface Replication {
  state: RxReplicationState<LocalDoc, Checkpoint>;
  /** Pulls what changed in a scope; null stands for every one. */
  resync: (scope: string | null) => void;
}

type Row = RxReplicationWriteToMasterRow<LocalDoc>;

/** The desks that a record came by, which no server sends. */
function viaOf(rows: readonly Row[], id: string): Pick<LocalDoc, 'via'> {
  const via = rows.find((row) => row.newDocumentState.id === id)?.newDocumentState.via;
  return via === undefined ? {} : { via };
}

/** What a server would answer that takes none of these rows; each stays as it was before. */
function refused(
  rows: readonly { newDocumentState: LocalDoc; assumedMasterState?: LocalDoc }[],
  code: string,
): { conflicts: unknown[]; rejects: Reject[] } {
  return {
    conflicts: rows.map(
      ({ newDocumentState: { id }, assumedMasterState: base }) => base ?? { id, _deleted: true },
    ),
    rejects: rows.map(({ newDocumentState: { id } }) => ({ id, code })),
  };
}

/** What is held, unless the write was made on it already. */
function newer(held: LocalDoc | null, base: LocalDoc | undefined): LocalDoc | null {
  return held !== null && base !== undefined && Number(held.rev) <= Number(base.rev) ? null : held;
}

/** Size of a page in both directions; the server cuts at the same number. */
const BATCH = 100;

/**
 * Replicates one collection both ways. RxDB's traps decide the shape (docs/decisions/0003): there are
 * no modifiers, since a throwing one loses or wedges a batch; what fails throws in a handler, after a
 * wait of its own, and is tried again. There is one replication for all scopes of a collection, since
 * RxDB takes what another replication has written for a local write.
 */
export function replicate(
  definition: Collection,
  collection: LocalCollection,
  context: ReplicationContext,
): Replication {
  const { client, session, start = replicateRxCollection } = context;
  const resyncs = new Subject<'RESYNC'>();
  const puller = new Puller(definition, collection, {
    ...context,
    onEnd: (keys) => {
      // What was pulled is stored by then.
      void state.internalReplicationState?.streamQueue.down.then(() => {
        puller.forgetPlaced();
        if (!context.signal.aborted) context.onEnd(keys);
      });
    },
  });

  /** Runs a request; a failure waits here and throws, so that RxDB calls the handler again. */
  async function patiently<T>(run: (claims: Claims) => Promise<T>): Promise<T> {
    try {
      const { claims } = await session.token();
      await context.checkOwner(claims);
      return await run(claims);
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

  async function push(rows: Row[]): Promise<Pulled[]> {
    const conflicts = await patiently(async (claims) => {
      const found: Pulled[] = [];
      for (const [scope, group] of byScope(rows, claims)) {
        found.push(...(await send(group, scope, claims.role)));
      }
      return found;
    });
    puller.touch(null);
    resyncs.next('RESYNC');
    return conflicts;
  }

  /** Rows by the scope that they go to. What nobody here wrote is no row: RxDB forgot whence it came. */
  function byScope(rows: readonly Row[], claims: Claims): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    const [first = `m:${claims.manager ?? ''}`] = scopesOf(definition, claims, context.opened);
    for (const row of rows) {
      const { pending, via, customer } = row.newDocumentState;
      if (pending !== true) continue;
      const scope =
        claims.role === 'staff' && definition.desk !== true
          ? `c:${String(customer)}`
          : (via?.[0] ?? first);
      groups.set(scope, [...(groups.get(scope) ?? []), row]);
    }
    return groups;
  }

  async function send(rows: Row[], scope: string, role: Role): Promise<Pulled[]> {
    const sent = rows.map((row) => ({
      newDocumentState: withoutMarks(row.newDocumentState),
      ...(row.assumedMasterState && { assumedMasterState: withoutMarks(row.assumedMasterState) }),
    }));
    const body = { coll: definition.name, scope, sv: definition.version, rows: sent };
    let answer: { conflicts?: unknown; rejects?: unknown } | null;
    try {
      answer = (await client.post('/sync/v1/push', body, context.signal)) as typeof answer;
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (error.kind === 'too_large' && rows.length > 1) {
        const middle = rows.length >> 1;
        const first = await send(rows.slice(0, middle), scope, role);
        return [...first, ...(await send(rows.slice(middle), scope, role))];
      }
      if (error.kind === 'too_large') {
        // No server takes it, now or later: it would hold up all that is written after it.
        answer = refused(sent, 'too_large');
      } else if (error.kind === 'gone' && role === 'staff') {
        // The customer is no longer this member of staff's: what was written must not vanish unsaid.
        context.onGone(rows.length);
        answer = refused(
          sent.map(({ newDocumentState }) => ({ newDocumentState })),
          'gone',
        );
      } else throw error;
    }
    if (!Array.isArray(answer?.conflicts) || !Array.isArray(answer.rejects)) {
      throw new SyncError('busy', 'the answer has no verdicts');
    }
    for (const reject of answer.rejects as Reject[]) {
      const row = rows.find((item) => item.newDocumentState.id === reject.id);
      if (row !== undefined) await context.onReject(reject, withoutMarks(row.newDocumentState));
    }
    const unreadable = new Set<string>();
    const conflicts = answer.conflicts.map((conflict): Pulled => {
      const accepted = puller.accept(conflict);
      const { id } = conflict as { id: string };
      // A pull leaves such a record out too.
      if (accepted === null) unreadable.add(id);
      const doc = accepted ?? { id, _deleted: true };
      const local = rows.find((item) => item.newDocumentState.id === doc.id)?.newDocumentState;
      if (doc._deleted) return { ...(local as LocalDoc), _deleted: true };
      return { ...doc, ...viaOf(rows, doc.id) };
    });
    if (unreadable.size > 0) context.onQuarantine(unreadable.size);
    const rejected = new Set((answer.rejects as Reject[]).map((reject) => reject.id));
    for (const { newDocumentState: wrote, assumedMasterState: base } of sent) {
      const held = newer(await context.heldOf(wrote.id), base);
      const conflict = conflicts.find((doc) => doc.id === wrote.id);
      if (conflict === undefined) {
        const via = viaOf(rows, wrote.id);
        if (held !== null && contains(held, wrote, base, role)) {
          conflicts.push({ ...held, _deleted: false });
        } else if (held === null && base !== undefined && contains(base, wrote, undefined, role)) {
          // The server had it all along and wrote nothing: no pull will ever bring it without its mark.
          conflicts.push({ ...base, ...via, _deleted: false });
        }
      } else if (
        !rejected.has(wrote.id) &&
        (unreadable.has(wrote.id) || !contains(conflict, wrote, base, role))
      ) {
        // Somebody else wrote first: what was written here must not vanish without a word.
        await context.onReject({ id: wrote.id, code: 'conflict' }, wrote);
      }
    }
    return conflicts;
  }

  /** Whether a record of the server holds what was written here. */
  function contains(
    record: LocalDoc,
    wrote: LocalDoc,
    base: LocalDoc | undefined,
    role: Role,
  ): boolean {
    if (definition.contains?.(record as Doc, wrote as Doc) === true) return true;
    const paths = definition.writable[role];
    const found = pickPaths(record, paths);
    const before = definition.mergeFields && base !== undefined ? pickPaths(base, paths) : {};
    return Object.entries(pickPaths(wrote, paths)).every(
      ([path, value]) =>
        equal(found[path], value) || (path in before && equal(before[path], value)),
    );
  }

  const state = start<LocalDoc, Checkpoint>({
    collection,
    replicationIdentifier: `liyu-${definition.name}`,
    live: true,
    retryTime: 1,
    waitForLeadership: false,
    toggleOnDocumentVisible: false,
    pull: {
      handler: (checkpoint, limit) => patiently((claims) => puller.pull(claims, checkpoint, limit)),
      batchSize: BATCH,
      stream$: resyncs,
    },
    ...(isWritable(definition) && { push: { handler: push, batchSize: BATCH } }),
  });
  return {
    state,
    resync: (scope) => {
      puller.touch(scope);
      resyncs.next('RESYNC');
    },
  };
}
