import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ClosedPath } from '@liyu/engine';
import { localize } from '@liyu/model';
import { solid } from '../foundation/text.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import type { Journey, Rung } from './journey.js';
import { inside, metricName, sentence } from './metric-words.js';

/** A goal that no move reaches: why, and which level is within reach. */
export function closedView(
  journey: Journey,
  goal: Rung,
  { because, nearest }: ClosedPath,
  language: JourneyLanguage,
): TemplateResult {
  const { locale } = language;
  const rung = solid(localize(goal.label, locale));
  const near = journey.files['tier-ladder'].rungs.find(({ code }) => code === nearest);
  const reasons = reasonsOf(journey, because, language);
  return html`<div class="path">
    <p>${language.compose('journey.closed', { rung })}</p>
    ${
      reasons.length === 0
        ? nothing
        : html`<ul class="reasons small">
            ${reasons.map((reason) => html`<li>${reason}</li>`)}
          </ul>`
    }
    ${near === undefined ? nothing : nearLine(journey, near, language)}
  </div>`;
}

function nearLine({ held }: Journey, near: Rung, language: JourneyLanguage): TemplateResult {
  const rung = solid(localize(near.label, language.locale));
  return html`<p class="small">
    ${language.compose(near.code === held.code ? 'journey.nearestHeld' : 'journey.nearest', { rung })}
  </p>`;
}

/**
 * The reasons in words. What no lever moves, such as the occupation of a gate, is a reason only where
 * there is no other.
 */
function reasonsOf(
  journey: Journey,
  because: readonly string[],
  language: JourneyLanguage,
): string[] {
  const { knockouts } = journey.files.scorecard;
  const levers = journey.files['tier-ladder'].levers.map(({ metric }) => metric);
  const told: string[] = [];
  const others: string[] = [];
  for (const code of because) {
    const [why, metric] = code.split(':') as [string, string | undefined];
    const knockout = knockouts.find(({ id }) => id === code);
    if (knockout !== undefined) {
      const name = inside(localize(knockout.label, language.locale), language);
      told.push(language.say('journey.because.knockout', { name }));
    } else if (code === 'creditUnknown' || code === 'score') {
      told.push(language.say(`journey.because.${code}`));
    } else if (metric !== undefined && (why === 'barred' || why === 'unknown')) {
      const name = metricName(journey, metric, language);
      told.push(language.say(`journey.because.${why}`, { name }));
    } else {
      const name = sentence(metricName(journey, code, language));
      const words = language.say('journey.because.metric', { name });
      if (levers.includes(code)) told.push(words);
      else others.push(words);
    }
  }
  return told.length > 0 ? told : others;
}
