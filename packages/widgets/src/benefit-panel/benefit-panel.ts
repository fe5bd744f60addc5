import { html, nothing } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { localize } from '@liyu/model';
import type { Customer, Entitlement, Offer, PolicyDocument, Redemption } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { newest } from '../foundation/newest.js';
import { block, solid, status } from '../foundation/text.js';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import { countOf, firstBenefits, groupBenefits } from './benefit-groups.js';
import type { Benefits, NamedBenefit } from './benefit-groups.js';
import { benefitPanelStyles } from './benefit-panel.styles.js';
import { benefitGroup, benefitRow, countedWords, otherBenefits } from './benefit-rows.js';
import type { RowFacts } from './benefit-rows.js';
import { OfferAnswers } from './offer-answers.js';
import { offerOutcome, offersView } from './offer-view.js';
import { offerStyles } from './offer.styles.js';
import { PressGuard } from './press-guard.js';
import { UseRequest } from './use-request.js';
import { useOutcome } from './use-view.js';

/** Rows of the skeleton, unless a limit says how many there will be. */
const WAITING_ROWS = 4;
/** Rows of a panel in large letters whose page sets no limit. */
const ELDER_ROWS = 5;
/** Offers at most; a panel with a limit has one until all is asked for. */
const MOST_OFFERS = 3;

/**
 * What the customer's level gives: each benefit with its state, and how often it can be used. What is
 * counted can be asked for, in two steps; the bank answers with a code for the counter, or with a reason.
 * With a `limit`, the first few of those held, and a button that shows all of them. Last stand the bank's
 * offers, each with why the customer gets it and what the bank gains, for those who want suggestions.
 *
 * @summary The customer's benefits.
 * @tag liyu-benefit-panel
 * @fires liyu-redemption-requested - After a benefit was asked for; holds the id of the request
 * @fires liyu-offer-answered - After an offer was answered; holds the id of the offer, not the answer
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
 * @cssstate personalisationOff - The customer wants no personal suggestions: no offers are shown
 */
export class BenefitPanel extends Widget {
  static override styles: CSSResultGroup = [Widget.styles, benefitPanelStyles, offerStyles];

