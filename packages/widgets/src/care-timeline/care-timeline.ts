import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CareEvent } from '@liyu/model';
import { fullDate, monthOf } from '../foundation/calendar.js';
import { heading } from '../foundation/heading.js';
import { block, solid, status } from '../foundation/text.js';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import { kindsOf, timelineOf } from './care-months.js';
import type { CareKind, Month, Timeline } from './care-months.js';
import { eventRow } from './event-row.js';
import { careTimelineStyles } from './care-timeline.styles.js';
import { openSurvey, surveyForm } from './open-survey.js';

/** Months shown before older ones are asked for, unless the page says otherwise. */
const RECENT_MONTHS = 3;
/** Events that each further asking shows at least, by whole months: a page with thousands stays quick. */
const OLDER_EVENTS = 100;
/** Events beyond which the browser lays out only those near the screen. */
const MANY_EVENTS = 200;

/**
 * What the bank has done for the customer and what it has promised: first what comes next, then month
 * by month.
 *
 * @summary Care given and promised.
 * @tag liyu-care-timeline
 * @fires liyu-before-open-survey - Before the form opens on a survey; can be cancelled
 * @csspart root - The inner root
 * @csspart title - The heading
 * @csspart group - Name of a month, and of what comes next
 * @csspart body - What stands inside the frame
 * @csspart note - A note: offline, an error
 * @csspart foot - The button for older records, and the date of the data
 * @cssstate loading - Data or words are on their way
 * @cssstate empty - Nothing has been done or planned
 * @cssstate ready - The timeline is shown
 * @cssstate error - Nothing is stored and nothing could be fetched
 * @cssstate signedOut - Nobody is signed in
 * @cssstate offline - The endpoint can't be reached
 * @cssstate stale - The data is older than 45 days
 */
export class CareTimeline extends Widget {
  static override styles: CSSResultGroup = [Widget.styles, careTimelineStyles];

  /** Care events of the customer, in any order; null for none. */
  @property({ attribute: false }) careEvents: readonly CareEvent[] | null | undefined;

  /** How many months are shown before older ones are asked for; 3 where it is below 1. */
  @property({ type: Number }) months: number | null = null;

  @state() private kind: CareKind | null = null;
  /** Months that are shown besides the recent ones. */
  @state() private olderMonths = 0;

  protected override readonly kinds = { careEvents: 'list' } as const;
  #events: readonly CareEvent[] = [];

  constructor() {
    super(['careEvents']);
  }

  protected override derive(): Outlook {
    if (this.given) return this.#outlook(this.careEvents ?? [], null);
    const snapshot = this.link.snapshot('careEvents');
    if (snapshot.state !== 'ready') return { state: snapshot.state, asOf: null };
    return this.#outlook(snapshot.docs, snapshot.pulledOn ?? null);
  }

  /** Records of care have no date of their own data: it is known only where a source says it. */
  #outlook(events: readonly CareEvent[], asOf: string | null): Outlook {
    this.#events = events;
    return { state: events.length === 0 ? 'empty' : 'ready', asOf };
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.kind !== null && !kindsOf(this.#events).includes(this.kind)) this.kind = null;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const before = changed.get('olderMonths') as number | undefined;
    if (before !== undefined && before < this.olderMonths) this.#focusMonth(this.#recent + before);
  }

  protected override renderTitle(language: Language): unknown {
    const title = this.headline(language.say('care.title'));
    return title === nothing ? nothing : html`<div class="head">${title}</div>`;
  }

