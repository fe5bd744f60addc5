import type { Collection } from '@liyu/model';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import type { RxReplicationState } from 'rxdb/plugins/replication';
import { asapScheduler, filter, observeOn } from 'rxjs';
import type { Backoff } from './backoff.js';
import type { LocalCollection, LocalDoc } from './database.js';
import { Follower } from './follower.js';
import type { PulledPage } from './follower.js';
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
  /** Resolves when nothing is being pulled. */
  settled: () => Promise<unknown>;
}

/** Shortest wait while the browser says that there is no network; some say so for ever. */
const OFFLINE_MS = 30_000;
/** Records that RxDB stores, and sends, at a time. */
const BATCH = { pull: 1_000, follow: 100, push: 100 };

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
  const puller = new Puller(definition, collection, {
    ...context,
    // RxDB takes a short page for the last one.
    onBroken: () => queueMicrotask(() => follower.resync()),
    onEnd: (keys) => {
      const onStored = () => {
        puller.forgetPlaced();
        if (!context.signal.aborted) context.onEnd(keys);
      };
      void follower.stored.then(onStored, () => undefined);
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
      const goOn = backoff === waits.push ? sayNoPush(state) : undefined;
      if (failure.kind === 'network' || failure.kind === 'busy') {
        const least = context.isOffline() ? OFFLINE_MS : 0;
        await backoff.sleep(Math.max(least, failure.retryAfterMs));
      } else {
        await backoff.untilWoken();
      }
      goOn?.();
      throw failure;
    }
  }

  /** One page at a time: RxDB may ask for one while the follower waits for its own. */
  async function pull(checkpoint: Checkpoint | undefined, limit: number): Promise<PulledPage> {
    const run = () => patiently(waits.pull, (claims) => puller.pull(claims, checkpoint, limit));
    const pulling = lastPull.then(run, run);
    lastPull = pulling;
    return pulling;
  }
  let lastPull: Promise<unknown> = Promise.resolve();

  const follower: Follower = new Follower({
    inner: () => state.internalReplicationState,
    pull: (checkpoint) => pull(checkpoint, BATCH.follow),
    limit: BATCH.follow,
    onDiscard: () => puller.discard(),
    signal: context.signal,
  });

  async function push(rows: Row[]): Promise<Pulled[]> {
    follower.onPush();
    const conflicts = await patiently(waits.push, (claims) => pusher.push(rows, claims));
    puller.touch(null);
    follower.ask();
    return conflicts;
  }

  const state: Replication['state'] = start<LocalDoc, Checkpoint>({
    collection,
    replicationIdentifier: `liyu-${definition.name}`,
    live: true,
    retryTime: 1,
    waitForLeadership: false,
    toggleOnDocumentVisible: false,
    pull: {
      handler: async (checkpoint, limit) => {
        const page = await pull(checkpoint, limit);
        follower.onPage(page, limit);
        return page;
      },
      batchSize: BATCH.pull,
      stream$: follower.stream,
    },
    // Without it RxDB writes half as much for what is pulled.
    ...(context.mayWrite && { push: { handler: push, batchSize: BATCH.push } }),
  });
  return {
    state,
    resync: (scope) => {
      puller.touch(scope);
      if (scope === null) follower.resync();
      else follower.ask();
    },
    settled: () => lastPull.catch(() => undefined),
  };
}

/** Says that no push is active, whatever is written meanwhile, until the returned function is called. */
function sayNoPush({ internalReplicationState }: Replication['state']): () => void {
  const up = internalReplicationState?.events.active.up;
  const wasUp = up?.value === true;
  const saying = up
    ?.pipe(
      filter((isUp) => isUp),
      observeOn(asapScheduler),
    )
    .subscribe(() => up.next(false));
  return () => {
    saying?.unsubscribe();
    if (wasUp) up?.next(true);
  };
}
