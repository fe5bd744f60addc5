import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Assessment } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { icon } from '../foundation/icon.js';
import { solid } from '../foundation/text.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import type { Journey } from './journey.js';
import { metricName, sentence } from './metric-words.js';

/** That a machine decided, when, from which data, and by which version of the rules. */
export function basisView(
  assessment: Assessment,
  journey: Journey | null,
  language: JourneyLanguage,
): TemplateResult {
  const { locale } = language;
  const dates = language.compose('journey.assessed', {
    assessed: solid(fullDate(assessment.assessedOn, locale)),
    asOf: solid(fullDate(assessment.asOf, locale)),
  });
  // An assessment itself names the version of the ladder only.
  const versions = journey?.sameRules === true ? journey.explanation.versions : null;
  return html`<div class="basis">
    <p class="fine">${language.say('journey.machine')}</p>
    <p class="fine">
      ${
        versions === null
          ? language.say('journey.ladder', { ladder: assessment.policyVersion })
          : language.say('journey.rules', versions)
      }
    </p>
    <p class="fine">${dates}</p>
    ${
      journey !== null && !journey.sameRules
        ? html`<p class="fine">${language.say('journey.rulesMoved')}</p>`
        : nothing
    }
  </div>`;
}

/** The figures that were read, by name, and those that weren't known. */
export function dataView(journey: Journey, language: JourneyLanguage): TemplateResult {
  const names = (metrics: readonly string[]) =>
    metrics
      .map((metric) => metricName(journey, metric, language))
      .join(language.say('journey.names'));
  const { dataUsed } = journey.explanation;
  const { missing } = journey.assessment;
  return html`<details class="more">
      <summary class="link">
        ${language.say('journey.dataUsed', { n: dataUsed.length })}${icon('chevron-down')}
      </summary>
      <p class="small muted">
        ${language.say('journey.list', { list: sentence(names(dataUsed)) })}
      </p>
    </details>
    ${
      missing.length === 0
        ? nothing
        : html`<p class="small">${language.say('journey.missing', { names: names(missing) })}</p>`
    }`;
}