  protected override renderBody(language: Language): TemplateResult {
    const { next, months } = this.#timeline;
    const shown = months.slice(0, this.#recent + this.olderMonths);
    const count = shown.reduce((sum, { events }) => sum + events.length, next.length);
    return html`${this.#filter(language)}
      <div class=${count > MANY_EVENTS ? 'many' : ''}>
        ${
          next.length === 0
            ? nothing
            : html`<section class="next">
                ${heading(this.headingLevel + 1, language.say('care.next'))}
                <ul>
                  ${next.map((event) => this.#row(event, language))}
                </ul>
              </section>`
        }
        ${shown.map((month, index) => this.#month(month, index, language))}
      </div>`;
  }

  protected override renderEmpty(language: Language): TemplateResult {
    return html`<p>${language.say('care.empty')}</p>
      <p class="small muted">${language.say('care.emptyNext')}</p>`;
  }

  protected override renderSkeleton(): TemplateResult {
    const row = html`<div class="event">
      <div>${block('date')}${block('weekday')}</div>
      <div>${block('wide')}${block('medium')}</div>
    </div>`;
    return html`<div class="head">${block('title')}</div>
      ${row}${row}${row}
      <div class="foot"><p class="fine">${block('medium')}</p></div>`;
  }

  protected override renderFoot(language: Language): unknown {
    const { months } = this.#timeline;
    const hasOlder = months.length > this.#recent + this.olderMonths;
    const { asOf } = this.outlook;
    if (!hasOlder && asOf === null) return nothing;
    return html`<div class="foot" part="foot">
      ${
        hasOlder
          ? html`<button type="button" class="link" @click=${this.#showOlder}>
              ${language.say('care.older')}
            </button>`
          : nothing
      }
      ${asOf === null ? nothing : this.#date(asOf, language)}
    </div>`;
  }

  #date(asOf: string, language: Language): TemplateResult {
    const words = language.compose('asOf', { date: solid(fullDate(asOf, language.locale)) });
    return html`<p class="fine">${this.stale ? status('clock', words, 'notice') : words}</p>`;
  }

  protected override failedWords(language: Language): string {
    return language.say('care.failed');
  }

  protected override signedOutWords(language: Language): string {
    return language.say('care.signedOut');
  }

  get #timeline(): Timeline {
    return timelineOf(this.#events, this.kind, this.today);
  }

  get #recent(): number {
    return this.months !== null && this.months >= 1 ? Math.trunc(this.months) : RECENT_MONTHS;
  }

  #filter(language: Language): unknown {
    const kinds = kindsOf(this.#events);
    if (kinds.length < 2) return nothing;
    return html`<div class="filter" role="group" aria-label=${language.say('care.filter')}>
      ${[null, ...kinds].map(
        (kind) =>
          html`<button
            type="button"
            aria-pressed=${this.kind === kind ? 'true' : 'false'}
            @click=${() => this.#show(kind)}
          >
            ${language.say(`care.kind.${kind ?? 'all'}`)}
          </button>`,
      )}
    </div>`;
  }

  #month({ id, events }: Month, index: number, language: Language): TemplateResult {
    return html`<section class="month">
      ${heading(
        this.headingLevel + 1,
        html`<span tabindex=${index >= this.#recent ? '-1' : nothing}
          >${solid(monthOf(id, language.locale))}</span
        >`,
      )}
      <ul>
        ${events.map((event) => this.#row(event, language))}
      </ul>
    </section>`;
  }

  #row(event: CareEvent, language: Language): TemplateResult {
    const { survey } = event;
    const answerable = event.state === 'invited' && survey !== null && surveyForm() !== null;
    return eventRow({
      event,
      language,
      today: this.today,
      answer: answerable ? () => openSurvey(this, survey) : null,
    });
  }

  #show(kind: CareKind | null): void {
    this.kind = kind;
    this.olderMonths = 0;
  }

  /** The focus goes on to what the button has opened. */
  #focusMonth(index: number): void {
    const months = this.renderRoot.querySelectorAll<HTMLElement>('.month .group > span');
    months[index]?.focus();
  }

  readonly #showOlder = (): void => {
    const { months } = this.#timeline;
    const rest = months.slice(this.#recent + this.olderMonths);
    let events = 0;
    const last = rest.findIndex((month) => (events += month.events.length) >= OLDER_EVENTS);
    this.olderMonths += last === -1 ? rest.length : last + 1;
  };
}
