import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Assessment, Holding } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { failure } from '../foundation/frame.js';
import { icon } from '../foundation/icon.js';
import { block, solid, status } from '../foundation/text.js';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import { AssetCharts } from './asset-charts.js';
import { assetMixStyles } from './asset-mix.styles.js';
import { mixOf, totalsOf } from './mix-of.js';
import type { Mix, MonthlyTotal } from './mix-of.js';
import { amountOf, historyTable, mixTable } from './mix-tables.js';

/** Months that make a line. */
const LEAST_MONTHS = 2;

/**
 * What the customer has with the bank: the shares of deposits and wealth products as a ring, the same in a
 * table, what is owed apart from it, and the average of each month as a line. Amounts are masked until
 * the customer asks for them. The charts are fetched when they are first seen.
 *
 * @summary The customer's assets by kind and over time.
 * @tag liyu-asset-mix
 * @csspart root - The inner root
 * @csspart title - The heading
 * @csspart body - What stands inside the frame
 * @csspart note - A note: offline, an error
 * @csspart foot - Date of the data
 * @cssstate loading - Data or words are on their way
 * @cssstate empty - There is nothing to show
 * @cssstate ready - The assets are shown
 * @cssstate error - Nothing is stored and nothing could be fetched
 * @cssstate signedOut - Nobody is signed in
 * @cssstate offline - The endpoint can't be reached
 * @cssstate stale - The data is older than 45 days
 */
export class AssetMix extends Widget {
  static override styles: CSSResultGroup = [Widget.styles, assetMixStyles];

  /** Deposits, wealth products, loans and cards of the customer; null for none. */
  @property({ attribute: false }) holdings: readonly Holding[] | null | undefined;
  /** The monthly assessments, whose averages make the line; without them there is none. */
  @property({ attribute: false }) assessments: readonly Assessment[] | null | undefined;

  @state() private amountsShown = false;

  protected override readonly kinds = { holdings: 'list', assessments: 'list' } as const;
  protected readonly charts = new AssetCharts(this);
  #mix: Mix = mixOf([]);
  #totals: readonly MonthlyTotal[] = [];
  /** Whose holdings are shown: another's amounts are masked anew. */
  #customer: string | null = null;

  constructor() {
    super(['holdings', 'assessments']);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.amountsShown = false;
  }

  protected override derive(): Outlook {
    const holdings = this.link.snapshot('holdings');
    const assessments = this.link.snapshot('assessments');
    if (this.given) {
      if (this.holdings === undefined) return { state: 'loading', asOf: null };
      return this.#outlook(this.holdings ?? [], this.assessments ?? []);
    }
    if (holdings.state !== 'ready') return { state: holdings.state, asOf: null };
    // The line alone needs them.
    return this.#outlook(holdings.docs, assessments.state === 'ready' ? assessments.docs : []);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const isReady = this.outlook.state === 'ready' && !this.elder;
    const shares = this.#mix.assets.map(({ percent }) => percent ?? 0);
    this.charts.show({
      shares: isReady && shares.some((share) => share > 0) ? shares : null,
      totals: isReady && this.#hasLine ? this.#totals.map(({ fen }) => fen) : null,
    });
  }

  protected override renderTitle(language: Language): unknown {
    const title = this.headline(language.say('asset.title'));
    const toggle = this.outlook.state === 'ready' ? this.#toggle(language) : nothing;
    if (title === nothing && toggle === nothing) return nothing;
    return html`<div class="head">${title}${toggle}</div>`;
  }

