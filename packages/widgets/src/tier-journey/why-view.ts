import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import { heading } from '../foundation/heading.js';
import { solid } from '../foundation/text.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import { conditionList } from './conditions-view.js';
import type { Journey } from './journey.js';
import { unusedLine } from './score-view.js';

/** The conditions of the held rung, with the customer's own figures. */
export function whyView(
  journey: Journey,
  headingLevel: number,
  language: JourneyLanguage,
): TemplateResult {
  const { conditions, held } = journey;
  const rung = solid(localize(held.label, language.locale));
  return html`<section class="section">
    ${heading(headingLevel, language.say('journey.why'))} ${unusedLine(journey, language)}
    ${
      conditions.length === 0
        ? html`<p>${language.compose('journey.noConditions', { rung })}</p>`
        : conditionList(journey, conditions, language)
    }
  </section>`;
}