  /** Entitlements of the customer; the one of the latest period is shown. Null for none. */
  @property({ attribute: false }) entitlements: readonly Entitlement[] | null | undefined;
  /**
   * Requests for benefits, as the server has them; without them, and without a kit, nothing can be
   * asked for. Null for none.
   */
  @property({ attribute: false }) redemptions: readonly Redemption[] | null | undefined;
  /** What the bank offers the customer; nothing is suggested without it. Null for none. */
  @property({ attribute: false }) offers: readonly Offer[] | null | undefined;
  /** The customer's own record, for whether suggestions are welcome; they are where it isn't given. */
  @property({ attribute: false }) customer: Customer | null | undefined;
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
    offers: 'list',
    customer: 'record',
    policy: 'record',
  } as const;
  readonly #request = new UseRequest(this);
  readonly #answers = new OfferAnswers(this);
  #redemptions: readonly Redemption[] = [];
  #entitlement: Entitlement | null = null;
  #policy: PolicyDocument | null = null;
  /** The benefits by their names, worked out once per update. */
  #benefits: Benefits | null = null;

  constructor() {
    super(['entitlements', 'policies', 'redemptions', 'offers', 'customers']);
    this.addController(new PressGuard(this));
  }

  /** What was asked for last on this page; null before. A page without a kit sends it to the bank. */
  get requested(): Redemption | null {
    return this.#request.requested;
  }

  /** The offer that was answered last on this page; null before. A page without a kit sends it to the bank. */
  get answered(): Offer | null {
    return this.#answers.last;
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
    const outcomes = [
      useOutcome(this.#request, this.#named(language), language),
      offerOutcome(this.#answers, language),
    ];
    return html`${this.#lists(language)} ${this.#offers(language)}
      <p class="unseen" role="status">${outcomes.join(' ').trim()}</p>`;
  }

  #lists(language: Language): TemplateResult {
    const benefits = this.#named(language);
    const brief = this.#brief(benefits);
    const facts = this.#rowFacts(language);
    const { groups, others } = benefits;
    const folding = { shown: this.othersShown, toggle: this.#toggleOthers };
    const all = html`${groups.map((group) => benefitGroup(group, facts))}
    ${otherBenefits(others, folding, facts)}`;
    if (brief === null) return all;
    return html`${
        this.allShown
          ? nothing
          : html`<ul class="rows brief">
              ${brief.map((benefit) => benefitRow(benefit, facts))}
            </ul>`
      }
      <div id="all" class=${this.allShown ? '' : 'folded'}>${all}</div>`;
  }

  #offers(language: Language): unknown {
    const isShort = !this.allShown && this.#brief(this.#named(language)) !== null;
    return offersView({
      off: !this.#isPersonalised,
      answers: this.#answers,
      today: this.today,
      most: isShort ? 1 : MOST_OFFERS,
      headingLevel: this.headingLevel + 1,
      language,
    });
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
    // The date stays beside the words that it belongs to.
    const asOf = html`<span class="unbroken">${language.compose('asOf', { date })}</span>`;
    const words = language.compose('benefit.foot', { asOf });
    return html`<div class="foot" part="foot">
      <p class="fine">${this.stale ? status('clock', words, 'notice') : words}</p>
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
    const { source } = this.link;
    this.#request.follow({ customer, redemptions, source });
    this.#answers.follow({ customer, offers: this.#welcomeOffers, source });
    // Without the policy no benefit has a name.
    if (policy === null) return { state: 'error', asOf: null };
    const phase = this.#isPersonalised ? {} : { phase: 'personalisationOff' };
    return { state: 'ready', asOf: this.#entitlement.asOf, ...phase };
  }

  /** Whether the customer wants suggestions, as far as that is known. */
  get #isPersonalised(): boolean {
    const customers = this.link.snapshot('customers');
    const held = customers.state === 'ready' ? customers.docs[0] : undefined;
    // A page that gives no offers suggests nothing, and needn't say so.
    const given = this.offers === undefined ? undefined : this.customer;
    return (this.given ? given : held)?.preferences.personalised !== false;
  }

  /** The offers, once it is known whether they are welcome. */
  get #welcomeOffers(): readonly Offer[] {
    if (this.given) return this.offers ?? [];
    const offers = this.link.snapshot('offers');
    const customers = this.link.snapshot('customers');
    const isKnown = customers.state === 'ready' && customers.docs.length > 0;
    return isKnown && offers.state === 'ready' ? offers.docs : [];
  }

  #rowFacts(language: Language): RowFacts {
    return {
      entitlement: this.#entitlement!,
      today: this.today,
      headingLevel: this.headingLevel + 1,
      request: this.#request,
      status: this.link.status,
      shown: this.codesShown,
      onShow: this.#toggleCode,
      language,
    };
  }

  #named(language: Language): Benefits {
    this.#benefits ??= groupBenefits(this.#entitlement!, this.#policy!, {
      redemptions: this.#redemptions,
      today: this.today,
      locale: language.locale,
    });
    return this.#benefits;
  }

  /** The limit that holds; null for none. In large letters fewer things stand on a page. */
  get #limit(): number | null {
    if (this.limit !== null && this.limit >= 1) return Math.trunc(this.limit);
    return this.elder ? ELDER_ROWS : null;
  }

  /** What is shown until all is asked for; null where that is everything. */
  #brief(benefits: Benefits): readonly NamedBenefit[] | null {
    return this.#limit === null ? null : firstBenefits(benefits, this.#limit);
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
      ${countedWords('benefit.all', countOf(benefits), this.allShown, language)}
    </button>`;
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
