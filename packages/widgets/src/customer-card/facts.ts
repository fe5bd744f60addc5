import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Assessment } from '@liyu/model';
import { dayOfYear, fullDate, monthOf, monthsBetween } from '../foundation/calendar.js';
import { money } from '../foundation/figures.js';
import { icon } from '../foundation/icon.js';
import { isolated } from '../foundation/isolated.js';
import { solid, unseen } from '../foundation/text.js';
import type { Language } from '../messages/language.js';

export function fact(term: unknown, value: unknown): TemplateResult {
  return html`<div class="fact">
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Managed assets: the amount is rendered only while it is shown. */
export function assetsRow(
  fen: number,
  asOf: string,
  shown: boolean,
  toggle: () => void,
  language: Language,
): TemplateResult {
  const term = language.say('card.assets');
  const date = solid(dayOfYear(asOf, language.locale));
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

/** How long the customer has been with the bank, by the date of the data. */
export function relationshipRow(since: string, asOf: string, language: Language): TemplateResult {
  const months = monthsBetween(since, asOf);
  const date = solid(monthOf(since, language.locale));
  return fact(
    language.say('card.relationship'),
    html`<span>${duration(months, language)}</span
      ><span class="small muted">${language.compose('card.sinceMonth', { date })}</span>`,
  );
}

/** Where the customer's account is. */
export function branchRow(
  name: string,
  hasBanker: boolean | undefined,
  language: Language,
): TemplateResult {
  return fact(
    language.say('card.branch'),
    html`<span>${isolated(name)}</span>${
        hasBanker
          ? html`<span class="small muted">${language.say('card.personalBanker')}</span>`
          : nothing
      }`,
  );
}

/** How the customer likes to be reached. */
export function channelRow(label: string, language: Language): TemplateResult {
  return fact(language.say('card.channel'), label);
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
