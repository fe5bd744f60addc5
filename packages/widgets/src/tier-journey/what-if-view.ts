import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { localize } from '@liyu/model';
import { emblem } from '../foundation/emblem.js';
import { whole } from '../foundation/figures.js';
import { heading } from '../foundation/heading.js';
import { icon } from '../foundation/icon.js';
import { solid, unseen } from '../foundation/text.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import type { Journey } from './journey.js';
import { figureText, metricName, metricOf, sentence } from './metric-words.js';
import { scoreOf } from './what-if.js';
import type { Slider, WhatIf } from './what-if.js';

const INVESTMENTS = 'invest_avg_3m_fen';

/** Figures to try, and what the rules make of them, at once and on this device. */
export function whatIfView(
  journey: Journey,
  whatIf: WhatIf,
  headingLevel: number,
  language: JourneyLanguage,
): unknown {
  const { row, goal } = journey;
  if (row === null || goal === null) return nothing;
  const sliders = whatIf.sliders(journey, row);
  if (sliders.length === 0) return nothing;
  return html`<section class="section ruled">
    ${heading(headingLevel, language.say('journey.whatIf'))}
    <p class="small muted before">${language.say('journey.whatIfNote')}</p>
    ${outcome(journey, whatIf, language)}
    <div class="sliders">
      ${sliders.map((slider, index) => sliderRow(journey, slider, index, whatIf, language))}
    </div>
    <div class="reset">
      <button
        type="button"
        class="link"
        aria-disabled=${whatIf.isChanged ? nothing : 'true'}
        @click=${() => whatIf.reset(language)}
      >
        ${language.say('journey.reset')}${icon('refresh')}
      </button>
    </div>
    ${notes(journey, whatIf, sliders, language)}
    <div role="status">${unseen(whatIf.spoken)}</div>
  </section>`;
}

function outcome(journey: Journey, whatIf: WhatIf, language: JourneyLanguage): TemplateResult {
  const grade = whatIf.grade(journey, journey.row!);
  const rung = journey.files['tier-ladder'].rungs.find(({ code }) => code === grade.rung);
  const score = scoreOf(journey, grade);
  const now = journey.explanation.score;
  const n = html`<span class="figure">${whole(score)}</span>`;
  return html`<div class="outcome">
    ${emblem(grade, 48)}
    <div>
      <p class="small muted">
        ${language.say(whatIf.isChanged ? 'journey.byTried' : 'journey.byPresent')}
      </p>
      <p class="outcome-name">${solid(localize(rung?.label, language.locale))}</p>
      <p class="small muted">
        ${
          score === now
            ? language.compose('journey.scoreIs', { n })
            : language.compose('journey.scoreNow', {
                n,
                now: html`<span class="figure">${whole(now)}</span>`,
              })
        }
      </p>
    </div>
  </div>`;
}

function sliderRow(
  journey: Journey,
  slider: Slider,
  index: number,
  whatIf: WhatIf,
  language: JourneyLanguage,
): TemplateResult {
  const { lever, present, value, stops } = slider;
  const metric = metricOf(journey, lever.metric);
  const name = sentence(metricName(journey, lever.metric, language));
  const at = stops.indexOf(value);
  const last = stops.length - 1;
  const text = (figure: number) => figureText(metric, figure, language);
  const step = (by: number) => {
    const next = stops[at + by];
    if (next !== undefined) whatIf.try(slider, next, language);
  };
  const button = (sign: 'minus' | 'plus') => {
    const by = sign === 'minus' ? -1 : 1;
    return html`<button
      type="button"
      class="step"
      aria-label=${language.say(sign === 'minus' ? 'journey.less' : 'journey.more', { name })}
      aria-disabled=${stops[at + by] === undefined ? 'true' : nothing}
      @click=${() => step(by)}
    >
      ${icon(sign)}
    </button>`;
  };
  return html`<div class="slider ${value === present ? '' : 'tried'}">
    <div class="slider-head">
      <label for="slider-${index}">${name}</label>
      <span class="slider-value">
        ${
          value === present
            ? nothing
            : html`<span class="small muted"
                >${language.compose('journey.now', { value: html`<span class="figure">${text(present)}</span>` })}</span
              >`
        }
        <span class="figure" id="slider-value-${index}">${text(value)}</span>
      </span>
    </div>
    <div class="track">
      ${button('minus')}
      <input
        type="range"
        id="slider-${index}"
        min="0"
        max=${last}
        step="1"
        data-metric=${lever.metric}
        aria-describedby="slider-value-${index}"
        aria-valuetext=${language.say('journey.stop', { n: at + 1, of: last + 1 })}
        .value=${live(String(at))}
        @input=${(event: Event) => {
          const next = stops[Number((event.target as HTMLInputElement).value)];
          if (next !== undefined) whatIf.try(slider, next, language);
        }}
      />
      ${button('plus')}
    </div>
  </div>`;
}

/** What can't be tried, and what has to come first. */
function notes(
  journey: Journey,
  whatIf: WhatIf,
  sliders: readonly Slider[],
  language: JourneyLanguage,
): unknown {
  const { barred, unknown } = whatIf.untried(journey);
  const names = (metrics: readonly string[]) =>
    metrics
      .map((metric) => metricName(journey, metric, language))
      .join(language.say('journey.names'));
  const lines = [
    ...(sliders.some(({ lever }) => lever.metric === INVESTMENTS)
      ? [language.say('journey.suitability')]
      : []),
    ...(barred.length > 0
      ? [language.say('journey.untried.barred', { names: names(barred) })]
      : []),
    ...(unknown.length > 0
      ? [sentence(language.say('journey.untried.unknown', { names: names(unknown) }))]
      : []),
  ];
  return lines.map((line) => html`<p class="fine">${line}</p>`);
}
