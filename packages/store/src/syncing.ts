import { EMPTY, Subscription, combineLatest, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { Backoff } from './backoff.js';
import type { WrapStorage } from './database.js';
import { Leadership } from './leadership.js';
import type { Ledger } from './ledger.js';
import type { Mirror } from './mirror.js';
import { Mirrors } from './mirrors.js';
import { Replicator } from './replicator.js';
import { keyOf } from './scopes.js';
import type { Want } from './scopes.js';
import { ServerLine } from './server-line.js';
import type { LineOptions } from './server-line.js';
import type { SyncError } from './sync-error.js';
import { Tabs } from './tabs.js';
import type { TabMessage } from './tabs.js';
import type { Wiped } from './wiped.js';

/** Silence after which a tab that is looked at no longer waits for the one that replicates. */
const ANSWER_MS = 5_000;

export interface SyncingOptions extends LineOptions {
  /** Name of what lies here of the person; null when the store lives in memory. */
  name: string | null;
  ledger: Ledger;
  wrapStorage?: WrapStorage;
  /** Another tab wiped, or the server took a customer away. */
  onWiped: (wiped: Wiped) => void;
}

/**
 * The mirror of one tab, and who keeps it up: this tab, with one stream of hints, or another one, which
 * is told what is shown here and says how it goes (docs/decisions/0006).
 */
export class Syncing {
  readonly #mirrors: Mirrors;
  readonly #line: ServerLine;
  /** Waits between two pulls from the start, should the server refuse its own checkpoints. */
  readonly #dropBackoff = new Backoff();
  readonly #leadership: Leadership;
  readonly #tabs: Tabs;
  readonly #subscriptions = new Subscription();
  /** What this tab shows and, in the one that replicates, what others show. */
  readonly #wants = new Map<string, Want>();
  #replicator: Replicator | null = null;
  #closed = false;
  /** Whether something is only in the memory of this tab. */
  #isPartial = false;
  /** Whether a page of another release keeps the records by schemas that this one doesn't know. */
  #retired = false;
  /** The replicator whose mirror is dropped. */
  #doomed: Replicator | null = null;
  #answer: ReturnType<typeof setTimeout> | undefined;
  /** What opens, replaces and closes the mirror runs one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SyncingOptions) {
    const { name } = options;
    this.#mirrors = new Mirrors(name, options.ledger, options.wrapStorage);
    this.#line = new ServerLine(options, {
      onHint: ({ coll, scope }) => this.#replicator?.resync(coll, scope),
      isWanted: (coll) => [...this.#wants.values()].some(({ name }) => name === coll),
      // Another tab may hold a newer page.
      onUpgrade: () => void this.#leadership.giveWay(),
    });
    this.#tabs = new Tabs(name, (message) => this.#onMessage(message));
    this.#leadership = new Leadership(name, {
      begin: () => void this.#inTurn(() => this.#lead()),
      end: () => this.#inTurn(() => this.#follow()),
    });
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    document.addEventListener('visibilitychange', this.#onVisible);
    if (!navigator.onLine) options.status.setTrouble('offline');
  }

  async open(): Promise<void> {
    const { ledger, status, freshness } = this.options;
    await this.#inTurn(() => this.#mirrors.open());
    this.#subscriptions.add(
      ledger.changes.subscribe(() => {
        if (!ledger.isOwn) void this.#retire();
        else if (this.#mirrors.outdated) void this.#inTurn(() => this.#replace());
        else this.#replicator?.deliver();
      }),
    );
    this.#subscriptions.add(
      combineLatest([status.changes, freshness.mayShow]).subscribe(() => this.#show()),
    );
    this.#leadership.start();
    this.#subscriptions.add(
      this.#mirrors.current
        .pipe(
          switchMap((mirror) =>
            mirror === null ? EMPTY : combineLatest([mirror.isPartial, mirror.room.full]),
          ),
        )
        .subscribe(([isPartial, isFull]) => {
          status.setMemory(isPartial || isFull);
          this.#setPartial(isPartial);
        }),
    );
  }

  /** Null while another mirror takes the place of this one. */
  get mirror(): Observable<Mirror | null> {
    return this.#mirrors.current;
  }

  get retired(): boolean {
    return this.#retired;
  }

  /** The mirror, when there is one. Throws when the store is closed. */
  async current(): Promise<Mirror> {
    return this.#mirrors.wait();
  }

  /** Sees to it that what is wanted is replicated from now on. */
  want(want: Want): void {
    const key = keyOf(want);
    // A customer who is opened again is asked for again.
    if (this.#wants.has(key) && want.customer === null) return;
    this.#wants.set(key, want);
    if (this.#leadership.leading) this.#replicate(want);
    else this.#ask([want]);
  }

  /** Tries at once what waits after a failure. */
  retry(): void {
    if (this.#leadership.leading) {
      this.#line.wake();
      this.#mirrors.current.value?.room.wake();
      this.#replicator?.resync(null, null);
    } else if (this.options.status.value.state === 'signedOut') {
      // The tab that replicates was given no token; this one may be given one.
      void this.#line.session.token().then(
        () => this.#leadership.steal(),
        () => undefined,
      );
    } else {
      this.#leadership.start();
      this.#tabs.tell({ type: 'retry' });
      this.#ask([...this.#wants.values()]);
    }
  }

  /** Tells the person's other tabs; nobody once this one is closed. */
  tell(message: TabMessage): void {
    if (!this.#closed) this.#tabs.tell(message);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    document.removeEventListener('visibilitychange', this.#onVisible);
    clearTimeout(this.#answer);
    this.#subscriptions.unsubscribe();
    this.#tabs.close();
    this.#line.close();
    await this.#leadership.stop();
    await this.#inTurn(() => this.#mirrors.close());
  }

  #inTurn(run: () => Promise<void>): Promise<void> {
    const running = this.#last.then(run);
    this.#last = running.catch(() => undefined);
    return running;
  }

  /** This tab replicates from now on. */
  async #lead(): Promise<void> {
    if (this.#closed || !this.#leadership.leading) return;
    clearTimeout(this.#answer);
    this.#answer = undefined;
    this.options.status.lead();
    this.options.status.setTrouble(navigator.onLine ? null : 'offline');
    // What can't be read now is left for the next time.
    await this.#mirrors.sweep().catch(() => undefined);
    this.#line.listen();
    this.#startReplicator();
    this.tell({ type: 'lead' });
    this.#show();
  }

  /** Another tab replicates from now on, or none. */
  async #follow(): Promise<void> {
    this.#line.hush();
    await this.#stopReplicator();
    if (!this.#closed) this.#ask([...this.#wants.values()]);
  }

  #startReplicator(): void {
    const mirror = this.#mirrors.current.value;
    if (mirror === null || this.#replicator !== null) return;
    const { status, own, ledger } = this.options;
    this.#replicator = new Replicator(mirror, {
      client: this.#line.client,
      session: this.#line.session,
      waits: this.#line.waits,
      isOffline: () => !navigator.onLine,
      status,
      own,
      ledger,
      checkOwner: (claims) => this.#line.checkOwner(claims),
      onGone: (unsent) => {
        const wiped: Wiped = { reason: 'scope_gone', unsent };
        this.tell({ type: 'wiped', wiped });
        this.options.onWiped(wiped);
      },
      stored: () => this.#mirrors.stored(mirror),
      onFailure: (error, failed) => this.#onFailure(error, failed),
    });
    for (const want of this.#wants.values()) this.#replicate(want);
    this.#replicator.deliver();
  }

  #replicate(want: Want): void {
    this.#replicator?.replicate(want).catch(() => undefined);
  }

  /** Another mirror takes the place of this one. */
  async #replace(): Promise<void> {
    if (this.#closed || !this.#mirrors.outdated) return;
    const isLeading = () => this.#leadership.leading;
    await this.#mirrors.replace(isLeading, () => this.#stopReplicator());
    if (isLeading()) this.#startReplicator();
  }

  /** What a person still writes here is put aside for the page that took over. */
  async #retire(): Promise<void> {
    if (this.#closed || this.#retired) return;
    this.#retired = true;
    this.#line.close();
    this.options.status.setOutdated(true);
    await this.#leadership.stop();
    await this.#inTurn(() => this.#mirrors.close());
  }

  async #stopReplicator(): Promise<void> {
    await this.#replicator?.close();
    this.#replicator = null;
  }

  /** Asks the tab that replicates to do so for this one, and takes over when it doesn't answer. */
  #ask(wants: readonly Want[]): void {
    if (this.#closed || this.#leadership.leading) return;
    this.tell({ type: 'want', wants });
    this.#answer ??= setTimeout(() => {
      this.#answer = undefined;
      if (document.visibilityState === 'visible') this.#leadership.steal();
    }, ANSWER_MS);
  }

  /** Tells the other tabs how it goes. */
  #show(): void {
    if (!this.#leadership.leading) return;
    const { status, freshness } = this.options;
    const { state, quarantined, memory } = status.value;
    const shown = {
      ...{ state, quarantined, memory, mayShow: freshness.mayShow.value },
      isPartial: this.#isPartial,
    };
    this.tell({ type: 'shown', shown });
  }

  #onMessage(message: TabMessage): void {
    if (this.#closed) return;
    const { leading } = this.#leadership;
    const { status, freshness, onWiped } = this.options;
    if (message.type === 'wiped') onWiped(message.wiped);
    else if (this.#retired) return;
    else if (message.type === 'lead') this.#ask([...this.#wants.values()]);
    else if (message.type === 'shown' && !leading) {
      clearTimeout(this.#answer);
      this.#answer = undefined;
      status.follow(message.shown);
      freshness.follow(message.shown.mayShow);
      // What it holds in memory can be kept here.
      if (message.shown.isPartial && !this.#isPartial) this.#stealIfSeen();
    } else if (message.type === 'want' && leading) {
      for (const want of message.wants) this.want(want);
      this.#show();
    } else if (message.type === 'retry' && leading) this.retry();
  }

  readonly #onOnline = () => this.retry();

  readonly #onOffline = () => {
    if (this.#leadership.leading) this.#line.drop();
  };

  readonly #onVisible = () => {
    if (document.visibilityState !== 'visible') return;
    if (this.#isPartial) this.#leadership.steal();
    else this.#ask([...this.#wants.values()]);
  };

  /** No other tab can fill what is in the memory of this one: it replicates while it is looked at. */
  #setPartial(isPartial: boolean): void {
    this.#isPartial = isPartial;
    if (isPartial) this.#stealIfSeen();
  }

  #stealIfSeen(): void {
    if (document.visibilityState === 'visible') this.#leadership.steal();
  }

  #onFailure(error: SyncError, failed: Replicator): void {
    if (!this.#leadership.leading) return;
    this.#line.fail(error);
    if (error.kind !== 'resync' || failed === this.#doomed) return;
    this.#doomed = failed;
    void this.#drop(failed);
  }

  /** The server's history is another one: every tab goes on with a new mirror. */
  async #drop(failed: Replicator): Promise<void> {
    await this.#dropBackoff.sleep();
    if (this.#closed || failed !== this.#replicator) return;
    await this.options.ledger.drop(failed.mirror.number);
  }
}
