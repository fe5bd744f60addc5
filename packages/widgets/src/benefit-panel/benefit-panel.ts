import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { localize } from '@liyu/model';
import type { Entitlement, PolicyDocument, Redemption } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { heading } from '../foundation/heading.js';
import { icon } from '../foundation/icon.js';
import { newest } from '../foundation/newest.js';
import { block, solid, status } from '../foundation/text.js';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import { groupBenefits, heldBenefits } from './benefit-groups.js';
import type { BenefitGroup, Benefits, NamedBenefit } from './benefit-groups.js';
import { benefitPanelStyles } from './benefit-panel.styles.js';
import { benefitDetails, benefitStatus } from './benefit-words.js';
import { UseRequest } from './use-request.js';
import { useButton, useView } from './use-view.js';

/** Rows of the skeleton, unless a limit says how many there will be. */
const WAITING_ROWS = 4;

/**
 * What the customer's level gives: each benefit with its state, and how often it can be used. What is
 * counted can be asked for, in two steps; the bank answers with a code for the counter, or with a reason.
 * With a `limit`, the first few of those held, and a button that shows all of them.
 *
 * @summary The customer's benefits.
 * @tag liyu-benefit-panel
 * @fires liyu-redemption-requested - After a benefit was asked for; holds the id of the request
 * @csspart root - The inner root
 * @csspart title - The heading
 * @csspart group - Name of a kind of benefits
 * @csspart body - What stands inside the frame
 * @csspart note - A note: offline, an error
 * @csspart code - The code for the counter
 * @csspart foot - Date of the data
 * @cssstate loading - Data or words are on their way
 * @cssstate empty - The customer hasn't been assessed
 * @cssstate ready - The benefits are shown
 * @cssstate error - Nothing is stored and nothing could be fetched
 * @cssstate signedOut - Nobody is signed in
 * @cssstate offline - The endpoint can't be reached
 * @cssstate stale - The data is older than 45 days
 */
export class BenefitPanel extends Widget {
  static override styles: CSSResultGroup = [Widget.styles, benefitPanelStyles];

  /** Entitlements of the customer; the one of the latest period is shown. Null for none. */
  @property({ attribute: false }) entitlements: readonly Entitlement[] | null | undefined;
  /**
   * Requests for benefits, as the server has them; without them, and without a kit, nothing can be
   * asked for. Null for none.
   */
  @property({ attribute: false }) redemptions: readonly Redemption[] | null | undefined;
  /** The policy that names the benefits. */
  @property({ attribute: false }) policy: PolicyDocument | null | undefined;
  /**
   * How many held benefits are shown until the customer asks for all: those with uses left first, and
   * without their groups. All where it is absent or below 1.
   */
  @property({ type: Number }) limit: number | null = null;

  @state() private allShown = false;
  @state() private othersShown = false;
  /** Requests whose code for the counter is shown. */
  @state() private codesShown: ReadonlySet<string> = new Set();

  protected override readonly kinds = {
    entitlements: 'list',
    redemptions: 'list',
    policy: 'record',
  } as const;
  readonly #request = new UseRequest(this);
  #redemptions: readonly Redemption[] = [];
  #entitlement: Entitlement | null = null;
  #policy: PolicyDocument | null = null;
  /** The benefits by their names, worked out once per update. */
  #benefits: Benefits | null = null;

  constructor() {
    super(['entitlements', 'policies', 'redemptions']);
  }

  /** What was asked for last on this page; null before. A page without a kit sends it to the bank. */
  get requested(): Redemption | null {
    return this.#request.requested;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#request.pause();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#request.rendered();
  }

