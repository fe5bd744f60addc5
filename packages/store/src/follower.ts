import type { RxReplicationState } from 'rxdb/plugins/replication';
import { Subject, filter, firstValueFrom, fromEvent, pairwise, race } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import type { LocalDoc } from './database.js';
import type { Checkpoint, Pulled } from './puller.js';

export interface PulledPage {
  documents: Pulled[];
  checkpoint: Checkpoint;
}

type State = RxReplicationState<LocalDoc, Checkpoint>;

export interface FollowerOptions {
  /** The replication, once it runs. */
  inner: () => State['internalReplicationState'];
  /** The page behind a checkpoint. */
  pull: (checkpoint: Checkpoint) => Promise<PulledPage>;
  /** Records of a page that may be followed by another: few, since a page may be read in vain. */
  limit: number;
  /** Called when what was pulled isn't stored, and has to be pulled again. */
  onDiscard: () => void;
  signal: AbortSignal;
}

/**
 * Brings what a hint is about. RxDB's own way, RESYNC, looks for local writes and for two checkpoints on the device
 * before it asks the server. So the page that follows the last one is asked for at once and handed to RxDB; whenever
 * that isn't certain to be right, RESYNC does it. RxDB drops a page that it is handed before a RESYNC begins, so there
 * is never one of them while the other is under way (docs/decisions/0003).
 */
export class Follower {
  /** What RxDB listens to. */
  readonly stream = new Subject<PulledPage | 'RESYNC'>();
  /** Where the last page led, once it is known to be the last and is stored; null while RxDB has to look. */
  #known: Checkpoint | null = null;
  #pushes = 0;
  #isAsking = false;
  #isAskedAgain = false;
  #following: Promise<void> | null = null;
  #failures: Subscription | undefined;

  constructor(private readonly options: FollowerOptions) {}

  /** Resolves when the page that is being pulled is stored; rejects when it is pulled again. */
  get stored(): Promise<unknown> {
    return this.#following ?? this.options.inner()?.streamQueue.down ?? Promise.resolve();
  }

  /** RxDB pulled a page of at most `limit` records itself, and holds others back until it has stored it. */
  onPage({ documents, checkpoint }: PulledPage, limit: number): void {
    this.#known = documents.length < limit ? checkpoint : null;
    // What isn't stored must not be read on from.
    this.#failures ??= this.options.inner()?.events.error.subscribe(() => {
      this.#known = null;
      this.options.onDiscard();
    });
  }

  /** RxDB pushes. */
  onPush(): void {
    this.#pushes += 1;
  }

  /** Pulls from what RxDB has stored, and pushes what it hasn't. */
  resync(): void {
    this.#known = null;
    this.stream.next('RESYNC');
  }

  /** Pulls what comes next; once more when it is asked meanwhile. */
  ask(): void {
    this.#isAskedAgain = true;
    if (!this.#isAsking) void this.#askAll();
  }

  async #askAll(): Promise<void> {
    const { signal } = this.options;
    this.#isAsking = true;
    while (this.#isAskedAgain && !signal.aborted) {
      this.#isAskedAgain = false;
      this.#following = this.#follow();
      await this.#following.catch(() => {
        if (!signal.aborted) this.resync();
      });
    }
    this.#following = null;
    this.#isAsking = false;
  }

  /** Rejects when RxDB has to do it. */
  async #follow(): Promise<void> {
    const { inner, pull, limit, onDiscard, signal } = this.options;
    const active = inner()?.events.active;
    const known = this.#known;
    if (known === null || active === undefined || active.down.value) throw new Error('not at rest');
    // What is pulled before a push is through is older than what the push leaves here.
    await this.#until(active.up.pipe(filter((isUp) => !isUp)));
    if (signal.aborted) return;
    const pushes = this.#pushes;
    const page = await pull(known);
    const isAtRest = () => this.#known === known && !signal.aborted;
    const isPushed = pushes !== this.#pushes || active.up.value;
    if (isAtRest() && !isPushed && !active.down.value) {
      if (page.documents.length > 0) {
        const stored = this.#until(
          active.down.pipe(
            pairwise(),
            filter(([wasDown, isDown]) => wasDown && !isDown),
          ),
        );
        this.stream.next(page);
        await stored;
      }
      if (isAtRest()) {
        if (page.documents.length >= limit) throw new Error('there is more');
        this.#known = page.checkpoint;
        return;
      }
    }
    onDiscard();
    throw new Error('no longer at rest');
  }

  async #until(happens: Observable<unknown>): Promise<void> {
    const ending = fromEvent(this.options.signal, 'abort');
    await firstValueFrom(race(happens, ending), { defaultValue: null });
  }
}
