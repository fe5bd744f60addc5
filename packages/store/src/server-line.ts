import { Backoff } from './backoff.js';
import { EventStream } from './event-stream.js';
import type { Hint } from './event-stream.js';
import type { Freshness } from './freshness.js';
import { HttpClient } from './http-client.js';
import type { OwnRecords } from './own-records.js';
import { definitionOf, ownerOf, scopesOf } from './scopes.js';
import { Session } from './session.js';
import type { Claims, GetToken } from './session.js';
import type { Status } from './status.js';
import { SyncError } from './sync-error.js';

export interface LineOptions {
  /** Address that `/sync/v1/…` is appended to. */
  endpoint: string;
  getToken: GetToken;
  own: OwnRecords;
  status: Status;
  freshness: Freshness;
  /** What lies here may lie here no longer. */
  onEnded: (reason: 'other_person' | 'access_ended') => void;
}

/** What is done about what comes over the line. */
export interface LineListener {
  onHint(hint: Pick<Hint, 'coll' | 'scope'>): void;
  /** Whether a collection is shown in any tab. */
  isWanted(coll: string): boolean;
  /** This page is too old for the server. */
  onUpgrade(): void;
}

/** The line to the server: whose it is, and what each answer and failure says of the store. */
export class ServerLine {
  readonly session: Session;
  readonly client: HttpClient;
  readonly #backoff = new Backoff();
  /** One each: a pull that goes through says nothing of a push that fails. */
  readonly waits = { pull: this.#backoff.another(), push: this.#backoff.another() };
  #events: EventStream | null = null;
  #owner: string | null = null;
  /** Whether the server said, since its last hello, that this page is too old for it. */
  #hasHeardUpgrade = false;
  /** Whether the token was another person's. */
  #isOther = false;
  #asking: Promise<void> | null = null;
  readonly #ending = new AbortController();

  constructor(
    private readonly options: LineOptions,
    private readonly listener: LineListener,
  ) {
    this.session = new Session(options.getToken);
    this.client = new HttpClient(options.endpoint, this.session, () => this.#onContact());
  }

  /** Opens the stream of hints. */
  listen(): void {
    this.#events ??= new EventStream(
      this.client,
      (hint) => this.#onHint(hint),
      (error) => this.#onStreamFailure(error),
      () => this.options.freshness.renew(),
      (colls) => this.#onUnserved(colls),
    );
  }

  /** Ends the stream of hints. */
  hush(): void {
    this.#events?.stop();
    this.#events = null;
  }

  /** Tries at once what waits after a failure. */
  wake(): void {
    // A page that is still too old is told so again.
    this.options.status.setOutdated(false);
    this.#backoff.wake();
    this.#events?.wake();
  }

  /** The browser says that there is no network. */
  drop(): void {
    this.options.status.setTrouble('offline');
    this.#events?.drop();
  }

  /** What comes over the line says nothing any more. */
  close(): void {
    this.#ending.abort();
  }

  /** A portal that gives one person's token under another's subject must not mix their records. */
  async checkOwner(claims: Claims): Promise<void> {
    const { own, onEnded } = this.options;
    const owner = ownerOf(claims);
    this.#owner ??= await own.get<string>('owner');
    if (this.#owner === null) {
      this.#owner = owner;
      await own.put('owner', owner);
    }
    if (this.#owner === owner) return;
    if (!this.#isOther) onEnded('other_person');
    this.#isOther = true;
    throw new SyncError('signed_out', "the token is another person's");
  }

  /** A request failed, and is tried again later. */
  fail(error: SyncError): void {
    if (this.#ending.signal.aborted) return;
    const { status, freshness } = this.options;
    switch (error.kind) {
      case 'network':
        status.setTrouble('offline');
        break;
      case 'signed_out':
        status.setTrouble('signedOut');
        freshness.refuse();
        break;
      case 'upgrade':
        status.setOutdated(true);
        this.listener.onUpgrade();
        break;
      case 'gone':
        status.setTrouble('error');
        this.#asking ??= this.#askWhetherEnded()
          .catch(() => undefined)
          .finally(() => {
            this.#asking = null;
          });
        break;
      default:
        status.setTrouble('error');
    }
  }

  /**
   * A server refuses a scope and a collection that it doesn't know alike. So a customer's own record is
   * asked for, which every server knows.
   */
  async #askWhetherEnded(): Promise<void> {
    const { claims } = await this.session.token();
    if (claims.role !== 'customer') return;
    const own = definitionOf('customers');
    const [scope] = scopesOf(own, claims, new Set());
    const body = { coll: own.name, scope, sv: own.version, cp: null, limit: 1 };
    try {
      await this.client.post('/sync/v1/pull', body, this.#ending.signal);
    } catch (error) {
      const isGone = error instanceof SyncError && error.kind === 'gone';
      if (isGone && !this.#ending.signal.aborted) this.options.onEnded('access_ended');
    }
  }

  #onContact(): void {
    if (this.#ending.signal.aborted) return;
    const { status, freshness } = this.options;
    freshness.confirm();
    const wasOffline = status.value.state === 'offline';
    status.setTrouble(null);
    // What waits goes on; it asks for the rest itself.
    if (wasOffline) this.wake();
  }

  #onHint(hint: Hint): void {
    if (hint.type === 'hello') {
      const isServedAgain = !this.#hasHeardUpgrade && this.options.status.value.state === 'upgrade';
      this.#hasHeardUpgrade = false;
      if (isServedAgain) this.wake();
    }
    this.listener.onHint(hint);
  }

  #onUnserved(colls: readonly string[]): void {
    if (!colls.some((coll) => this.listener.isWanted(coll))) return;
    this.#hasHeardUpgrade = true;
    this.fail(new SyncError('upgrade', 'this page is too old'));
  }

  /** A stream that breaks is no proof that the network is gone: a pull will tell. */
  #onStreamFailure(error: SyncError): void {
    if (error.kind === 'network' || error.kind === 'busy') {
      this.listener.onHint({ coll: null, scope: null });
    } else this.fail(error);
  }
}
