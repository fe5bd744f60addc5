import type { Collection } from '@liyu/model';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import type { RxReplicationState } from 'rxdb/plugins/replication';
import { Subject } from 'rxjs';
import type { Backoff } from './backoff.js';
import type { LocalCollection, LocalDoc } from './database.js';
import { Puller } from './puller.js';
import type { Checkpoint, PullContext, Pulled } from './puller.js';
import { Pusher } from './pusher.js';
import type { PushContext, Row } from './pusher.js';
import type { Claims, Session } from './session.js';
import { SyncError } from './sync-error.js';

export interface ReplicationContext extends Omit<PullContext, 'onBroken'>, PushContext {
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
  /** Starts a replication with these handlers; RxDB's unless said otherwise. */
  start?: typeof replicateRxCollection;
}

export interface Replication {
  state: RxReplicationState<LocalDoc, Checkpoint>;
  /** Pulls what changed in a scope; null stands for every one. */
  resync: (scope: string | null) => void;
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
  const { session, waits, start = replicateRxCollection } = context;
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

  const pusher = new Pusher(definition, puller, context);

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
    const conflicts = await patiently(waits.push, (claims) => pusher.push(rows, claims));
    puller.touch(null);
    resyncs.next('RESYNC');
    return conflicts;
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