  protected override derive(): Outlook {
    const entitlements = this.link.snapshot('entitlements');
    const policies = this.link.snapshot('policies');
    if (this.given) {
      const waits = this.policy === undefined && this.entitlements?.length !== 0;
      if (this.entitlements === undefined || (waits && this.entitlements !== null)) {
        return { state: 'loading', asOf: null };
      }
      const redemptions = this.redemptions === undefined ? null : (this.redemptions ?? []);
      return this.#outlook(this.entitlements ?? [], this.policy ?? null, redemptions);
    }
    if (entitlements.state !== 'ready') return { state: entitlements.state, asOf: null };
    if (policies.state !== 'ready') return { state: policies.state, asOf: null };
    // What the level gives is shown also where earlier requests can't be.
    const redemptions = this.link.snapshot('redemptions');
    return this.#outlook(
      entitlements.docs,
      policies.docs[0] ?? null,
      redemptions.state === 'ready' ? redemptions.docs : null,
    );
  }

  protected override renderTitle(language: Language): unknown {
    const title = this.headline(language.say('benefit.title'));
    const ready = this.outlook.state === 'ready' && this.#entitlement !== null;
    const rung = ready
      ? html`<p class="small muted rung">
          ${solid(localize(this.#entitlement!.label, language.locale))}
        </p>`
      : nothing;
    const more = ready ? this.#allButton(language) : nothing;
    if (title === nothing)
      return more === nothing ? nothing : html`<div class="head">${more}</div>`;
    return html`<div class="head">${title}${rung}${more}</div>`;
  }

  protected override renderBody(language: Language): TemplateResult {
    return html`${this.#lists(language)}
      <p class="unseen" role="status">${this.#answer(language)}</p>`;
  }

  /** What the bank made of the last request of this page, for those who don't see the row change. */
  #answer(language: Language): string {
    const { answer } = this.#request;
    if (answer === null) return '';
    const all = this.#named(language).groups.flatMap(({ benefits }) => benefits);
    const name = all.find(({ held }) => held.benefit === answer.benefit)?.name ?? '';
    const word = language.say(
      answer.state === 'rejected' ? 'benefit.rejected' : 'benefit.confirmed',
    );
    return language.say('benefit.answer', { name, word });
  }

  #lists(language: Language): TemplateResult {
    const benefits = this.#named(language);
    const brief = this.#brief(benefits);
    const { groups, others } = benefits;
    const all = html`${groups.map((group) => this.#group(group, language))}
    ${others.length === 0 ? nothing : this.#others(others, language)}`;
    if (brief === null) return all;
    return html`${
        this.allShown
          ? nothing
          : html`<ul class="rows brief">
              ${brief.map((benefit) => this.#row(benefit, language))}
            </ul>`
      }
      <div id="all" class=${this.allShown ? '' : 'folded'}>${all}</div>`;
  }

  protected override renderEmpty(language: Language): TemplateResult {
    return html`<p>${language.say('benefit.empty')}</p>`;
  }

  protected override renderSkeleton(): TemplateResult {
    const row = html`<div class="benefit"><div>${block('medium')}${block('long')}</div></div>`;
    const rows = Array.from({ length: this.#limit ?? WAITING_ROWS }, () => row);
    return html`<div class="head">${block('title')}</div>
      <div class="rows">${rows}</div>
      <div class="foot"><p class="fine">${block('medium')}</p></div>`;
  }

  protected override renderFoot(language: Language): TemplateResult {
    const date = solid(fullDate(this.outlook.asOf!, language.locale));
    return html`<div class="foot" part="foot">
      <p class="fine">
        ${
          this.stale
            ? status('clock', language.compose('benefit.foot', { date }), 'notice')
            : language.compose('benefit.foot', { date })
        }
      </p>
    </div>`;
  }

  protected override failedWords(language: Language): string {
    return language.say('benefit.failed');
  }

  protected override signedOutWords(language: Language): string {
    return language.say('benefit.signedOut');
  }

  #outlook(
    entitlements: readonly Entitlement[],
    policy: PolicyDocument | null,
    redemptions: readonly Redemption[] | null,
  ): Outlook {
    this.#entitlement = newest(entitlements, (doc) => doc.period);
    this.#policy = policy;
    this.#redemptions = redemptions ?? [];
    this.#benefits = null;
    if (this.#entitlement === null) return { state: 'empty', asOf: null };
    const { customer } = this.#entitlement;
    this.#request.follow({ customer, redemptions, source: this.link.source });
    // Without the policy no benefit has a name.
    return policy === null
      ? { state: 'error', asOf: null }
      : { state: 'ready', asOf: this.#entitlement.asOf };
  }

  #named(language: Language): Benefits {
    this.#benefits ??= groupBenefits(this.#entitlement!, this.#policy!, {
      redemptions: this.#redemptions,
      today: this.today,
      locale: language.locale,
    });
    return this.#benefits;
  }

  /** The limit that holds; null for none. */
  get #limit(): number | null {
    return this.limit !== null && this.limit >= 1 ? Math.trunc(this.limit) : null;
  }

  /** What is shown until all is asked for; null where that is everything. */
  #brief(benefits: Benefits): readonly NamedBenefit[] | null {
    if (this.#limit === null) return null;
    const brief = heldBenefits(benefits).slice(0, this.#limit);
    return brief.length === 0 || brief.length === countOf(benefits) ? null : brief;
  }

  #allButton(language: Language): unknown {
    const benefits = this.#named(language);
    if (this.#brief(benefits) === null) return nothing;
    return html`<button
      type="button"
      class="link"
      aria-expanded=${this.allShown ? 'true' : 'false'}
      aria-controls="all"
      @click=${this.#toggleAll}
    >
      ${this.#counted('benefit.all', countOf(benefits), this.allShown, language)}
    </button>`;
  }

  /** Words of a button that opens a list: its name, how many there are, and whether it is open. */
  #counted(
    key: 'benefit.all' | 'benefit.others',
    n: number,
    open: boolean,
    language: Language,
  ): TemplateResult {
    const count = language.say(language.plural('benefit.count', n), { n });
    return html`<span>${language.say(key)}</span>
      <span class="count">${count}</span> ${icon(open ? 'chevron-up' : 'chevron-down')}`;
  }

  #group({ icon: sign, labels, benefits }: BenefitGroup, language: Language): TemplateResult {
    const [first = '', second] = labels;
    const name =
      second === undefined
        ? first
        : language.say('benefit.kinds', { first, second: second.toLowerCase() });
    return html`<section class="kind">
      ${heading(this.headingLevel + 1, html`${icon(sign)}<span>${name}</span>`)}
      <ul class="rows">
        ${benefits.map((benefit) => this.#row(benefit, language))}
      </ul>
    </section>`;
  }

  #row(benefit: NamedBenefit, language: Language): TemplateResult {
    const { endsOn } = this.#entitlement!;
    const period = { endsOn, current: endsOn.slice(0, 4) === this.today.slice(0, 4) };
    const locked = benefit.held.state !== 'AVAILABLE';
    const facts = {
      benefit,
      request: this.#request,
      status: this.link.status,
      shown: this.codesShown,
      onShow: this.#toggleCode,
      language,
    };
    return html`<li class="benefit">
      <div class="what">
        <p class="name ${locked ? 'closed' : ''}">${benefit.name}</p>
        ${benefitDetails(benefit, period, language).map(
          (line) => html`<p class="small muted">${line}</p> `,
        )}
      </div>
      <div class="state">${benefitStatus(benefit, language)}</div>
      ${useButton(facts)} ${useView(facts)}
    </li>`;
  }

  #others(others: readonly NamedBenefit[], language: Language): TemplateResult {
    return html`<div class="others">
      <button
        type="button"
        class="link"
        aria-expanded=${this.othersShown ? 'true' : 'false'}
        aria-controls="others"
        @click=${this.#toggleOthers}
      >
        ${this.#counted('benefit.others', others.length, this.othersShown, language)}
      </button>
      <ul id="others" class="rows ${this.othersShown ? '' : 'folded'}">
        ${others.map((benefit) => this.#row(benefit, language))}
      </ul>
    </div>`;
  }

  readonly #toggleAll = (): void => {
    this.allShown = !this.allShown;
  };

  readonly #toggleCode = (id: string): void => {
    const shown = new Set(this.codesShown);
    if (!shown.delete(id)) shown.add(id);
    this.codesShown = shown;
  };

  readonly #toggleOthers = (): void => {
    this.othersShown = !this.othersShown;
  };
}

/** How many benefits are the customer's own: those of other levels don't count. */
function countOf({ groups }: Benefits): number {
  return groups.reduce((sum, { benefits }) => sum + benefits.length, 0);
}
