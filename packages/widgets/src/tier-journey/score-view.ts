import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { measureOf } from '@liyu/engine';
import { localize } from '@liyu/model';
import { whole } from '../foundation/figures.js';
import { heading } from '../foundation/heading.js';
import { icon } from '../foundation/icon.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import { sensitiveFactors } from './journey.js';
import type { Journey } from './journey.js';
import { inside, sentences } from './metric-words.js';
import { placed } from './placed.js';

/** What the score is made of: the blocks, where most points are lost, and every factor. */
export function scoreView(
  journey: Journey,
  headingLevel: number,
  language: JourneyLanguage,
): TemplateResult {
  const { explanation, files } = journey;
  const { locale } = language;
  return html`<section class="section">
    ${heading(headingLevel, language.say('journey.score'))} ${aside(journey, language)}
    <ul class="blocks">
      ${explanation.blocks.map(
        ({ id, points, max }) =>
          html`<li class="part">
            <span
              >${localize(files.scorecard.blocks.find((one) => one.id === id)?.label, locale)}</span
            >
            <span class="figure"
              ><b>${whole(points)}</b><span class="muted"> / ${whole(max)}</span></span
            >
            <span class="bar" aria-hidden="true"
              ><span class="fill" ${placed({ '--share': (100 * points) / max })}></span
            ></span>
          </li>`,
      )}
    </ul>
    ${lossesLine(journey, language)}
    <details class="more">
      <summary class="link">
        ${language.say('journey.factors', { n: explanation.factors.length })}${icon('chevron-down')}
      </summary>
      ${factorTable(journey, language)} ${notes(journey, language)}
    </details>
  </section>`;
}

/** Of a rung that the score doesn't decide. */
function aside({ held, files }: Journey, language: JourneyLanguage): unknown {
  const measure = measureOf(held);
  if (measure === null || measure.name === 'score') return nothing;
  const tier = files['tier-ladder'].classes.find(({ id }) => id === held.class);
  const basis = tier?.basis as Parameters<typeof localize>[0] | undefined;
  if (tier === undefined || basis === undefined) return nothing;
  const name = localize(tier.label, language.locale);
  return html`<p class="small muted before">
    ${language.say('journey.scoreAside', { name, basis: localize(basis, language.locale) })}
  </p>`;
}

function lossesLine({ explanation, files }: Journey, language: JourneyLanguage): unknown {
  if (explanation.reasons.length === 0) return nothing;
  const list = explanation.reasons
    .map(({ factor, points, max }, index) => {
      const name = inside(nameOf(files, factor, language), language);
      return language.say(index === 0 ? 'journey.loss' : 'journey.lossBrief', {
        name,
        points,
        max,
      });
    })
    .join(language.say('journey.names'));
  return html`<p class="small losses">${language.say('journey.losses', { list })}</p>`;
}

function factorTable({ explanation, files }: Journey, language: JourneyLanguage): TemplateResult {
  const { locale } = language;
  return html`<table class="factors small">
    <caption class="unseen">
      ${language.say('journey.score')}
    </caption>
    <thead class="unseen">
      <tr>
        <th scope="col">${language.say('journey.factor')}</th>
        <th scope="col">${language.say('journey.points')}</th>
      </tr>
    </thead>
    ${explanation.blocks.map(
      (part) =>
        html`<tbody>
          <tr>
            <th scope="rowgroup">
              ${localize(files.scorecard.blocks.find(({ id }) => id === part.id)?.label, locale)}
            </th>
            <td class="figure">${whole(part.points)} / ${whole(part.max)}</td>
          </tr>
          ${explanation.factors
            .filter(({ block }) => block === part.id)
            .map(
              ({ id, points, max, isMissing }) =>
                html`<tr>
                  <th scope="row">
                    ${nameOf(files, id, language)}
                    ${
                      isMissing
                        ? html` <span class="muted">${language.say('journey.noRecord')}</span>`
                        : nothing
                    }
                  </th>
                  <td class="figure">${whole(points)} / ${whole(max)}</td>
                </tr>`,
            )}
        </tbody>`,
    )}
  </table>`;
}

/** What is used only with consent, or wasn't used, and what is never scored. */
function notes(journey: Journey, language: JourneyLanguage): TemplateResult {
  const { locale } = language;
  const join = (names: readonly string[]) => names.join(language.say('journey.names'));
  const sensitive = join(
    sensitiveFactors(journey).map(({ id }) =>
      inside(nameOf(journey.files, id, language), language),
    ),
  );
  const notScored = join(
    journey.files.metrics.metrics
      .filter(({ scored }) => scored === false)
      .map(({ label }) => localize(label, locale)),
  );
  const isNeutral = journey.assessment.variant === 'neutral';
  return html`<p class="fine">
    ${sentences(language, [
      ...(sensitive === '' || isNeutral
        ? []
        : [language.say('journey.sensitive', { names: sensitive })]),
      ...(notScored === '' ? [] : [language.say('journey.notScored', { names: notScored })]),
    ])}
  </p>`;
}

/** Of the neutral variant: what this assessment didn't use. */
export function unusedLine(journey: Journey, language: JourneyLanguage): unknown {
  if (journey.assessment.variant !== 'neutral') return nothing;
  const names = sensitiveFactors(journey)
    .map(({ id }) => inside(nameOf(journey.files, id, language), language))
    .join(language.say('journey.names'));
  return html`<p class="small muted before">
    ${language.say('journey.sensitiveUnused', { names })}
  </p>`;
}

function nameOf(files: Journey['files'], factor: string, language: JourneyLanguage): string {
  const found = files.scorecard.factors.find(({ id }) => id === factor);
  return localize(found?.label, language.locale);
}
