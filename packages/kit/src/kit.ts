import type { Locale } from '@liyu/model';
import type { GetToken, StoreOptions, StoreStatus } from '@liyu/store';
import { SOURCE_READY, SourceRequest } from '@liyu/widgets';
import { fetchToken } from './fetch-token.js';
import { KitError, StatusChanged, StoreWiped } from './kit.events.js';
import type { KitErrorCode } from './kit.events.js';
import { StoreSource } from './store-source.js';

/** The one store of a page, shared by kits of one subject. */
interface Shared {
  /** Endpoint and subject. */
  key: string;
  source: StoreSource;
  status: StoreStatus | null;
  readonly kits: Set<Kit>;
}
interface Page {
  shared: Shared | null;
  /** Kits of another subject, which wait until the others have left. */
  readonly refused: Set<Kit>;
  /** Resolves when the store that was open before is closed or wiped; the next one waits for it. */
  ended: Promise<unknown>;
}
const PAGE = Symbol.for('liyu.kit.1');
const page = ((globalThis as { [PAGE]?: Page })[PAGE] ??= {
  shared: null,
  refused: new Set(),
  ended: Promise.resolve(),
});

/**
 * @summary Wires the widgets of a page, or those inside it, to the local store and the server.
 * @attr endpoint - Address that `/sync/v1/…` is appended to.
 * @attr token-url - Address of the portal that gives a token (POST, 200 `{token}`).
 * @attr subject - Opaque name of the signed-in person; without it nothing is kept on the device.
 * @attr locale - `zh-CN` or `en`, for all widgets that use this kit.
 * @attr offline-hours - Hours in which stored data opens without the server; 12 by default, 0 never.
 * @event liyu-status-changed - The store went offline, is syncing, or has unsent writes.
 * @event liyu-wiped - What lay here of a person is gone; `detail` says why, and what was lost with it.
 * @event liyu-error - Something went wrong; `detail.code` says what.
 */
export class Kit extends HTMLElement {
  static readonly observedAttributes = ['endpoint', 'subject', 'locale', 'token-url'];

  #getToken: GetToken | null = null;
  #shared: Shared | null = null;
  #status: StoreStatus | null = null;
  /** Whether it takes part in the page; still so while it is moved. */
  #active = false;

  /** Gives a token in place of `token-url`; null when nobody is signed in. */
  get getToken(): GetToken | null {
    return this.#getToken;
  }

  set getToken(getToken: GetToken | null) {
    this.#getToken = getToken;
    this.#signInAgain();
  }

  /** What the store is doing; null until a widget needed it. */
  get status(): StoreStatus | null {
    return this.#status;
  }

  connectedCallback(): void {
    this.#takeEarlyGetToken();
    this.addEventListener(SourceRequest.type, this.#onInnerRequest);
    document.addEventListener(SourceRequest.type, this.#onPageRequest);
    this.#active = true;
    this.#start();
  }

  disconnectedCallback(): void {
    this.removeEventListener(SourceRequest.type, this.#onInnerRequest);
    document.removeEventListener(SourceRequest.type, this.#onPageRequest);
    // A kit that is only moved is connected again at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.#active) return;
    if (name === 'locale') this.#shared?.source.setLocale(readLocale(after));
    else if (name === 'token-url') this.#signInAgain();
    else this.#restart();
  }

  /** Records with a write that the server hasn't taken, on this device. Drafts don't count. */
  async pendingCount(): Promise<number> {
    return this.#sourceOfSubject().pendingCount();
  }

  /**
   * For the portal's sign-out: stops the store in every tab and leaves nothing of it on the device.
   * Rejects with an error named `UnsentWork`, whose `unsent` is their number, and touches nothing, when
   * that would lose writes, unless `discard` says so; gives how many were lost. Drafts, texts that were
   * never submitted, go in any case and aren't counted. The widgets show that nobody is signed in until
   * the subject changes or a kit is inserted anew.
   */
  async logout({ discard = false }: { discard?: boolean } = {}): Promise<{ dropped: number }> {
    const wiped = this.#sourceOfSubject().logout({ discard, reason: 'logout' });
    page.ended = settled(wiped);
    return wiped;
  }

  #start(): void {
    if (this.#shared !== null) return;
    page.refused.delete(this);
    if (!this.hasAttribute('endpoint')) {
      this.#fail('no_endpoint');
      return;
    }
    const key = this.#key();
    if (page.shared !== null && page.shared.key !== key) Kit.#dropRemoved(page.shared.kits);
    if (page.shared !== null && page.shared.key !== key) {
      page.refused.add(this);
      this.#fail('subject_conflict');
      return;
    }
    page.shared ??= this.#open(key);
    if (page.shared.source.ended) this.#replaceSource(page.shared);
    this.#shared = page.shared;
    const { kits, source, status } = page.shared;
    kits.add(this);
    source.setLocale(readLocale(this.getAttribute('locale')) ?? source.locale);
    if (status !== null) this.#onStatus(status);
    document.dispatchEvent(new Event(SOURCE_READY));
  }

  /** Follows a change of endpoint or subject. */
  #restart(): void {
    const shared = this.#shared;
    const key = this.#key();
    if (shared === null) {
      this.#start();
    } else if (!this.hasAttribute('endpoint')) {
      this.#leave();
      this.#fail('no_endpoint');
    } else if (shared.key !== key) {
      // Another person: what lies here is wiped. Kits that share the store follow, since the portal is
      // about to change them too.
      page.ended = settled(shared.source.logout({ discard: true, reason: 'subject_changed' }));
      this.#replaceSource(shared);
      document.dispatchEvent(new Event(SOURCE_READY));
    }
  }

  #replaceSource(shared: Shared): void {
    const { locale } = shared.source;
    shared.key = this.#key();
    shared.source = this.#createSource(shared.kits);
    shared.source.setLocale(locale);
    shared.status = null;
    for (const kit of shared.kits) kit.#status = null;
  }

  /** Stops taking part; the store closes with the last kit. */
  #leave(): void {
    const shared = this.#shared;
    this.#active = this.isConnected;
    this.#shared = null;
    this.#status = null;
    page.refused.delete(this);
    if (shared === null) return;
    shared.kits.delete(this);
    if (shared.kits.size > 0) return;
    page.shared = null;
    page.ended = settled(shared.source.close());
    for (const kit of [...page.refused]) kit.#start();
  }

  #open(key: string): Shared {
    const kits = new Set<Kit>();
    return { key, source: this.#createSource(kits), status: null, kits };
  }

  /** The page's store, or one for what an earlier visit of this subject left. */
  #sourceOfSubject(): StoreSource {
    const { shared } = page;
    return shared?.key === this.#key() ? shared.source : this.#createSource(new Set([this]));
  }

