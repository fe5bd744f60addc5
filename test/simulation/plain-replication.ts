import { equal } from '@liyu/model';
import { BehaviorSubject, Subject, filter, firstValueFrom } from 'rxjs';
import type { Checkpoint } from '../../packages/store/src/puller.js';
import type { LocalDoc } from '../../packages/store/src/database.js';
import type { ReplicationContext } from '../../packages/store/src/replicate.js';

type Start = NonNullable<ReplicationContext['start']>;
type Options = Parameters<Start>[0];
type State = ReturnType<Start>;
type Stored = LocalDoc & { _deleted: boolean };

/** What of a record is kept when there is a conflict; RxDB's own handler takes the server's. */
export type Resolve = (server: Stored, local: Stored) => Stored;

export const takeServers: Resolve = (server) => server;

interface Page {
  documents: Stored[];
  checkpoint: Checkpoint;
}

/** A collection as it lies on a device, and survives a crash of the page. */
export class PlainCollection {
  readonly docs = new Map<string, Stored>();
  /** The server's record that each local one is based on. */
  readonly assumed = new Map<string, Stored>();
  checkpoint: Checkpoint | undefined;
  /** Called with each record that changed. */
  onChange: (doc: Stored) => void = () => undefined;

  set(doc: Stored): void {
    this.docs.set(doc.id, doc);
    this.onChange(doc);
  }

  /** The records that aren't deleted. */
  all(): Stored[] {
    return [...this.docs.values()].filter((doc) => !doc._deleted);
  }
}

/**
 * RxDB's replication protocol over plain maps: pages downwards until one is short, skipping records
 * with a write that isn't delivered; then upwards all that differs from what the server is known to
 * have, while a call to pull waits; conflicts give way to the server's record unless it was written on
 * meanwhile. The handlers, and with them all that Liyu decides, are those of packages/store. It ends with `signal`.
 */
export function startPlain(
  plain: PlainCollection,
  {
    signal,
    resolve,
    onUp,
  }: { signal: AbortSignal; resolve: Resolve; onUp: (up: () => void) => void },
): Start {
  const start = (options: Options) => {
    const { pull, push } = options as unknown as {
      pull: {
        handler: (checkpoint: Checkpoint | undefined, limit: number) => Promise<Page>;
        batchSize: number;
        stream$: { subscribe: (next: (task: Page | 'RESYNC') => void) => unknown };
      };
      push?: { handler: (rows: object[]) => Promise<Stored[]>; batchSize: number };
    };
    const pushing = new BehaviorSubject(false);
    const pulling = new BehaviorSubject(false);
    const state = {
      streamQueue: { down: Promise.resolve() },
      events: { active: { up: pushing, down: pulling }, error: new Subject() },
    };
    /** Pages that were handed over, before a RESYNC that follows them. */
    let handed: Page[] = [];
    let isWanted = false;
    /** A handler that threw has waited, and is called again. */
    async function again<T>(handler: () => Promise<T>): Promise<T> {
      for (;;) {
        try {
          return await handler();
        } catch (error) {
          if (signal.aborted) throw error;
          await Promise.resolve();
        }
      }
    }

    async function down(): Promise<void> {
      for (;;) {
        const page = await again(() => pull.handler(plain.checkpoint, pull.batchSize));
        if (signal.aborted) return;
        store(page);
        if (page.documents.length < pull.batchSize) return;
      }
    }

    function store({ documents, checkpoint }: Page): void {
      for (const doc of documents) land(doc);
      plain.checkpoint = { ...plain.checkpoint, ...checkpoint };
    }

    function land(doc: Stored): void {
      const local = plain.docs.get(doc.id);
      const assumed = plain.assumed.get(doc.id);
      if (local !== undefined && (assumed === undefined || !equal(local, assumed))) return;
      plain.assumed.set(doc.id, doc);
      if (!equal(local, doc)) plain.set(doc);
    }

    async function up(): Promise<void> {
      if (push === undefined) return;
      const changed = [...plain.docs.values()]
        .filter((doc) => !equal(doc, plain.assumed.get(doc.id)))
        .slice(0, push.batchSize);
      if (changed.length === 0) return;
      const rows = changed.map((doc) => {
        const assumed = plain.assumed.get(doc.id);
        return { newDocumentState: doc, ...(assumed && { assumedMasterState: assumed }) };
      });
      // The same rows, whatever is written meanwhile.
      pushing.next(true);
      const conflicts = await again(() => push.handler(rows));
      pushing.next(false);
      if (signal.aborted) return;
      for (const sent of changed) {
        const conflict = conflicts.find(({ id }) => id === sent.id);
        if (conflict === undefined) plain.assumed.set(sent.id, sent);
        else if (plain.docs.get(sent.id) === sent) {
          const kept = resolve(conflict, sent);
          plain.assumed.set(sent.id, conflict);
          plain.set(kept);
        }
      }
      next.up();
    }

    const next = {
      down: loop(signal, async () => {
        pulling.next(true);
        const work = (async () => {
          // Those that came while a page was asked for are dropped, as RxDB does.
          for (const page of handed.splice(0)) store(page);
          if (!isWanted) return;
          isWanted = false;
          await down();
          handed = [];
          next.up();
        })();
        // `onEnd` of a pull waits for what it brought to be stored.
        state.streamQueue.down = work.catch(() => undefined);
        await work.finally(() => pulling.next(false));
      }),
      up: loop(signal, up),
    };
    const isIdle = pushing.pipe(filter((isPushing) => !isPushing));
    pull.stream$.subscribe((task) => {
      void firstValueFrom(isIdle).then(() => {
        if (task === 'RESYNC') isWanted = true;
        else handed.push(task);
        next.down();
      });
    });
    onUp(() => {
      if (plain.checkpoint !== undefined) next.up();
    });
    isWanted = true;
    next.down();
    return { internalReplicationState: state } as unknown as State;
  };
  return start as unknown as Start;
}

/** Runs work when it is called, and once more for calls meanwhile. What it throws ends it for good. */
function loop(signal: AbortSignal, work: () => Promise<void>): () => void {
  let wanted = false;
  let running = false;
  const run = async () => {
    running = true;
    while (wanted && !signal.aborted) {
      wanted = false;
      await work();
    }
    running = false;
  };
  return () => {
    wanted = true;
    if (!running) void run().catch(() => undefined);
  };
}
