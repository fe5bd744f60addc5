import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { conditionsOf, conditionText, measureOf } from '@liyu/engine';
import { localize } from '@liyu/model';
import { variablesOf } from '@liyu/policy';
import { emblem } from '../foundation/emblem.js';
import { icon } from '../foundation/icon.js';
import { solid, status, withAmounts } from '../foundation/text.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import type { Journey, Rung } from './journey.js';
import { sentence } from './metric-words.js';

/** Every rung with what it asks for, the highest first: conditions are public. */
export function rungsView(journey: Journey, language: JourneyLanguage): TemplateResult {
  const rungs = [...journey.files['tier-ladder'].rungs].sort((a, b) => b.rank - a.rank);
  return html`<details class="more ladder">
    <summary class="link">
      ${language.say('journey.rungs', { n: rungs.length })}${icon('chevron-down')}
    </summary>
    <ul class="rungs">
      ${rungs.map((rung) => rungRow(journey, rung, language))}
    </ul>
    ${alsoLines(journey, rungs, language)}
  </details>`;
}

function rungRow(journey: Journey, rung: Rung, language: JourneyLanguage): TemplateResult {
  const isHeld = rung.code === journey.held.code;
  return html`<li class="rung ${isHeld ? 'here' : ''}">
    ${emblem(rung, 32)}
    <div class="rung-words">
      <span class="rung-name"
        >${solid(localize(rung.label, language.locale))}
        ${isHeld ? status('check', language.say('journey.here')) : nothing}</span
      >
      <span class="small">${withAmounts(ownCondition(journey, rung, language))}</span>
    </div>
  </li>`;
}

/** What tells a rung from the others of its class. */
function ownCondition(journey: Journey, rung: Rung, language: JourneyLanguage): string {
  const { own, others } = partsOf(journey, rung, language);
  if (own !== '') return own;
  return others === '' ? language.say('journey.otherwise') : sentence(others);
}

/** What all rungs of a class ask for besides, once. */
function alsoLines(
  journey: Journey,
  rungs: readonly Rung[],
  language: JourneyLanguage,
): readonly unknown[] {
  const { classes } = journey.files['tier-ladder'];
  return classes.flatMap((tier) => {
    const parts = rungs
      .filter((rung) => rung.class === tier.id)
      .map((rung) => partsOf(journey, rung, language));
    const conditions = [...new Set(parts.map(({ others }) => others))].join(
      language.say('journey.facts'),
    );
    if (conditions === '' || parts.every(({ own }) => own === '')) return [];
    const name = localize(tier.label, language.locale);
    return [html`<p class="fine">${language.say('journey.classAlso', { name, conditions })}</p>`];
  });
}

function partsOf(journey: Journey, rung: Rung, language: JourneyLanguage) {
  const { files, assessment, options } = journey;
  const measure = measureOf(rung)?.name ?? '';
  const conditions = conditionsOf(files, rung.code, assessment, options);
  const isOwn = ({ expression, alternatives }: (typeof conditions)[number]) =>
    alternatives.length === 0 && variablesOf(expression).includes(measure);
  const text = (list: typeof conditions) =>
    list
      .map(({ expression }) => conditionText(files, expression, language.locale))
      .join(language.say('journey.facts'));
  return {
    own: sentence(text(conditions.filter(isOwn))),
    others: text(conditions.filter((one) => !isOwn(one))),
  };
}
