import type { Locale } from '@liyu/model';
import type { GetToken, StoreOptions, StoreStatus } from '@liyu/store';
import { SOURCE_READY, SourceRequest } from '@liyu/widgets';
import { fetchToken } from './fetch-token.js';
import { KitError, StatusChanged } from './kit.events.js';
import type { KitErrorCode } from './kit.events.js';
import { StoreSource } from './store-source.js';

/** The one store of a page, shared by kits of one subject, also across two copies of this module. */
interface Shared {
  key: string;
  source: StoreSource;
  kits: Set<Kit>;
}
const SHARED = Symbol.for('liyu.kit.1');
const page = globalThis as { [SHARED]?: Shared | undefined };

/**
 * @summary Wires the widgets of a page, or those inside it, to the local store and the server.
 * @attr endpoint - Address that `/sync/v1/…` is appended to.
 * @attr token-url - Address of the portal that gives a token (POST, 200 `{token}`).
 * @attr subject - Opaque name of the signed-in person; without it nothing is kept on the device.
 * @attr locale - `zh-CN` or `en`, for all widgets that use this kit.
 * @attr offline-hours - Hours in which stored data opens without the server; 12 by default, 0 never.
 * @event liyu-status-changed - The store went offline, is syncing, or has unsent writes.
 * @event liyu-error - Something went wrong; `detail.code` says what.
 */
export class Kit extends HTMLElement {
  static readonly observedAttributes = ['endpoint', 'subject', 'locale'];

  /** Gives a token in place of `token-url`; null when nobody is signed in. */
  getToken: GetToken | null = null;
  #source: StoreSource | null = null;
  #status: StoreStatus | null = null;

  /** What the store is doing; null until a widget needed it. */
  get status(): StoreStatus | null {
    return this.#status;
  }

  connectedCallback(): void {
    this.addEventListener(SourceRequest.type, this.#onRequest);
    document.addEventListener(SourceRequest.type, this.#onRequest);
    this.#start();
  }

  disconnectedCallback(): void {
    this.removeEventListener(SourceRequest.type, this.#onRequest);
    document.removeEventListener(SourceRequest.type, this.#onRequest);
    // A kit that is only moved is connected again at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || this.#source === null) return;
    if (name === 'locale') {
      this.#source.setLocale(readLocale(after));
      return;
    }
    const shared = page[SHARED];
    if (shared !== undefined) shared.key = this.#key();
    void this.#source.replace(this.#options());
  }

  /** Stops the store and leaves nothing of it on the device; for the portal's sign-out. */
  async wipe(): Promise<void> {
    await this.#source?.wipe();
  }

  #start(): void {
    if (this.#source !== null) return;
    if (this.getAttribute('endpoint') === null) {
      this.#fail('no_endpoint');
      return;
    }
    const shared = page[SHARED];
    if (shared !== undefined && shared.key !== this.#key()) {
      this.#fail('subject_conflict');
      return;
    }
    if (shared === undefined) {
      const kits = new Set<Kit>();
      const source = new StoreSource(
        this.#options(),
        (status) => kits.forEach((kit) => kit.#onStatus(status)),
        () => kits.forEach((kit) => kit.#fail('store_failed')),
      );
      page[SHARED] = { key: this.#key(), source, kits };
    }
    const { source, kits } = page[SHARED]!;
    kits.add(this);
    this.#source = source;
    source.setLocale(readLocale(this.getAttribute('locale')) ?? source.locale);
    document.dispatchEvent(new Event(SOURCE_READY));
  }

  #stop(): void {
    const shared = page[SHARED];
    if (this.#source === null || shared === undefined) return;
    this.#source = null;
    shared.kits.delete(this);
    if (shared.kits.size > 0) return;
    page[SHARED] = undefined;
    void shared.source.close();
  }

  /** The nearest kit answers; what reaches the document goes to the page's first kit. */
  readonly #onRequest = (event: Event): void => {
    // Not instanceof: the widgets may come from another copy of the module.
    const { provide } = event as Partial<SourceRequest>;
    if (this.#source === null || typeof provide !== 'function') return;
    event.stopImmediatePropagation();
    provide(this.#source);
  };

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

  #key(): string {
    return `${this.getAttribute('endpoint') ?? ''}\n${this.getAttribute('subject') ?? ''}`;
  }

  #options(): StoreOptions {
    const hours = Number(this.getAttribute('offline-hours') ?? 12);
    return {
      endpoint: (this.getAttribute('endpoint') ?? '').replace(/\/+$/, ''),
      subject: this.getAttribute('subject'),
      offlineHours: Number.isFinite(hours) && hours >= 0 ? hours : 12,
      getToken: () => {
        if (this.getToken !== null) return this.getToken();
        const url = this.getAttribute('token-url');
        return url === null ? Promise.resolve(null) : fetchToken(url);
      },
    };
  }
}

function readLocale(value: string | null): Locale | null {
  return value === 'zh-CN' || value === 'en' ? value : null;
}

declare global {
  interface HTMLElementTagNameMap {
    'liyu-kit': Kit;
  }
}
