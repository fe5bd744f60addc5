import { html, nothing } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Assessment } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { emblem } from '../foundation/emblem.js';
import { newest } from '../foundation/newest.js';
import { block, solid, status } from '../foundation/text.js';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import { tierBadgeStyles } from './tier-badge.styles.js';
import { rungName, tierLine, tierLines, tierNote } from './tier-lines.js';

export type BadgeSize = 's' | 'm' | 'l';

/**
 * The level that a customer holds: its emblem with its name, and in the larger sizes how long it is
 * held.
 *
 * @summary The customer's level.
 * @tag liyu-tier-badge
 * @csspart root - The inner root
 * @csspart title - Name of the level
 * @csspart body - What stands inside the frame
 * @csspart note - A note: offline, a watch month, an error
 * @csspart foot - Date of the data, in size l
 * @cssstate loading - Data or words are on their way
 * @cssstate empty - The customer hasn't been assessed
 * @cssstate ready - The level is shown
 * @cssstate error - Nothing is stored and nothing could be fetched
 * @cssstate signedOut - Nobody is signed in
 * @cssstate offline - The endpoint can't be reached
 * @cssstate stale - The data is older than 45 days
 */
export class TierBadge extends Widget {
  static override styles: CSSResultGroup = [Widget.styles, tierBadgeStyles];

  /** The assessment to show; null for a customer who hasn't been assessed. Without it the kit's latest. */
  @property({ attribute: false }) assessment: Assessment | null | undefined;
  /** `s` in a line of text, `m` in a row, `l` as a panel. */
  @property({ reflect: true, useDefault: true }) size: BadgeSize = 'm';

  protected override readonly kinds = { assessment: 'record' } as const;
  #shown: Assessment | null = null;

  constructor() {
    super(['assessments']);
  }

  protected override isInline(): boolean {
    return this.size !== 'l';
  }

  protected override derive(): Outlook {
    const assessments = this.link.snapshot('assessments');
    if (this.given) this.#shown = this.assessment ?? null;
    else if (assessments.state !== 'ready') return { state: assessments.state, asOf: null };
    else this.#shown = newest(assessments.docs, (doc) => doc.assessedOn);
    return { state: this.#shown === null ? 'empty' : 'ready', asOf: this.#shown?.asOf ?? null };
  }

  protected override renderTitle(language: Language): unknown {
    const { state } = this.outlook;
    if (state !== 'ready' && state !== 'empty') return nothing;
    const shown = this.#shown;
    const name = shown === null ? language.say('tier.unknown') : rungName(shown, language);
    switch (this.size) {
      case 's':
        return this.#small(name);
      case 'l':
        return this.#large(name, this.#lines(language));
      default:
        return this.#medium(name, this.#line(language));
    }
  }

  protected override renderBody(language: Language): unknown {
    const shown = this.#shown!;
    return this.size === 'l' ? (tierNote(shown, language) ?? nothing) : nothing;
  }

  protected override renderEmpty(): typeof nothing {
    return nothing;
  }

  protected override renderSkeleton(): TemplateResult {
    if (this.size === 's') {
      return html`<span class="small-waiting">${block('px16')}${block('short')}</span>`;
    }
    const lines = html`<div>${block('title')}${block('long')}</div>`;
    return this.size === 'm'
      ? html`<div class="medium-badge">${block('px32')}${lines}</div>`
      : html`<div class="large-badge">${block('px64')}${lines}</div>`;
  }

  protected override renderFoot(language: Language): TemplateResult | typeof nothing {
    const { asOf } = this.outlook;
    if (this.size !== 'l' || this.stale || asOf === null) return nothing;
    const date = solid(fullDate(asOf, language.locale));
    return html`<div class="foot" part="foot">
      <p class="fine">${language.compose('asOf', { date })}</p>
    </div>`;
  }

  protected override failedWords(language: Language): string {
    return language.say('tier.failed');
  }

  protected override signedOutWords(language: Language): string {
    return language.say('tier.signedOut');
  }

  #line(language: Language): unknown {
    if (this.#shown === null) return nothing;
    return this.stale ? this.#oldData(language) : tierLine(this.#shown, language);
  }

  #lines(language: Language): readonly unknown[] {
    if (this.#shown === null) return [language.say('tier.unknownWhy')];
    const lines = tierLines(this.#shown, language);
    return this.stale ? [...lines, this.#oldData(language)] : lines;
  }

  #small(name: unknown): TemplateResult {
    return html`<span class="small-badge">
      ${emblem(this.#shown, 16)}<span part="title">${name}</span>
    </span>`;
  }

  #medium(name: unknown, line: unknown): TemplateResult {
    return html`<div class="medium-badge">
      ${emblem(this.#shown, 32)}
      <div>
        <p class="name" part="title">${name}</p>
        <p class="small muted">${line}</p>
      </div>
    </div>`;
  }

  #large(name: unknown, lines: readonly unknown[]): TemplateResult {
    return html`<div class="large-badge">
      ${emblem(this.#shown, 64)}
      <div>
        <p class="headline" part="title">${name}</p>
        ${lines.map((line) => html`<p class="small muted">${line}</p> `)}
      </div>
    </div>`;
  }

  #oldData(language: Language): TemplateResult {
    const date = solid(fullDate(this.outlook.asOf!, language.locale));
    return status('clock', language.compose('asOf', { date }), 'notice');
  }
}
