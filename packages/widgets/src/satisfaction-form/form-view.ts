import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isLow, localize } from '@liyu/model';
import type { Survey, SurveyItem } from '@liyu/model';
import { dayOfYear } from '../foundation/calendar.js';
import { block, note, solid, status } from '../foundation/text.js';
import type { KeptState } from './draft-keeper.js';
import { optionalQuestions, scoredQuestion } from './question-view.js';
import type { Questions } from './question-view.js';

export interface FormFacts extends Questions {
  survey: Survey;
  callBack: boolean;
  /** Hours within which the bank calls back; null when the policy doesn't say. */
  callBackHours: number | null;
  kept: KeptState;
  memory: boolean;
  /** Whether the customer is being asked if they really decline. */
  declining: boolean;
  saveFailed: boolean;
  setCallBack: (callBack: boolean) => void;
  submit: () => void;
  askDecline: (declining: boolean) => void;
  decline: () => void;
}

/** The first question alone; once it is answered, the others and the button to submit. */
export function formView(form: FormFacts): TemplateResult {
  const scored = form.template.items.find((item) => item.score === true);
  const answered = scored !== undefined && form.answers[scored.id] !== undefined;
  return html`<p class="small muted about">${about(form)}</p>
    <form
      novalidate
      aria-busy=${form.disabled ? 'true' : nothing}
      @submit=${(event: Event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      ${scored === undefined ? nothing : scoredQuestion(form, scored)}
      ${answered || scored === undefined ? rest(form) : beginning(form, scored)}
      ${form.declining ? declineNote(form) : nothing}
    </form>`;
}

/** Blocks in the size of the first question. */
export function formSkeleton(): TemplateResult {
  return html`${block('medium')}${block('ask')}
    <div class="question worded">
      <div class="options">${[1, 2, 3, 4, 5].map(() => block('choice'))}</div>
    </div>
    <div class="foot"><p class="fine">${block('medium')}</p></div>`;
}

/** What the survey is about, and the day of it. */
function about({ survey, template, language }: FormFacts): unknown[] {
  const { locale } = language;
  return language.compose('survey.about', {
    subject: localize(survey.subject ?? template.label, locale),
    date: solid(dayOfYear(survey.on, locale)),
  });
}

function beginning(form: FormFacts, scored: SurveyItem): TemplateResult {
  const { language, template } = form;
  const alone = template.items.every((item) => item === scored);
  return html`<div class="foot" part="foot">
    <p class="fine">${language.say(alone ? 'survey.oneQuestion' : 'survey.minute')}</p>
    ${declineButton(form)}
  </div>`;
}

function rest(form: FormFacts): TemplateResult {
  const { language } = form;
  return html`${optionalQuestions(form)}
    <p class="fine kept" role="status">${keptWords(form)}</p>
    ${isLow(form.template, form.answers) ? callBackBox(form) : nothing}
    ${
      form.saveFailed
        ? note(
            'alert',
            html`<p><b>${language.say('survey.saveFailed')}</b></p>
              <p>${language.say('survey.saveFailedWhat')}</p>`,
            'negative',
          )
        : nothing
    }
    <div class="acts">
      <button
        type="submit"
        class="button primary"
        aria-disabled=${form.disabled ? 'true' : nothing}
      >
        ${language.say(form.disabled ? 'survey.submitting' : 'survey.submit')}
      </button>
      <span class="fine">${language.say('survey.final')}</span>
      ${declineButton(form)}
    </div>`;
}

function keptWords({ kept, memory, language }: FormFacts): unknown {
  if (kept === 'failed') return status('alert', language.say('survey.draftFailed'), 'notice');
  if (kept !== 'kept') return nothing;
  return language.say(memory ? 'survey.draftMemory' : 'survey.draftKept');
}

function callBackBox(form: FormFacts): TemplateResult {
  const { language, callBackHours } = form;
  return html`<label class="call-back">
    <input
      type="checkbox"
      .checked=${form.callBack}
      ?disabled=${form.disabled}
      @change=${(event: Event) => form.setCallBack((event.target as HTMLInputElement).checked)}
    /><span
      >${language.say('survey.callBack')}
      ${
        callBackHours === null
          ? nothing
          : html`<span class="small muted"
              >${language.say('survey.callBackWithin', { n: callBackHours })}</span
            >`
      }</span
    >
  </label>`;
}

function declineButton(form: FormFacts): unknown {
  if (form.disabled) return nothing;
  return html`<button
    type="button"
    class="link decline"
    aria-expanded=${form.declining ? 'true' : 'false'}
    @click=${() => form.askDecline(!form.declining)}
  >
    ${form.language.say('survey.decline')}
  </button>`;
}

/** A declined survey can't be answered any more, so it is asked once, in place. */
function declineNote(form: FormFacts): TemplateResult {
  const { language } = form;
  return html`<div class="note declining" part="note" role="group" aria-labelledby="decline-ask">
    <div>
      <p id="decline-ask">${language.say('survey.declineAsk')}</p>
      <div class="acts">
        <button type="button" class="button confirm" @click=${form.decline}>
          ${language.say('survey.declineSure')}
        </button>
        <button type="button" class="link" @click=${() => form.askDecline(false)}>
          ${language.say('survey.declineBack')}
        </button>
      </div>
    </div>
  </div>`;
}
