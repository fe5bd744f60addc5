import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { localize } from '@liyu/model';
import type { Assessment, Customer, Locale } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { emblem } from '../foundation/emblem.js';
import { failure } from '../foundation/frame.js';
import { heading } from '../foundation/heading.js';
import { newest, oldest } from '../foundation/newest.js';
import { block, solid, status } from '../foundation/text.js';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import { rungName, tierLine, tierNote } from '../tier-badge/tier-lines.js';
import { assetsRow, fact, relationshipRow, validToRow } from './facts.js';
import { customerCardStyles } from './customer-card.styles.js';
import { personRow } from './person-row.js';

/**
 * Who looks after a customer, which level the customer holds, and how to reach someone. The amount of
 * managed assets is in the document only while it is shown.
 *
 * @summary The customer, their managers and their level.
 * @tag liyu-customer-card
 * @csspart root - The inner root
 * @csspart title - The greeting, or the heading where there is none
 * @csspart body - What stands inside the frame
 * @csspart note - A note: offline, a watch month, an error
 * @csspart foot - Date of the data
 * @cssstate loading - Data or words are on their way
 * @cssstate empty - The bank has no record of the customer
 * @cssstate ready - The card is shown
 * @cssstate error - Nothing is stored and nothing could be fetched
 * @cssstate signedOut - Nobody is signed in
 * @cssstate offline - The endpoint can't be reached
 * @cssstate stale - The data is older than 45 days
 */
export class CustomerCard extends Widget {
  static override styles: CSSResultGroup = [Widget.styles, customerCardStyles];

  /** The customer's record; null for none. Without it the kit's. */
  @property({ attribute: false }) customer: Customer | null | undefined;
  /** The latest assessment; null for a customer who hasn't been assessed. */
  @property({ attribute: false }) assessment: Assessment | null | undefined;

  @state() private amountShown = false;

  protected override readonly kinds = { customer: 'record', assessment: 'record' } as const;
  #customer: Customer | null = null;
  /** Undefined: not known, so that nothing is said of the level. */
  #assessment: Assessment | null | undefined;
  #tierFailed = false;

  constructor() {
    super(['customers', 'assessments']);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.amountShown = false;
  }