  #createSource(kits: ReadonlySet<Kit>): StoreSource {
    // A source that ends for another person's has no more to say.
    const isCurrent = () => page.shared?.source === source;
    const source: StoreSource = new StoreSource(
      this.#options(kits),
      {
        onStatus: (status) => {
          if (page.shared === null || !isCurrent()) return;
          page.shared.status = status;
          for (const kit of kits) kit.#onStatus(status);
        },
        onFailed: () => {
          if (isCurrent()) for (const kit of kits) kit.#fail('store_failed');
        },
        onWiped: (wiped) => {
          for (const kit of kits) kit.dispatchEvent(new StoreWiped(wiped));
        },
      },
      page.ended,
    );
    return source;
  }

  /** A widget inside asks; it gets nothing of another kit, even when this one was refused. */
  readonly #onInnerRequest = (event: Event): void => {
    event.stopImmediatePropagation();
    this.#answer(event);
  };

  /** A widget asks that no kit encloses; the page's first one answers. */
  readonly #onPageRequest = (event: Event): void => {
    if (this.#shared === null) return;
    event.stopImmediatePropagation();
    this.#answer(event);
  };

  #answer(event: Event): void {
    // Not instanceof: the widgets may come from another copy of the module.
    const { provide } = event as Partial<SourceRequest>;
    if (this.#shared !== null && typeof provide === 'function') provide(this.#shared.source);
  }

  #onStatus(status: StoreStatus): void {
    const before = this.#status?.state;
    this.#status = status;
    this.dispatchEvent(new StatusChanged(status));
    if (status.state === before) return;
    if (status.state === 'signedOut') this.#fail('signed_out');
    if (status.state === 'upgrade') this.#fail('upgrade');
  }

  #fail(code: KitErrorCode): void {
    this.dispatchEvent(new KitError({ code }));
  }

  /** There is another way to a token than the one that gave none. */
  #signInAgain(): void {
    if (this.#status?.state === 'signedOut') this.#shared?.source.retry();
  }

  #endpoint(): string {
    return (this.getAttribute('endpoint') ?? '').replace(/\/+$/, '');
  }

  /** Null also of an empty attribute, which a portal renders when nobody is signed in. */
  #subject(): string | null {
    const subject = this.getAttribute('subject');
    return subject === '' ? null : subject;
  }

  #key(): string {
    return `${this.#endpoint()}\n${this.#subject() ?? ''}`;
  }

  #options(kits: ReadonlySet<Kit>): StoreOptions {
    const hours = Number(this.getAttribute('offline-hours') ?? 12);
    return {
      endpoint: this.#endpoint(),
      subject: this.#subject(),
      offlineHours: Number.isFinite(hours) && hours >= 0 ? hours : 12,
      getToken: () => tokenOf([...kits]),
    };
  }

  /** A portal may set `getToken` before the tag is defined; that would hide the accessor. */
  #takeEarlyGetToken(): void {
    if (!Object.prototype.hasOwnProperty.call(this, 'getToken')) return;
    const { getToken } = this;
    delete (this as { getToken?: GetToken | null }).getToken;
    this.getToken = getToken;
  }

  /** Kits that were removed in the task that still runs have not left yet. */
  static #dropRemoved(kits: ReadonlySet<Kit>): void {
    for (const kit of [...kits]) if (!kit.isConnected) kit.#leave();
  }
}

/** A token by the first kit that has a way to one. */
async function tokenOf(kits: readonly Kit[]): Promise<string | null> {
  for (const { getToken } of kits) if (getToken !== null) return getToken();
  for (const kit of kits) {
    const url = kit.getAttribute('token-url');
    if (url !== null) return fetchToken(url);
  }
  return null;
}

function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch(() => undefined);
}

function readLocale(value: string | null): Locale | null {
  return value === 'zh-CN' || value === 'en' ? value : null;
}

declare global {
  interface HTMLElementTagNameMap {
    'liyu-kit': Kit;
  }
}
