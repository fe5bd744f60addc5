import { html, nothing } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Assessment, Case, Customer, PolicyDocument } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { emblem } from '../foundation/emblem.js';
import { LazyPart } from '../foundation/lazy-part.js';
import { newest } from '../foundation/newest.js';
import { block, solid } from '../foundation/text.js';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import type { SideFacts } from './journey-side.js';
import { loadJourneySide } from './load-journey-side.js';
import { tierJourneyStyles } from './tier-journey.styles.js';

/**
 * Why the customer holds this level, what is kept until when, the cheapest way to the next one, and what
 * would be if some figures were others; all of it is computed on the device, from the assessment and the
 * rules. The customer can ask for a person to review what a system decided.
 *
 * @summary Why this level, and what leads to the next.
 * @tag liyu-tier-journey
 * @fires liyu-case-opened - After the customer has asked for a review; holds nothing that was written
 * @csspart root - The inner root
 * @csspart title - The heading
 * @csspart group - Heading of a section
 * @csspart body - What stands inside the frame
 * @csspart note - A note: offline, a watch month, an error
 * @csspart foot - Who decided, by which data and rules, and the review
 * @cssstate loading - Data, rules or words are on their way
 * @cssstate empty - The customer hasn't been assessed
 * @cssstate ready - The level is explained
 * @cssstate error - Nothing is stored and nothing could be fetched
 * @cssstate signedOut - Nobody is signed in
 * @cssstate offline - The endpoint can't be reached
 * @cssstate stale - The data is older than 45 days
 * @cssstate personalisationOff - The customer wants no personal suggestions: the next level isn't proposed
 */
export class TierJourney extends Widget {
  static override styles: CSSResultGroup = [Widget.styles, tierJourneyStyles];

  /** The assessment to explain; null for a customer who hasn't been assessed. Without it the kit's latest. */
  @property({ attribute: false }) assessment: Assessment | null | undefined;
  /** The rules; null where the page has none. */
  @property({ attribute: false }) policy: PolicyDocument | null | undefined;
  /** The customer's cases, among which a review of this assessment may be. */
  @property({ attribute: false }) cases: readonly Case[] | null | undefined;

  /** The customer's own record, for whether suggestions are welcome; they are where it isn't given. */
  @property({ attribute: false }) customer: Customer | null | undefined;

  protected override readonly kinds = {
    assessment: 'record',
    customer: 'record',
    policy: 'record',
    cases: 'list',
  } as const;
  readonly #part = new LazyPart(
    this,
    () => this.loadJourneySide(),
    ({ JourneySide }) => new JourneySide(this),
  );
  #assessment: Assessment | null = null;
  #policy: PolicyDocument | null = null;

  constructor() {
    super(['assessments', 'policies', 'cases', 'customers']);
  }

  /** The review that was asked for here; null before. */
  get opened(): Case | null {
    return this.#part.side?.opened ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#part.side?.pause();
  }

  /** The rules and what is said of them, a chunk of its own. */
  protected loadJourneySide(): ReturnType<typeof loadJourneySide> {
    return loadJourneySide();
  }

  protected override derive(): Outlook {
    const outlook = this.#ofData();
    if (outlook.state !== 'ready') return outlook;
    this.#part.ask();
    if (this.#part.failed) return { state: 'error', asOf: null };
    if (this.#part.side === null) return { state: 'loading', asOf: null };
    this.#part.side.follow(this.#facts);
    return outlook;
  }

  protected override get retry(): (() => void) | null {
    const retry = super.retry;
    if (!this.#part.failed) return retry;
    return () => {
      this.#part.retry();
      retry?.();
    };
  }

  protected override renderTitle(language: Language): unknown {
    const title = this.headline(language.say('journey.title'));
    return title === nothing ? nothing : html`<div class="head">${title}</div>`;
  }

  protected override renderBody(language: Language): unknown {
    return this.#part.side!.body(this.#facts, language);
  }

  protected override renderFoot(language: Language): unknown {
    return this.#part.side!.foot(this.#facts, language);
  }

  protected override renderEmpty(language: Language): TemplateResult {
    const date = solid(fullDate(nextFirst(this.today), language.locale));
    return html`<div class="held">
      ${emblem(null, 48)}
      <div>
        <p class="headline">${language.say('tier.unknown')}</p>
        <p class="small muted">${language.compose('journey.nextDay', { date })}</p>
        <p class="small muted">${language.say('tier.unknownWhy')}</p>
      </div>
    </div>`;
  }

  protected override renderSkeleton(): TemplateResult {
    const row = html`<div class="condition">${block('wide')}</div>`;
    const rows = html`<div class="waiting">${block('medium')}${row}${row}${row}</div>`;
    return html`<div class="held">
        ${block('px64')}
        <div>${block('title')}${block('long')}</div>
      </div>
      <div class="pair">${rows}${rows}</div>
      <div class="foot"><p class="fine">${block('medium')}</p></div>`;
  }

  protected override failedWords(language: Language): string {
    return language.say('tier.failed');
  }

  protected override signedOutWords(language: Language): string {
    return language.say('tier.signedOut');
  }

  #ofData(): Outlook {
    if (this.given) {
      if (this.assessment === undefined) return { state: 'loading', asOf: null };
      return this.#outlook(this.assessment, this.policy ?? null);
    }
    const assessments = this.link.snapshot('assessments');
    if (assessments.state !== 'ready') return { state: assessments.state, asOf: null };
    const policies = this.link.snapshot('policies');
    // Nothing is proposed before it is known whether that is welcome.
    const isUnknown = this.link.snapshot('customers').state === 'loading';
    if (policies.state === 'loading' || isUnknown) return { state: 'loading', asOf: null };
    return this.#outlook(
      newest(assessments.docs, (doc) => doc.assessedOn),
      policies.state === 'ready' ? (policies.docs[0] ?? null) : null,
    );
  }

  #outlook(assessment: Assessment | null, policy: PolicyDocument | null): Outlook {
    this.#assessment = assessment;
    this.#policy = policy;
    if (assessment === null) return { state: 'empty', asOf: null };
    const phase = this.#isPersonalised ? {} : { phase: 'personalisationOff' };
    return { state: 'ready', asOf: assessment.asOf, ...phase };
  }

  get #isPersonalised(): boolean {
    const customers = this.link.snapshot('customers');
    const held = customers.state === 'ready' ? customers.docs[0] : undefined;
    const customer = this.given ? this.customer : held;
    return customer?.preferences.personalised !== false;
  }

  get #facts(): SideFacts {
    const cases = this.link.snapshot('cases');
    return {
      assessment: this.#assessment!,
      policy: this.#policy,
      cases: this.given ? (this.cases ?? []) : cases.state === 'ready' ? cases.docs : [],
      source: this.link.source,
      status: this.link.status,
      stale: this.stale,
      personalised: this.#isPersonalised,
      elder: this.elder,
      headingLevel: this.headingLevel,
      retry: this.retry,
    };
  }
}

/** The first of the month after `date`. */
function nextFirst(date: string): string {
  const [year = 0, month = 0] = date.split('-').map(Number);
  const after = month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${after[0]}-${String(after[1]).padStart(2, '0')}-01`;
}
