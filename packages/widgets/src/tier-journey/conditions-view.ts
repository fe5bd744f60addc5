import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { conditionText } from '@liyu/engine';
import type { ExplainedCondition } from '@liyu/engine';
import { localize } from '@liyu/model';
import { variablesOf } from '@liyu/policy';
import { whole } from '../foundation/figures.js';
import { icon } from '../foundation/icon.js';
import { unseen, withAmounts } from '../foundation/text.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import type { Journey } from './journey.js';
import { figureText, metricName, metricOf, sentence } from './metric-words.js';

/** Conditions with the customer's own figures, and whether each is met. */
export function conditionList(
  journey: Journey,
  conditions: readonly ExplainedCondition[],
  language: JourneyLanguage,
): TemplateResult {
  return html`<ul class="conditions">
    ${conditions.map((condition) => conditionRow(journey, told(condition), language))}
  </ul>`;
}

/** Of alternatives, the first that is met says all. */
function told(condition: ExplainedCondition): ExplainedCondition {
  return condition.alternatives.find(({ truth }) => truth === true) ?? condition;
}

function conditionRow(
  journey: Journey,
  condition: ExplainedCondition,
  language: JourneyLanguage,
): TemplateResult {
  const { truth, expression, alternatives } = condition;
  const words = language.say(
    truth === true ? 'journey.met' : truth === false ? 'journey.unmet' : 'journey.undecided',
  );
  const isScore = variablesOf(expression).includes('score');
  const verdict = isScore
    ? html`<b>${whole(journey.explanation.score)}</b>${unseen(html` ${words}`)}`
    : words;
  return html`<li class="condition ${truth === true ? 'met' : ''}">
    ${icon(truth === true ? 'check' : 'info')}
    <div>
      ${
        alternatives.length > 0
          ? alternativesOf(journey, alternatives, language)
          : html`<p>${withAmounts(text(journey, condition, language))}</p>
              ${details(journey, condition, language)}`
      }
    </div>
    <div class="verdict figure">${verdict}</div>
  </li>`;
}

function alternativesOf(
  journey: Journey,
  alternatives: readonly ExplainedCondition[],
  language: JourneyLanguage,
): TemplateResult {
  return html`<p>${language.say('journey.oneOf')}</p>
    <ul class="alternatives small">
      ${alternatives.map(
        (one) =>
          html`<li>
            ${withAmounts(text(journey, one, language))}${details(journey, one, language)}
          </li>`,
      )}
    </ul>`;
}

function text({ files }: Journey, { expression }: ExplainedCondition, language: JourneyLanguage) {
  return sentence(conditionText(files, expression, language.locale));
}

/** The figures that a condition was judged by. */
function details(
  journey: Journey,
  { expression }: ExplainedCondition,
  language: JourneyLanguage,
): unknown {
  const names = variablesOf(expression);
  const words = names.includes('score')
    ? language.say('journey.outOf', { max: 100 })
    : names.includes('knockout')
      ? creditWords(journey, language)
      : figures(journey, names, language);
  if (words === '') return nothing;
  return html`<p class="small muted">${withAmounts(words)}</p>`;
}

function creditWords(journey: Journey, language: JourneyLanguage): string {
  const { assessment, files } = journey;
  const labels = files.scorecard.knockouts
    .filter(({ id }) => assessment.knockouts.includes(id))
    .map(({ label }) => localize(label, language.locale));
  if (labels.length > 0) return labels.join(language.say('journey.facts'));
  const arrears = 'overdue_months_24m';
  if (!assessment.creditKnown || metricOf(journey, arrears) === undefined) {
    return language.say('journey.because.creditUnknown');
  }
  return figures(journey, [arrears], language, true);
}

function figures(
  journey: Journey,
  names: readonly string[],
  language: JourneyLanguage,
  isNamed = names.length > 1,
): string {
  return names
    .map((name) => {
      const value = figureText(metricOf(journey, name), journey.assessment.inputs[name], language);
      return isNamed
        ? language.say('journey.fact', {
            name: sentence(metricName(journey, name, language)),
            value,
          })
        : language.say('journey.now', { value });
    })
    .join(language.say('journey.facts'));
}
