import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { amountOf, grants } from '@liyu/engine';
import { localize } from '@liyu/model';
import { iconOfKind, splitLabel } from '../benefit-panel/benefit-groups.js';
import { percentagePoints } from '../foundation/figures.js';
import { heading } from '../foundation/heading.js';
import { icon } from '../foundation/icon.js';
import { solid } from '../foundation/text.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import type { Journey, Rung } from './journey.js';

type Benefit = Journey['files']['benefits']['benefits'][number];
type Amount = ReturnType<typeof amountOf>;

/** How many stand in the open; the others unfold. */
const SHOWN = 5;

interface Gain {
  benefit: Benefit;
  next: Amount;
  /** What the held rung gives of it; null for nothing. */
  now: Amount | null;
}

/** What the next rung gives and the held one doesn't, or gives less of. */
export function gainsView(
  journey: Journey,
  headingLevel: number,
  language: JourneyLanguage,
): unknown {
  const { goal, held, path } = journey;
  // What no path leads to is not held out.
  const isClosed = path !== null && 'closed' in path;
  if (goal === null || goal.code === held.code || isClosed) return nothing;
  const gains = gainsOf(journey, goal);
  const rung = solid(localize(goal.label, language.locale));
  const rest = gains.slice(SHOWN);
  return html`<section class="section">
    ${heading(headingLevel, html`<span>${language.compose('journey.adds', { rung })}</span>`)}
    ${
      gains.length === 0
        ? html`<p>${language.compose('journey.addsNothing', { rung })}</p>`
        : rows(gains.slice(0, SHOWN), language)
    }
    ${
      rest.length === 0
        ? nothing
        : html`<details class="more">
            <summary class="link">
              ${language.say(language.plural('journey.moreBenefits', rest.length), { n: rest.length })}${icon('chevron-down')}
            </summary>
            ${rows(rest, language)}
          </details>`
    }
  </section>`;
}

function gainsOf({ files, held }: Journey, goal: Rung): Gain[] {
  return files.benefits.benefits.flatMap((benefit) => {
    if (!grants(benefit, goal)) return [];
    const next = amountOf(benefit, goal);
    const now = grants(benefit, held) ? amountOf(benefit, held) : null;
    const isMore =
      now === null || (next.quota ?? 0) > (now.quota ?? 0) || (next.addBp ?? 0) > (now.addBp ?? 0);
    return isMore ? [{ benefit, next, now }] : [];
  });
}

function rows(gains: readonly Gain[], language: JourneyLanguage): TemplateResult {
  return html`<ul class="conditions gains">
    ${gains.map((gain) => {
      const { name, detail } = splitLabel(localize(gain.benefit.label, language.locale));
      const lines = [detail, ...amounts(gain, language)].filter((line) => line !== '');
      return html`<li class="condition">
        ${icon(iconOfKind(gain.benefit.kind))}
        <div>
          <p>${name}</p>
          ${lines.map((line) => html`<p class="small muted">${line}</p>`)}
        </div>
      </li>`;
    })}
  </ul>`;
}

function amounts({ benefit, next, now }: Gain, language: JourneyLanguage): string[] {
  const lines: string[] = [];
  if (next.quota !== null && next.per === 'year') {
    lines.push(
      now?.quota == null
        ? language.say(language.plural('benefit.perYear', next.quota), { quota: next.quota })
        : language.say('journey.quotaNow', { quota: next.quota, now: now.quota }),
    );
  }
  if (next.addBp !== null) {
    const points = percentagePoints(next.addBp);
    lines.push(
      now?.addBp == null
        ? language.say('benefit.addBp', { points })
        : language.say('journey.addBpNow', { points, now: percentagePoints(now.addBp) }),
    );
  }
  if (benefit.kind === 'credit') lines.push(language.say('journey.approval'));
  if (benefit.compliance !== undefined) lines.push(language.say('benefit.noPromise'));
  if (benefit.requires?.consent !== undefined) {
    const isInsurance = benefit.requires.consent === 'INSURANCE_SHARE';
    lines.push(language.say(isInsurance ? 'benefit.consentInsurance' : 'benefit.consent'));
  }
  return lines;
}
