import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Assessment, Customer } from '@liyu/model';
import { dayOfYear, fullDate, monthOf, monthsBetween } from '../foundation/calendar.js';
import { money } from '../foundation/figures.js';
import { icon } from '../foundation/icon.js';
import { solid, unseen } from '../foundation/text.js';
import type { Language } from '../messages/language.js';

export function fact(term: unknown, value: unknown): TemplateResult {
  return html`<div class="fact">
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

interface Assets {
  assessment: Assessment | null;
  shown: boolean;
  toggle: () => void;
  language: Language;
}

/** Managed assets: the amount is rendered only while it is shown. Nothing when it isn't known. */
export function assetsRow({ assessment, shown, toggle, language }: Assets): unknown {
  const fen = assessment?.inputs.aum_avg_3m_fen;
  if (assessment === null || typeof fen !== 'number') return nothing;
  const term = language.say('card.assets');
  const date = solid(dayOfYear(assessment.asOf, language.locale));
  return fact(
    html`${term}<span class="fine basis">${language.compose('card.assetsNote', { date })}</span>`,
    html`${
        shown
          ? html`<span class="figure">${money(fen)}</span>`
          : html`<span class="figure" aria-hidden="true">******</span>${unseen(
                language.say('card.hiddenAmount'),
              )}`
      }<button type="button" class="link" @click=${toggle}>
        ${icon(shown ? 'eye-off' : 'eye')}<span
          >${language.say(shown ? 'card.hide' : 'card.show')}${unseen(` ${term}`)}</span
        >
      </button>`,
  );
}

/** How long the customer has been with the bank, by the date of the data. Nothing when it isn't known. */
export function relationshipRow({ since, asOf }: Customer, language: Language): unknown {
  if (since === null) return nothing;
  const months = monthsBetween(since, asOf);
  const date = solid(monthOf(since, language.locale));
  return fact(
    language.say('card.relationship'),
    html`<span>${duration(months, language)}</span
      ><span class="small muted">${language.compose('card.sinceMonth', { date })}</span>`,
  );
}

/** Until when the level is held, where a date alone is the truth: not in a watch month, not for QUALITY. */
export function validToRow(assessment: Assessment | null, language: Language): unknown {
  if (
    assessment?.validTo == null ||
    assessment.status === 'WATCH' ||
    assessment.class === 'QUALITY'
  ) {
    return nothing;
  }
  return fact(
    language.say('tier.validToLabel'),
    solid(fullDate(assessment.validTo, language.locale)),
  );
}

/** `8年`, `10个月`, of whole months. */
export function duration(months: number, language: Language): string {
  if (months === 0) return language.say('card.underMonth');
  const years = Math.floor(months / 12);
  return years === 0
    ? language.say(language.plural('card.months', months), { n: months })
    : language.say(language.plural('card.years', years), { n: years });
}
