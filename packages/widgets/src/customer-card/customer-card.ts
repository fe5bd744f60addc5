import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Assessment, CareEvent, Case, Customer, Locale } from '@liyu/model';
import { LazyPart } from '../foundation/lazy-part.js';
import { memo } from '../foundation/memo.js';
import { newest, oldest } from '../foundation/newest.js';
import type { CollectionName } from '../foundation/source-link.js';
import { block, status } from '../foundation/text.js';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import type { Records } from '../source.js';
import { customerCardStyles } from './customer-card.styles.js';
import { customerBody, customerHead, dated } from './customer-view.js';
import type { CustomerFacts } from './customer-view.js';
import { loadStaffSide } from './load-staff-side.js';
import type { CardFacts } from './staff-side.js';
import type { Known } from './staff-view.js';

const OF_CUSTOMER = ['customers', 'assessments'] as const;
const OF_STAFF = [...OF_CUSTOMER, 'careEvents', 'cases'] as const;
const NOTHING = [] as const;

/**
 * Who looks after a customer, which level the customer holds, and how to reach someone. The amount of
 * managed assets is in the document only while it is shown. With `customer`, on pages of staff, it is
 * about that customer: first the years with the bank and the level, then masked data to be shown for a
 * reason, and for half a minute.
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

  /** Number of the customer, on pages of staff; empty while none is chosen. */
  @property({ attribute: 'customer' }) customerId: string | null = null;

  /** The customer's record; null for none. Without it the kit's. */
  @property({ attribute: false }) customer: Customer | null | undefined;
  /** The latest assessment; null for a customer who hasn't been assessed. */
  @property({ attribute: false }) assessment: Assessment | null | undefined;
  /** Care planned and given, for staff. */
  @property({ attribute: false }) careEvents: readonly CareEvent[] | null | undefined;
  /** Complaints and other cases, for staff. */
  @property({ attribute: false }) cases: readonly Case[] | null | undefined;

  @state() private amountShown = false;

  protected override readonly kinds = {
    customer: 'record',
    assessment: 'record',
    careEvents: 'list',
    cases: 'list',
  } as const;
  readonly #staff = new LazyPart(
    this,
    () => this.loadStaffSide(),
    ({ StaffSide }) => new StaffSide(this),
  );
  #customer: Customer | null = null;
  /** Undefined: not known, so that nothing is said of the level. */
  #assessment: Assessment | null | undefined;
  #tierFailed = false;
  /** Whether the store is a desk's, and the page doesn't say whose card it wants. */
  #severalHeld = false;

  constructor() {
    super(OF_CUSTOMER);
  }

  /** Collections that it reads; none while no customer is chosen. */
  get #needed(): readonly CollectionName[] {
    if (this.customerId === '') return NOTHING;
    return this.#forStaff ? OF_STAFF : OF_CUSTOMER;
  }

  /** Whether it stands on a page of staff. */
  get #forStaff(): boolean {
    return this.customerId !== null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.amountShown = false;
  }

  protected override recordLocale(): Locale | null {
    // Staff read their own language, not the customer's.
    return this.#forStaff ? null : (this.#customer?.locale ?? null);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = this.#customer?.id;
    this.link.follow(this.#needed, this.customerId);
    if (this.#forStaff) this.#staff.ask();
    super.willUpdate(changed);
    if (this.#customer?.id !== before) {
      this.amountShown = false;
      this.#staff.side?.forget();
    }
  }

  /** What is on pages of staff alone, a chunk of its own that no customer's phone loads. */
  protected loadStaffSide(): ReturnType<typeof loadStaffSide> {
    return loadStaffSide();
  }

  protected override derive(): Outlook {
    const outlook = this.#ofData();
    if (!this.#forStaff || this.#staff.side !== null) return outlook;
    const isChoosing = outlook.state === 'empty' && this.customerId === '';
    // These need no words of staff.
    if (isChoosing || outlook.state === 'loading' || outlook.state === 'error') return outlook;
    return { state: this.#staff.failed ? 'error' : 'loading', asOf: null };
  }

  protected override get retry(): (() => void) | null {
    const retry = super.retry;
    if (!this.#staff.failed) return retry;
    return () => {
      this.#staff.retry();
      retry?.();
    };
  }

  #ofData(): Outlook {
    if (this.given) {
      this.#customer = this.customer ?? null;
      this.#assessment = this.assessment;
      this.#tierFailed = false;
      if (this.customer === undefined) return { state: 'loading', asOf: null };
      return this.#outlook();
    }
    if (this.customerId === '') {
      this.#customer = null;
      return { state: 'empty', asOf: null };
    }
    const customers = this.link.snapshot('customers');
    const assessments = this.link.snapshot('assessments');
    this.#tierFailed = assessments.state === 'error';
    this.#customer = customers.state === 'ready' ? this.#chosen(customers.docs) : null;
    this.#assessment =
      assessments.state === 'ready' ? newest(assessments.docs, (doc) => doc.assessedOn) : undefined;
    if (customers.state !== 'ready') return { state: customers.state, asOf: null };
    if (!this.#forStaff && assessments.state === 'loading') return { state: 'loading', asOf: null };
    return this.#outlook();
  }

  protected override renderTitle(language: Language): unknown {
    if (this.outlook.state !== 'ready') {
      const words = language.say(this.#forStaff ? 'staff.title' : 'card.title');
      const title = this.headline(words);
      return title === nothing ? nothing : html`<div class="head">${title}</div>`;
    }
    if (this.#forStaff) return this.#staff.side!.head(this.#staffFacts(language));
    return customerHead(this.#customerFacts(language));
  }

  protected override renderBody(language: Language): TemplateResult {
    if (this.#forStaff) return this.#staff.side!.body(this.#staffFacts(language));
    return customerBody(this.#customerFacts(language));
  }

  protected override renderEmpty(language: Language): TemplateResult {
    return html`<p>${this.#emptyWords(language)}</p>`;
  }

  protected override renderSkeleton(): TemplateResult {
    const row = html`<div class="person"><div>${block('short')}${block('medium')}</div></div>`;
    const line = html`<div class="fact">${block('short')}${block('short')}</div>`;
    const lines = (count: number) =>
      html`<div class="facts">${Array.from({ length: count }, () => line)}</div>`;
    return html`<div class="top">
        ${block('picture')}
        <div>${block('title')}${block('long')}</div>
      </div>
      <div class="columns">
        ${
          this.#forStaff
            ? html`${lines(6)}${lines(5)}`
            : html`<div class="people">${row}${row}</div>
                ${lines(4)}`
        }
      </div>
      <div class="foot"><p class="fine">${block('medium')}</p></div>`;
  }

  protected override renderFoot(language: Language): TemplateResult | typeof nothing {
    const { asOf } = this.#customer!;
    if (this.stale && !this.#forStaff) return nothing;
    const age = this.#forStaff
      ? this.#staff.side!.age(asOf, this.today, language)
      : memo(dated, asOf, language);
    return html`<div class="foot" part="foot">
      <p class="fine">${this.stale ? status('clock', age, 'notice') : age}</p>
    </div>`;
  }

  protected override failedWords(language: Language): string {
    return language.say(this.#forStaff ? 'staff.failed' : 'card.failed');
  }

  protected override signedOutWords(language: Language): string {
    if (this.#forStaff) return this.#staff.side!.say('staff.signedOut', language);
    return language.say('card.signedOut');
  }

  #emptyWords(language: Language): string {
    if (this.customerId === '') return language.say('staff.choose');
    if (this.#forStaff) return this.#staff.side!.say('staff.empty', language);
    return language.say(this.#severalHeld ? 'staff.choose' : 'card.empty');
  }

  /** A customer's own device holds one record; where there are more, the page has to say whose. */
  #chosen(docs: readonly Customer[]): Customer | null {
    if (this.#forStaff) return docs.find(({ id }) => id === this.customerId) ?? null;
    this.#severalHeld = docs.length > 1;
    return this.#severalHeld ? null : (docs[0] ?? null);
  }

  #staffFacts(language: Language): CardFacts {
    const record = this.#customer!;
    return {
      record,
      assessment: this.#assessment ?? null,
      careEvents: this.#known('careEvents', this.careEvents),
      cases: this.#known('cases', this.cases),
      today: this.today,
      headingLevel: this.headingLevel,
      staff: this.link.source?.staff ?? null,
      customer: record.id,
      offline: this.offline,
      language,
    };
  }

  #known<Name extends 'careEvents' | 'cases'>(
    name: Name,
    given: readonly Records[Name][] | null | undefined,
  ): Known<Records[Name]> {
    if (this.given) return given ?? 'unknown';
    const snapshot = this.link.snapshot(name);
    if (snapshot.state === 'ready') return snapshot.docs;
    return snapshot.state === 'loading' ? 'loading' : 'unknown';
  }

  #outlook(): Outlook {
    if (this.#customer === null) return { state: 'empty', asOf: null };
    return { state: 'ready', asOf: oldest(this.#customer.asOf, this.#assessment?.asOf) };
  }

  #customerFacts(language: Language): CustomerFacts {
    return {
      record: this.#customer!,
      assessment: this.#assessment,
      tierFailed: this.#tierFailed,
      retry: this.retry,
      asOf: this.outlook.asOf!,
      stale: this.stale,
      elder: this.elder,
      headingLevel: this.headingLevel,
      amountShown: this.amountShown,
      toggleAmount: this.#toggleAmount,
      language,
    };
  }

  readonly #toggleAmount = (): void => {
    this.amountShown = !this.amountShown;
  };
}
