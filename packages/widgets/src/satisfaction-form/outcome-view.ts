import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Survey } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { note, solid, status } from '../foundation/text.js';
import type { Language } from '../messages/language.js';
import type { Rejection, SourceStatus } from '../source.js';
import type { FormPhase } from './form-phase.js';

interface OutcomeFacts {
  phase: Exclude<FormPhase, 'open' | 'submitting'>;
  survey: Survey;
  rejection: Rejection<Survey> | null;
  status: SourceStatus | null;
  language: Language;
}

interface Outcome {
  sign: unknown;
  headline: unknown;
  lines: readonly unknown[];
}

/** What has become of the answer: it lies on this device, or the bank has it, or it came too late. */
export function outcomeView(facts: OutcomeFacts): TemplateResult {
  const { sign, headline, lines } = outcomeOf(facts);
  return html`<div class="outcome" role="status">
    ${sign}
    <p class="headline" part="title" tabindex="-1">${headline}</p>
    ${lines.map((line) => html`<p class="muted">${line}</p> `)}
  </div>`;
}

/** Why the bank refused an answer, in words. */
export function rejectionNote(code: string, language: Language): TemplateResult {
  const again = code.startsWith('answer_') || reasonKey(code) === 'other';
  return note(
    'alert',
    html`<p><b>${language.say('survey.rejected')}</b></p>
      <p>
        ${language.say(`survey.reject.${reasonKey(code)}`)}
        ${again ? language.say('survey.rejectedAgain') : nothing}
      </p>`,
    'negative',
  );
}

function outcomeOf({ phase, survey, rejection, status: source, language }: OutcomeFacts): Outcome {
  const say = language.say.bind(language);
  const waiting = status('offline', say('survey.pending'), 'notice');
  switch (phase) {
    case 'pending':
      if (survey.state === 'declined') {
        return {
          sign: waiting,
          headline: say('survey.declinePending'),
          lines: [say('survey.declinePendingWhat')],
        };
      }
      return {
        sign: waiting,
        headline: say('survey.saved'),
        lines: [say(source?.memory === true ? 'survey.keepPage' : 'survey.keepData')],
      };
    case 'delivered':
      return {
        sign: status('check-circle', say('survey.sent'), 'positive'),
        headline: say('survey.thanks'),
        lines: [
          ...(survey.receipt === null
            ? []
            : [language.compose('survey.receipt', { receipt: solid(survey.receipt) })]),
          ...(survey.callBack ? [say('survey.callBackComing')] : []),
          ...(rejection === null ? [] : [say('survey.reject.already')]),
        ],
      };
    case 'declined':
      return {
        sign: nothing,
        headline: say('survey.declined'),
        lines: [say('survey.declinedWhat')],
      };
    case 'expired':
      return {
        sign: nothing,
        headline: language.compose('survey.expired', {
          date: solid(fullDate(survey.expiresOn ?? survey.on, language.locale)),
        }),
        lines: [
          ...(rejection === null ? [] : [say('survey.expiredLate')]),
          say('survey.expiredWhat'),
        ],
      };
  }
}

function reasonKey(code: string) {
  if (code.startsWith('already_') || code === 'conflict') return 'already';
  if (code.startsWith('answer_')) return 'answer';
  switch (code) {
    case 'template_unknown':
    case 'forbidden':
    case 'not_invited':
      return code;
    default:
      return 'other';
  }
}