  protected override renderBody(language: Language): TemplateResult {
    const facts = { language, shown: this.amountsShown };
    const hasRing = !this.elder && this.#mix.assets.some(({ percent }) => percent !== null);
    return html`<div class="mix ${hasRing ? 'charts' : ''}">
        ${hasRing ? this.#ring(language) : nothing}
        <div>
          ${mixTable(this.#mix, { ...facts, brief: this.elder })}
          ${
            this.#mix.isPartial
              ? html`<p class="fine">${language.say('asset.unknownNote')}</p>`
              : nothing
          }
          ${
            this.#mix.assets.some(({ kind }) => kind === 'WEALTH')
              ? html`<p class="fine">${language.say('asset.wealthNote')}</p>`
              : nothing
          }
        </div>
      </div>
      ${this.#chartFailure(language)}
      ${this.#hasLine && !this.elder ? this.#line(language) : nothing} ${this.#probes()}`;
  }

  protected override renderEmpty(language: Language): TemplateResult {
    return html`<p>${language.say('asset.empty')}</p>`;
  }

  protected override renderSkeleton(): TemplateResult {
    const row = html`<p>${block('wide')}</p>`;
    return html`<div class="head">${block('title')}</div>
      <div class="mix ${this.elder ? '' : 'charts'}">
        ${this.elder ? nothing : html`<div class="ring-box"></div>`}
        <div>${row}${row}${row}</div>
      </div>
      <div class="foot"><p class="fine">${block('medium')}</p></div>`;
  }

  protected override renderFoot(language: Language): unknown {
    const { asOf } = this.outlook;
    if (asOf === null) return nothing;
    const words = language.compose('asOf', { date: solid(fullDate(asOf, language.locale)) });
    return html`<div class="foot" part="foot">
      <p class="fine">${this.stale ? status('clock', words, 'notice') : words}</p>
    </div>`;
  }

  protected override failedWords(language: Language): string {
    return language.say('asset.failed');
  }

  protected override signedOutWords(language: Language): string {
    return language.say('asset.signedOut');
  }

  get #hasLine(): boolean {
    return this.#totals.length >= LEAST_MONTHS;
  }

  #outlook(holdings: readonly Holding[], assessments: readonly Assessment[]): Outlook {
    const customer = holdings[0]?.customer ?? null;
    if (customer !== this.#customer) this.amountsShown = false;
    this.#customer = customer;
    this.#mix = mixOf(holdings);
    this.#totals = totalsOf(assessments);
    return { state: holdings.length === 0 ? 'empty' : 'ready', asOf: this.#mix.asOf };
  }

  #toggle(language: Language): TemplateResult {
    const shown = this.amountsShown;
    return html`<button type="button" class="link" @click=${() => (this.amountsShown = !shown)}>
      ${icon(shown ? 'eye-off' : 'eye')}<span
        >${language.say(shown ? 'asset.hide' : 'asset.show')}</span
      >
    </button>`;
  }

  #ring(language: Language): TemplateResult {
    return html`<div class="ring-box" aria-hidden="true">
      <canvas class="ring"></canvas>
      <p class="ring-total">
        <span class="small muted">${language.say('asset.assets')}</span>
        <b>${amountOf(this.#mix.totalFen, { language, shown: this.amountsShown, brief: true })}</b>
      </p>
    </div>`;
  }

  #line(language: Language): TemplateResult {
    return html`<section class="history charts">
      <p class="small muted">${language.say('asset.history')}</p>
      <div class="line-box" aria-hidden="true"><canvas class="line"></canvas></div>
      ${historyTable(this.#totals, { language, shown: this.amountsShown })}
    </section>`;
  }

  #chartFailure(language: Language): TemplateResult {
    const failed = () =>
      failure(language, language.say('asset.chartFailed'), () => this.charts.retry(), true);
    return html`<div role="status">${this.charts.failed ? failed() : nothing}</div>`;
  }

  /** Their colours are what the charts are drawn in; a change of one is a transition. */
  #probes(): TemplateResult {
    return html`<span class="probe surface" aria-hidden="true"></span
      ><span class="probe second" aria-hidden="true"></span
      ><span
        class="probe accent"
        aria-hidden="true"
        @transitionend=${this.charts.recolour}
      ></span>`;
  }
}
