import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Entitlement } from '@liyu/model';
import { heading } from '../foundation/heading.js';
import { icon } from '../foundation/icon.js';
import type { Language } from '../messages/language.js';
import type { BenefitGroup, NamedBenefit } from './benefit-groups.js';
import { benefitDetails, benefitStatus } from './benefit-words.js';
import { useButton, useView } from './use-view.js';
import type { UseFacts } from './use-view.js';

/** What every row of the panel has to know. */
export interface RowFacts extends Omit<UseFacts, 'benefit'> {
  entitlement: Entitlement;
  today: string;
  headingLevel: number;
}

export function benefitRow(benefit: NamedBenefit, facts: RowFacts): TemplateResult {
  const { language, today } = facts;
  const { endsOn } = facts.entitlement;
  const period = { endsOn, current: endsOn.slice(0, 4) === today.slice(0, 4) };
  const locked = benefit.held.state !== 'AVAILABLE';
  const use = { ...facts, benefit };
  return html`<li class="benefit">
    <div class="what">
      <p class="name ${locked ? 'closed' : ''}">${benefit.name}</p>
      ${benefitDetails(benefit, period, language).map(
        (line) => html`<p class="small muted">${line}</p> `,
      )}
    </div>
    <div class="state">${benefitStatus(benefit, language)}</div>
    ${useButton(use)} ${useView(use)}
  </li>`;
}

export function benefitGroup(
  { icon: sign, labels, benefits }: BenefitGroup,
  facts: RowFacts,
): TemplateResult {
  const { headingLevel, language } = facts;
  const [first = '', second] = labels;
  const name =
    second === undefined
      ? first
      : language.say('benefit.kinds', { first, second: second.toLowerCase() });
  return html`<section class="kind">
    ${heading(headingLevel, html`${icon(sign)}<span>${name}</span>`)}
    <ul class="rows">
      ${benefits.map((benefit) => benefitRow(benefit, facts))}
    </ul>
  </section>`;
}

/** The benefits of other levels, behind a button. */
export function otherBenefits(
  others: readonly NamedBenefit[],
  { shown, toggle }: { shown: boolean; toggle: () => void },
  facts: RowFacts,
): unknown {
  if (others.length === 0) return nothing;
  return html`<div class="others">
    <button
      type="button"
      class="link"
      aria-expanded=${shown ? 'true' : 'false'}
      aria-controls="others"
      @click=${toggle}
    >
      ${countedWords('benefit.others', others.length, shown, facts.language)}
    </button>
    <ul id="others" class="rows ${shown ? '' : 'folded'}">
      ${others.map((benefit) => benefitRow(benefit, facts))}
    </ul>
  </div>`;
}

/** Words of a button that opens a list: its name, how many there are, and whether it is open. */
export function countedWords(
  key: 'benefit.all' | 'benefit.others',
  n: number,
  open: boolean,
  language: Language,
): TemplateResult {
  const count = language.say(language.plural('benefit.count', n), { n });
  return html`<span>${language.say(key)}</span>
    <span class="count">${count}</span> ${icon(open ? 'chevron-up' : 'chevron-down')}`;
}
