import { equal, pickPaths, withPaths } from '@liyu/model';
import type { Collection, Doc, Role } from '@liyu/model';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import type { RxReplicationState } from 'rxdb/plugins/replication';
import type { RxReplicationWriteToMasterRow } from 'rxdb/plugins/core';
import { Subject } from 'rxjs';
import type { Backoff } from './backoff.js';
import { withoutMarks } from './database.js';
import type { LocalCollection, LocalDoc } from './database.js';
import { Puller } from './puller.js';
import type { Checkpoint, PullContext, Pulled } from './puller.js';
import { scopesOf } from './scopes.js';
import type { SentWrites } from './sent-writes.js';
import type { Claims, Session } from './session.js';
import { SyncError } from './sync-error.js';

export interface Reject {
  id: string;
  code: string;
}

export interface ReplicationContext extends Omit<PullContext, 'onBroken'> {
  session: Session;
  waits: Readonly<Record<'pull' | 'push', Backoff>>;
  /** Whether the browser says that there is no network. */
  isOffline: () => boolean;
  /** Whether this person may write records of the collection. */
  mayWrite: boolean;
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
  /** What was sent, also by a page that no longer is. */
  sentWrites: Pick<SentWrites, 'add'>;
  /** Starts a replication with these handlers; RxDB's unless said otherwise. */
  start?: typeof replicateRxCollection;
}

export interface Replication {
  state: RxReplicationState<LocalDoc, Checkpoint>;
  /** Pulls what changed in a scope; null stands for every one. */
  resync: (scope: string | null) => void;
}

type Row = RxReplicationWriteToMasterRow<LocalDoc>;

/** What the server answers to a push. */
interface Verdicts {
  conflicts: unknown[];
  rejects: Reject[];
}

/** The desks that a record came by, which no server sends. */
function viaOf(rows: readonly Row[], id: string): Pick<LocalDoc, 'via'> {
  const via = rows.find((row) => row.newDocumentState.id === id)?.newDocumentState.via;
  return via === undefined ? {} : { via };
}

/** What a server would answer that takes none of these rows; each stays as it was before. */
function refused(
  rows: readonly { newDocumentState: LocalDoc; assumedMasterState?: LocalDoc }[],
  code: string,
): Verdicts {
  return {
    conflicts: rows.map(
      ({ newDocumentState: { id }, assumedMasterState: base }) => base ?? { id, _deleted: true },
    ),
    rejects: rows.map(({ newDocumentState: { id } }) => ({ id, code })),
  };
}

/** The verdicts after some rows were sent again. */
function amended(before: Verdicts, again: readonly Row[], after: Verdicts): Verdicts {
  const ids = new Set(again.map(({ newDocumentState: { id } }) => id));
  const kept = before.conflicts.filter((doc) => !ids.has((doc as { id: string }).id));
  return {
    conflicts: [...kept, ...after.conflicts],
    rejects: [...before.rejects, ...after.rejects],
  };
}

/** What is held, unless the write was made on it already. */
function newer(held: LocalDoc | null, base: LocalDoc | undefined): LocalDoc | null {
  return held !== null && base !== undefined && Number(held.rev) <= Number(base.rev) ? null : held;
}