  protected override recordLocale(): Locale | null {
    return this.#customer?.locale ?? null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = this.#customer?.id;
    super.willUpdate(changed);
    if (this.#customer?.id !== before) this.amountShown = false;
  }

  protected override derive(): Outlook {
    if (this.given) {
      this.#customer = this.customer ?? null;
      this.#assessment = this.assessment;
      this.#tierFailed = false;
      if (this.customer === undefined) return { state: 'loading', asOf: null };
      return this.#outlook();
    }
    const customers = this.link.snapshot('customers');
    const assessments = this.link.snapshot('assessments');
    this.#tierFailed = assessments.state === 'error';
    this.#customer = customers.state === 'ready' ? (customers.docs[0] ?? null) : null;
    this.#assessment =
      assessments.state === 'ready' ? newest(assessments.docs, (doc) => doc.assessedOn) : undefined;
    if (customers.state !== 'ready') return { state: customers.state, asOf: null };
    if (assessments.state === 'loading') return { state: 'loading', asOf: null };
    return this.#outlook();
  }

  protected override renderTitle(language: Language): unknown {
    if (this.outlook.state !== 'ready') {
      const title = this.headline(language.say('card.title'));
      return title === nothing ? nothing : html`<div class="head">${title}</div>`;
    }
    const name = person(this.#customer!.name);
    return html`<div class="top">
      ${this.#assessment === undefined ? nothing : emblem(this.#assessment, this.elder ? 64 : 48)}
      <div>
        ${heading(this.headingLevel, language.compose('card.greeting', { name }), 'title')}
        ${this.#level(language)}
      </div>
    </div>`;
  }

  protected override renderBody(language: Language): TemplateResult {
    const customer = this.#customer!;
    return html`${this.#levelNote(language)}
      <div class="columns">
        ${this.#people(customer, language)} ${this.#facts(customer, language)}
      </div>`;
  }

  protected override renderEmpty(language: Language): TemplateResult {
    return html`<p>${language.say('card.empty')}</p>`;
  }

  protected override renderSkeleton(): TemplateResult {
    const row = html`<div class="person"><div>${block('short')}${block('medium')}</div></div>`;
    const line = html`<div class="fact">${block('short')}${block('short')}</div>`;
    return html`<div class="top">
        ${block('picture')}
        <div>${block('title')}${block('long')}</div>
      </div>
      <div class="columns">
        <div class="people">${row}${row}</div>
        <div class="facts">${line}${line}${line}${line}</div>
      </div>
      <div class="foot"><p class="fine">${block('medium')}</p></div>`;
  }

  protected override renderFoot(language: Language): TemplateResult | typeof nothing {
    if (this.stale) return nothing;
    const { asOf } = this.#customer!;
    return html`<div class="foot" part="foot">
      <p class="fine">${this.#dated(asOf, language)}</p>
    </div>`;
  }

  protected override failedWords(language: Language): string {
    return language.say('card.failed');
  }

  protected override signedOutWords(language: Language): string {
    return language.say('card.signedOut');
  }

  #outlook(): Outlook {
    if (this.#customer === null) return { state: 'empty', asOf: null };
    return { state: 'ready', asOf: oldest(this.#customer.asOf, this.#assessment?.asOf) };
  }

  #level(language: Language): unknown {
    const held = this.#assessment;
    const old = this.stale
      ? html`<p>${status('clock', this.#dated(this.outlook.asOf!, language), 'notice')}</p>`
      : nothing;
    if (held === undefined) return old;
    if (held === null)
      return html`<p class="small level"><b>${language.say('tier.unknown')}</b></p>
        ${old}`;
    // In a watch month, and for QUALITY, the note below says until when.
    const aside = this.elder || held.status === 'WATCH' ? nothing : tierLine(held, language);
    return html`<p class="small level">
        <b>${rungName(held, language)}</b> <span class="muted">${aside}</span>
      </p>
      ${old}`;
  }

  #levelNote(language: Language): unknown {
    if (this.#tierFailed) {
      const { source } = this.link;
      return failure(
        language,
        language.say('tier.failed'),
        source === null ? null : () => source.retry(),
      );
    }
    return this.#assessment == null ? nothing : (tierNote(this.#assessment, language) ?? nothing);
  }

  #people(customer: Customer, language: Language): unknown {
    const rows = [
      { who: customer.clientManager, role: language.say('card.clientManager') },
      { who: customer.careManager, role: language.say('card.careManager') },
    ].filter(({ who }) => who !== null);
    if (rows.length === 0) return nothing;
    return html`<ul class="people">
      ${rows.map(({ who, role }, index) =>
        personRow({
          who: who!,
          role,
          elder: this.elder,
          first: index === 0,
          language,
        }),
      )}
    </ul>`;
  }

  #facts(customer: Customer, language: Language): TemplateResult {
    const branch = fact(
      language.say('card.branch'),
      localize(customer.branch.name, language.locale),
    );
    if (this.elder) {
      return html`<dl class="facts">
        ${branch}${validToRow(this.#assessment ?? null, language)}
      </dl>`;
    }
    const { channel } = customer.preferences;
    return html`<dl class="facts">
      ${assetsRow({
        assessment: this.#assessment ?? null,
        shown: this.amountShown,
        toggle: this.#toggleAmount,
        language,
      })}
      ${relationshipRow(customer, language)} ${branch}
      ${
        channel === null
          ? nothing
          : fact(language.say('card.channel'), localize(channel, language.locale))
      }
    </dl>`;
  }

  #dated(date: string, language: Language): unknown[] {
    return language.compose('asOf', { date: solid(fullDate(date, language.locale)) });
  }

  readonly #toggleAmount = (): void => {
    this.amountShown = !this.amountShown;
  };
}

/** A name as the customer's own language writes it, so that a reader doesn't spell it in English. */
function person(name: string): TemplateResult {
  return /\p{Script=Han}/u.test(name)
    ? html`<span lang="zh-CN">${name}</span>`
    : html`<span>${name}</span>`;
}
