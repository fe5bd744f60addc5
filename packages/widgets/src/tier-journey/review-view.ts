import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import type { Case, PolicyDocument } from '@liyu/model';
import type { CustomerPolicyFiles } from '@liyu/policy';
import { fullDate } from '../foundation/calendar.js';
import { note, solid, status } from '../foundation/text.js';
import type { SourceStatus } from '../source.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import { sentences } from './metric-words.js';
import { LONGEST } from './review.js';
import type { Review } from './review.js';

interface ReviewViewFacts {
  review: Review;
  policy: PolicyDocument | null;
  status: SourceStatus | null;
  language: JourneyLanguage;
}

/** The button that opens the request; nothing while a request is open or stands. */
export function reviewButton(review: Review, elder: boolean, language: JourneyLanguage): unknown {
  if (review.current !== null || review.step !== 'closed') return nothing;
  return html`<button
    type="button"
    class="${elder ? 'button' : 'link'} ask-review"
    @click=${() => review.ask()}
  >
    ${language.say('journey.review')}
  </button>`;
}

/** The request: the form in its place, or what has become of it. */
export function reviewView(facts: ReviewViewFacts): unknown {
  const { review, language } = facts;
  if (review.current !== null) return outcome(review.current, facts);
  if (review.step !== 'closed') return form(facts);
  if (!review.refused) return nothing;
  return html`<div class="review" role="status">
    ${note('alert', html`<p>${language.say('journey.reviewRefused')}</p>`, 'negative')}
  </div>`;
}

function form({ review, policy, language }: ReviewViewFacts): TemplateResult {
  const days = complaintsOf(policy)?.sla.simpleDays;
  const isSending = review.step === 'sending';
  return html`<form
    class="review"
    novalidate
    aria-busy=${isSending ? 'true' : nothing}
    @submit=${(event: Event) => {
      event.preventDefault();
      void review.send();
    }}
  >
    <p class="small">
      ${sentences(language, [
        language.say('journey.reviewWhat'),
        ...(days === undefined ? [] : [language.say('journey.reviewWithin', { n: days })]),
      ])}
    </p>
    <label class="small" for="review-text">${language.say('journey.reviewText')}</label>
    <textarea
      id="review-text"
      rows="3"
      maxlength=${LONGEST}
      ?disabled=${isSending}
      .value=${review.text}
      @input=${(event: Event) => review.write((event.target as HTMLTextAreaElement).value)}
    ></textarea>
    ${
      review.failed
        ? html`<div role="alert">
            ${note('alert', html`<p>${language.say('journey.reviewSaveFailed')}</p>`, 'negative')}
          </div>`
        : nothing
    }
    <div class="acts">
      <button type="submit" class="button primary" ?disabled=${isSending}>
        ${language.say(isSending ? 'journey.reviewSaving' : 'journey.reviewSend')}
      </button>
      <button type="button" class="link" ?disabled=${isSending} @click=${() => review.cancel()}>
        ${language.say('journey.reviewCancel')}
      </button>
    </div>
  </form>`;
}

/** Where the request stands: on this device, or with the bank, with its number and what was answered. */
function outcome(found: Case, facts: ReviewViewFacts): TemplateResult {
  const { language, policy, status: source } = facts;
  const say = language.say.bind(language);
  if (found.receivedAt === null) {
    return outcomeOf(
      status('offline', say('survey.pending'), 'notice'),
      say('journey.reviewSaved'),
      [say(source?.memory === true ? 'survey.keepPage' : 'survey.keepData')],
    );
  }
  const { locale } = language;
  const state =
    localize(complaintsOf(policy)?.stateLabels[found.state], locale) || say('survey.sent');
  const answer = [...found.steps]
    .reverse()
    .find(({ by, text }) => by !== 'customer' && text !== '');
  const isOpen = found.state !== 'ANSWERED' && found.state !== 'CLOSED';
  const lines: unknown[] = [
    ...(answer === undefined ? [] : [answer.text]),
    ...(found.receipt === null
      ? []
      : [language.compose('survey.receipt', { receipt: solid(found.receipt) })]),
    ...(isOpen && found.dueOn !== null
      ? [language.compose('journey.reviewDue', { date: solid(fullDate(found.dueOn, locale)) })]
      : []),
  ];
  return outcomeOf(
    status('check-circle', say('survey.sent'), 'positive'),
    say('journey.reviewReceived', { state }),
    lines,
  );
}

function outcomeOf(sign: unknown, words: string, lines: readonly unknown[]): TemplateResult {
  return html`<div class="review" role="status">
    ${sign}
    <p class="review-outcome" tabindex="-1"><b>${words}</b></p>
    ${lines.map((line) => html`<p class="small muted">${line}</p> `)}
  </div>`;
}

function complaintsOf(policy: PolicyDocument | null) {
  return (policy?.files as Partial<CustomerPolicyFiles> | undefined)?.complaints;
}