/** Shortest wait while the browser says that there is no network; some say so for ever. */
const OFFLINE_MS = 30_000;
/** Records that RxDB stores, and sends, at a time. */
const BATCH = { pull: 1_000, push: 100 };

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
  const { client, session, waits, start = replicateRxCollection } = context;
  const resyncs = new Subject<'RESYNC'>();
  const puller = new Puller(definition, collection, {
    ...context,
    // RxDB takes a short page for the last one.
    onBroken: () => queueMicrotask(() => resyncs.next('RESYNC')),
    onEnd: (keys) => {
      // What was pulled is stored by then.
      void state.internalReplicationState?.streamQueue.down.then(() => {
        puller.forgetPlaced();
        if (!context.signal.aborted) context.onEnd(keys);
      });
    },
  });

  /** Runs a request; a failure waits here and throws, so that RxDB calls the handler again. */
  async function patiently<T>(backoff: Backoff, run: (claims: Claims) => Promise<T>): Promise<T> {
    try {
      const { claims } = await session.token();
      await context.checkOwner(claims);
      const result = await run(claims);
      backoff.reset();
      return result;
    } catch (error) {
      if (context.signal.aborted) throw error;
      const failure = error instanceof SyncError ? error : new SyncError('busy', 'a bad answer');
      context.onFailure(failure);
      // RxDB holds back what is pulled until a push is through; one that fails must not hold it up.
      const active = state.internalReplicationState?.events.active.up;
      if (backoff === waits.push) active?.next(false);
      if (failure.kind === 'network' || failure.kind === 'busy') {
        const least = context.isOffline() ? OFFLINE_MS : 0;
        await backoff.sleep(Math.max(least, failure.retryAfterMs));
      } else {
        await backoff.untilWoken();
      }
      if (backoff === waits.push) active?.next(true);
      throw failure;
    }
  }

  async function push(rows: Row[]): Promise<Pulled[]> {
    const conflicts = await patiently(waits.push, async (claims) => {
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
    const sent = rows.map(
      (row) =>
        ({
          newDocumentState: withoutMarks(row.newDocumentState),
          ...(row.assumedMasterState && {
            assumedMasterState: withoutMarks(row.assumedMasterState),
          }),
        }) as Row,
    );
    // No need to wait for it: it is there before an answer can get lost and the person writes on.
    const adding = context.sentWrites.add(sent.map(({ newDocumentState }) => newDocumentState));
    let answer: Verdicts;
    try {
      [answer] = await Promise.all([post(scope, sent), adding]);
      const before = await adding;
      const again = onOwnWrite(sent, answer, before, role);
      if (again.length > 0) answer = amended(answer, again, await post(scope, again));
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
        // The record goes with the scope, by the pull that follows; the customer may be back by then.
        answer = refused(sent, 'gone');
      } else throw error;
    }
    for (const reject of answer.rejects) {
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
    const rejected = new Set(answer.rejects.map((reject) => reject.id));
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

  async function post(scope: string, rows: readonly Row[]): Promise<Verdicts> {
    const body = { coll: definition.name, scope, sv: definition.version, rows };
    const answer = (await client.post(
      '/sync/v1/push',
      body,
      context.signal,
    )) as Partial<Verdicts> | null;
    const { conflicts, rejects } = answer ?? {};
    if (!Array.isArray(conflicts) || !Array.isArray(rejects)) {
      throw new SyncError('busy', 'the answer has no verdicts');
    }
    return { conflicts, rejects };
  }

  /**
   * Rows that conflict with nothing but an earlier write of this device, which the server took: as they
   * are to be sent again, made on that write.
   */
  function onOwnWrite(
    sent: readonly Row[],
    { conflicts, rejects }: Verdicts,
    before: ReadonlyMap<string, readonly LocalDoc[]>,
    role: Role,
  ): Row[] {
    const paths = definition.writable[role];
    return sent.flatMap(({ newDocumentState: wrote, assumedMasterState: base }): Row[] => {
      const earlier = before.get(wrote.id) ?? [];
      if (earlier.length === 0 || rejects.some(({ id }) => id === wrote.id)) return [];
      const conflict = conflicts.find((doc) => (doc as { id?: unknown } | null)?.id === wrote.id);
      const held = conflict === undefined ? null : puller.accept(conflict);
      if (held === null || held._deleted || contains(held, wrote, base, role)) return [];
      if (!earlier.some((doc) => contains(held, doc, base, role))) return [];
      const old = base === undefined ? {} : pickPaths(base, paths);
      const change = Object.entries(pickPaths(wrote, paths)).filter(
        ([path, value]) => !equal(old[path], value),
      );
      const master = withoutMarks(held);
      const next = withPaths(master, Object.fromEntries(change));
      return [{ newDocumentState: next, assumedMasterState: master } as Row];
    });
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
      handler: (checkpoint, limit) =>
        patiently(waits.pull, (claims) => puller.pull(claims, checkpoint, limit)),
      batchSize: BATCH.pull,
      stream$: resyncs,
    },
    // Without it RxDB writes half as much for what is pulled.
    ...(context.mayWrite && { push: { handler: push, batchSize: BATCH.push } }),
  });
  return {
    state,
    resync: (scope) => {
      puller.touch(scope);
      resyncs.next('RESYNC');
    },
  };
}
