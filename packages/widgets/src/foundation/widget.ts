import { LitElement, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Locale } from '@liyu/model';
import { languageOf, parseLocale } from '../messages/language.js';
import type { Language } from '../messages/language.js';
import { daysBetween, today } from './calendar.js';
import { showStates } from './custom-states.js';
import { heading } from './heading.js';
import { renderFrame } from './frame.js';
import type { WidgetState } from './frame.js';
import { readJsonChild } from './json-child.js';
import type { DataKinds } from './json-child.js';
import { SourceLink } from './source-link.js';
import type { CollectionName } from './source-link.js';
import { frameStyles } from './styles/frame.styles.js';
import { resetStyles } from './styles/reset.styles.js';
import { tokenStyles } from './styles/tokens.styles.js';

/** Days after which data is called old. */
const STALE_AFTER = 45;

const flag = { fromAttribute: (value: string | null) => value !== null && value !== 'false' };

/** What a widget makes of its data before each render. */
export interface Outlook {
  state: WidgetState;
  /** Day of the data; the oldest where there are several. */
  asOf: string | null;
  /** Where something that the widget does stands, beside its state; one more name for `:state()`. */
  phase?: string;
}

const FAILED: Outlook = { state: 'error', asOf: null };

/**
 * What the data widgets share: the language, the source or the data that the page gives, the
 * states and the frame. A widget says which data it has (`kinds`), which collections it needs, and
 * what it makes of them.
 */
export abstract class Widget extends LitElement {
  static override styles: CSSResultGroup = [tokenStyles, resetStyles, frameStyles];

  /** Language: `zh-CN` or `en`. Without it the kit's, the customer's record, then zh-CN. */
  @property() locale: Locale | null = null;
  /** `compact` in pages set in 14 px. */
  @property() density: 'compact' | null = null;
  /** `none` inside the host's own panel: no edge, no heading. */
  @property() frame: 'none' | null = null;
  /** Whether letters and targets are large and content is reduced to what matters. */
  @property({ type: Boolean, converter: flag }) elder = false;
  /** Level of the widget's heading in the outline of the page, 1 to 6. */
  @property({ type: Number, attribute: 'heading-level' }) headingLevel = 2;

  protected readonly link: SourceLink;
  protected readonly internals: ElementInternals | null;
  protected outlook: Outlook = { state: 'loading', asOf: null };
  protected language: Language | null = null;
  /** Today in Asia/Shanghai, as of the last update. */
  protected today = today();
  /** Whether data is shown that is old, as of the last update. */
  protected stale = false;

  #jsonFault = false;
  /** Custom states that are shown. */
  #states = '';
  #wanted: Locale | null = null;
  #observer: MutationObserver | null = null;

  constructor(collections: readonly CollectionName[]) {
    super();
    this.link = new SourceLink(this, collections);
    // Safari before 16.4 has no internals.
    this.internals = 'attachInternals' in this ? this.attachInternals() : null;
  }

  /** Data properties by name, each a record or a list. */
  protected abstract readonly kinds: DataKinds;
  /** Reads properties and snapshots, before each render. */
  protected abstract derive(): Outlook;
  protected abstract renderTitle(language: Language): unknown;
  protected abstract renderSkeleton(): TemplateResult;
  protected abstract renderBody(language: Language): unknown;
  protected abstract renderEmpty(language: Language): unknown;
  protected abstract failedWords(language: Language): string;
  protected abstract signedOutWords(language: Language): string;

  protected renderFoot(_language: Language): unknown {
    return nothing;
  }

  /** Fetches again what couldn't be fetched; null where nothing can be. */
  protected get retry(): (() => void) | null {
    const { source } = this.link;
    return source === null ? null : () => source.retry();
  }

  /** Language of the customer's own record, where the widget has one. */
  protected recordLocale(): Locale | null {
    return null;
  }

  /** Whether the widget says in its own words that it is offline. */
  protected saysOffline(): boolean {
    return false;
  }

  /** Whether the page gives the data; then no source is asked for. */
  protected get given(): boolean {
    return (
      this.#jsonFault ||
      Object.keys(this.kinds).some((key) => (this as Record<string, unknown>)[key] !== undefined)
    );
  }

  /** Whether it stands in a line of text or in a row, without a frame. */
  protected isInline(): boolean {
    return false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readJson();
    this.#observer ??= new MutationObserver(() => this.#readJson());
    this.#observer.observe(this, { childList: true, characterData: true, subtree: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.given) this.link.release();
    else this.link.ask();
    this.today = today();
    this.#look();
    this.#speak(
      parseLocale(this.locale) ??
        parseLocale(this.link.source?.locale) ??
        parseLocale(this.recordLocale()) ??
        'zh-CN',
    );
  }

  protected override updated(_changed: PropertyValues): void {
    const { state, phase } = this.outlook;
    const flags = [this.offline && 'offline', this.stale && 'stale', phase];
    const names = [state, ...flags].filter((name) => typeof name === 'string');
    const shown = names.join();
    if (shown !== this.#states) showStates(this.internals, names);
    this.#states = shown;
  }

  /** Data of the wrong shape ends in the error state, also where it stops Lit in the middle. */
  protected override update(changed: PropertyValues): void {
    try {
      super.update(changed);
    } catch (error) {
      this.#fail(error);
      super.update(changed);
    }
  }

  protected override render(): TemplateResult {
    return this.#renderFrame(this.outlook);
  }

  /** Data of the wrong shape ends in the error state, not in an empty page. */
  #look(): void {
    try {
      this.outlook = this.#jsonFault ? FAILED : this.derive();
      this.stale = isStale(this.outlook, this.today);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    console.error(`${this.localName}: data of the wrong shape`, (error as Error).name);
    this.outlook = FAILED;
    this.stale = false;
  }

  #renderFrame({ state, phase }: Outlook): TemplateResult {
    return renderFrame({
      language: this.language,
      state,
      phase: phase ?? null,
      offline: this.offline,
      offlineNote: this.offline && !this.saysOffline(),
      stale: this.stale,
      density: this.density,
      bare: this.frame === 'none',
      elder: this.elder,
      inline: this.isInline(),
      head: () => (this.language === null ? nothing : this.renderTitle(this.language)),
      skeleton: () => this.renderSkeleton(),
      body: (language) => this.renderBody(language),
      empty: (language) => this.renderEmpty(language),
      foot: (language) => this.renderFoot(language),
      failed: (language) => this.failedWords(language),
      signedOut: (language) => this.signedOutWords(language),
      retry: this.retry,
    });
  }

  protected get offline(): boolean {
    return this.link.status?.offline === true;
  }

  /** The widget's heading; the host's own stands instead where there is no frame. */
  protected headline(content: unknown): unknown {
    return this.frame === 'none' ? nothing : heading(this.headingLevel, content, 'title');
  }

  #speak(locale: Locale): void {
    this.#wanted = locale;
    const found = languageOf(locale);
    if (!(found instanceof Promise)) {
      this.language = found;
      return;
    }
    void found.then((language) => {
      if (this.#wanted !== locale || this.language === language) return;
      this.language = language;
      this.requestUpdate();
    });
  }

  #readJson(): void {
    const json = readJsonChild(this, this.kinds);
    const fault = json === 'fault';
    if (fault !== this.#jsonFault) {
      this.#jsonFault = fault;
      this.requestUpdate();
    }
    if (json !== null && json !== 'fault') Object.assign(this, json);
  }
}

function isStale({ state, asOf }: Outlook, on: string): boolean {
  return state === 'ready' && asOf !== null && daysBetween(asOf, on) > STALE_AFTER;
}
