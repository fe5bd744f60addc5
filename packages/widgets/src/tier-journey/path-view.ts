import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { measureOf } from '@liyu/engine';
import type { OpenPath } from '@liyu/engine';
import { localize } from '@liyu/model';
import { variablesOf } from '@liyu/policy';
import { fullDate } from '../foundation/calendar.js';
import { heading } from '../foundation/heading.js';
import { solid, unseen } from '../foundation/text.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import { closedView } from './closed-view.js';
import { conditionList } from './conditions-view.js';
import type { Journey, Rung } from './journey.js';
import { journeyRuler, valueOf } from './journey-ruler.js';
import { amount, figureText, measureName, metricName, metricOf, sentence } from './metric-words.js';

const CARD_SPEND = 'card_spend_12m_fen';

/** Where the goal is, and the one path to it; nothing at the top. */
export function pathView(
  journey: Journey,
  headingLevel: number,
  language: JourneyLanguage,
): unknown {
  const { goal, path, held } = journey;
  if (goal === null) return nothing;
  const isRestoring = goal.code === held.code;
  return html`<section class="section">
    ${heading(headingLevel, language.say(isRestoring ? 'journey.restore' : 'journey.next'))}
    ${firstAsked(journey, goal, language)}
    ${path !== null && 'closed' in path ? nothing : gapLine(journey, goal, language)}
    ${journeyRuler(journey, language)}
    ${
      path === null
        ? nothing
        : 'closed' in path
          ? closedView(journey, goal, path, language)
          : openPath(journey, path, language)
    }
    ${stayLine(journey, path !== null && !('closed' in path) && CARD_SPEND in path.moves, language)}
  </section>`;
}

/** How far it is, in the words of copy.json `tier.next`. */
function gapLine(journey: Journey, goal: Rung, language: JourneyLanguage): unknown {
  const measure = measureOf(goal);
  const value = measure === null ? null : valueOf(journey, measure.name);
  if (measure === null || value === null) return nothing;
  const gap = measure.threshold - value;
  if (gap <= 0) return nothing;
  const rung = solid(localize(goal.label, language.locale));
  if (measure.name === 'score') {
    const n = html`<b class="figure">${gap}</b>`;
    return html`<p>${language.compose(language.plural('journey.gapScore', gap), { rung, n })}</p>`;
  }
  const name = measureName(journey, measure.name, language);
  const figure = html`<b class="figure">${amount(gap)}</b>`;
  return html`<p>${language.compose('journey.gap', { rung, name, amount: figure })}</p>`;
}

/** What else the goal asks for and isn't met: the score alone would say too little. */
function firstAsked(journey: Journey, goal: Rung, language: JourneyLanguage): unknown {
  const measured = measureOf(goal)?.name ?? '';
  const unmet = journey.asked.filter(
    ({ truth, expression, alternatives }) =>
      truth !== true && (alternatives.length > 0 || !variablesOf(expression).includes(measured)),
  );
  if (unmet.length === 0) return nothing;
  const rung = solid(localize(goal.label, language.locale));
  return html`<p class="small muted asks">${language.compose('journey.alsoAsks', { rung })}</p>
    ${conditionList(journey, unmet, language)}`;
}

/** One path: each figure that changes, from what to what, and what comes of it. */
function openPath(journey: Journey, path: OpenPath, language: JourneyLanguage): unknown {
  const { files, assessment } = journey;
  const rungs = files['tier-ladder'].rungs;
  const reached = rungs.find(({ code }) => code === path.rung);
  const rung = solid(localize(reached?.label, language.locale));
  const moves = Object.entries(path.moves);
  if (moves.length === 0) {
    return html`<p class="small">${language.compose('journey.qualifies', { rung })}</p>`;
  }
  const days = path.leadDays;
  const then =
    reached !== undefined && measureOf(reached)?.name === 'score'
      ? language.compose('journey.thenScore', { score: path.score, rung, days })
      : language.compose('journey.then', { rung, days });
  return html`<div class="path">
    <p class="small muted">${language.say('journey.oneWay')}</p>
    ${moves.map(
      ([name, to]) =>
        html`<div class="move">
          <p>${sentence(metricName(journey, name, language))}</p>
          <p class="change">
            <span class="figure muted"
              >${figureText(metricOf(journey, name), assessment.inputs[name], language)}</span
            >
            <span class="figure">
              <span class="arrow muted" aria-hidden="true">→</span>
              ${unseen(language.say('journey.to'))}
              <b>${figureText(metricOf(journey, name), to, language)}</b>
            </span>
          </p>
        </div>`,
    )}
    <p class="small muted">${then}</p>
  </div>`;
}

/** That nothing has to be done. */
function stayLine(
  { assessment, held, goal }: Journey,
  isSpending: boolean,
  language: JourneyLanguage,
): TemplateResult {
  const { locale } = language;
  const stay =
    goal?.code === held.code && assessment.validTo !== null
      ? language.compose('journey.nothingWatch', {
          rung: solid(localize(held.label, locale)),
          date: solid(fullDate(assessment.validTo, locale)),
        })
      : [language.say('journey.nothing')];
  return html`<p class="small muted stay">
    ${isSpending ? language.compose('journey.sentences', { first: stay, second: language.say('journey.byNeed') }) : stay}
  </p>`;
}
