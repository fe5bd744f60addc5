import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import type { Assessment, PolicyDocument } from '@liyu/model';
import type { CustomerPolicyFiles } from '@liyu/policy';
import { fullDate } from '../foundation/calendar.js';
import { emblem } from '../foundation/emblem.js';
import { note, solid, status } from '../foundation/text.js';
import { rungName, tierLines, tierNote } from '../tier-badge/tier-lines.js';
import type { JourneyLanguage } from '../messages/journey-language.js';

/** The held level, since when and until when, and what this month's assessment brought. */
export function headView(
  assessment: Assessment,
  policy: PolicyDocument | null,
  stale: boolean,
  language: JourneyLanguage,
): TemplateResult {
  const date = solid(fullDate(assessment.asOf, language.locale));
  return html`<div class="held">
      ${emblem(assessment, 64)}
      <div>
        <p class="headline">${rungName(assessment, language)}</p>
        ${tierLines(assessment, language).map((line) => html`<p class="small muted">${line}</p> `)}
        ${
          stale
            ? html`<p>${status('clock', language.compose('asOf', { date }), 'notice')}</p>`
            : nothing
        }
      </div>
    </div>
    ${turnNote(assessment, policy, language)} ${tierNote(assessment, language) ?? nothing}
    ${watchLine(assessment, policy, language)}`;
}

/** That a time as a new customer is over, or a level was moved; an upgrade needs no more words. */
function turnNote(
  assessment: Assessment,
  policy: PolicyDocument | null,
  language: JourneyLanguage,
): unknown {
  const { status: event, previous } = assessment;
  const before = rungIn(policy, previous);
  const to = rungName(assessment, language);
  const wasNew = (before?.class ?? previous) === 'NEW';
  if (event === 'UPGRADE' && wasNew && assessment.class === 'ORDINARY') {
    return note('info', html`<p>${language.compose('journey.newEnded', { rung: to })}</p>`);
  }
  if (event !== 'DOWNGRADE' || before === undefined) return nothing;
  const from = solid(localize(before.label, language.locale));
  return note('info', html`<p>${language.compose('journey.moved', { from, to })}</p>`);
}

/** What follows when a watch month doesn't end well. */
function watchLine(
  { status: event, qualified }: Assessment,
  policy: PolicyDocument | null,
  language: JourneyLanguage,
): unknown {
  const rung = event === 'WATCH' ? rungIn(policy, qualified) : undefined;
  if (rung === undefined) return nothing;
  const name = solid(localize(rung.label, language.locale));
  return html`<p class="small muted after">
    ${language.compose('journey.watchThen', { rung: name })}
  </p>`;
}

function rungIn(policy: PolicyDocument | null, code: string | null) {
  const files = policy?.files as CustomerPolicyFiles | undefined;
  return files?.['tier-ladder'].rungs.find((rung) => rung.code === code);
}
