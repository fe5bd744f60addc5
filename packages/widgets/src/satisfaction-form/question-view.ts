import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { localize, SCALES } from '@liyu/model';
import type { Answer, AnswerFault, SurveyItem, SurveyTemplate } from '@liyu/model';
import { heading } from '../foundation/heading.js';
import { icon } from '../foundation/icon.js';
import { unseen } from '../foundation/text.js';
import type { Language } from '../messages/language.js';
import type { Answers } from './draft.js';

export interface Questions {
  template: SurveyTemplate;
  answers: Answers;
  faults: readonly AnswerFault[];
  disabled: boolean;
  headingLevel: number;
  language: Language;
  answer: (item: string, answer: Answer) => void;
}

interface Option {
  value: Answer;
  words: unknown;
}

const FIVE = [1, 2, 3, 4, 5] as const;

/** The scored question, which stands first and alone. */
export function scoredQuestion(form: Questions, item: SurveyItem): TemplateResult {
  const { template, language, headingLevel } = form;
  const [lowest, highest] = SCALES[template.type];
  const legend = heading(headingLevel, localize(item.text, language.locale), 'title');
  if (template.type === 'CSAT') {
    const options = FIVE.map((value) => ({
      value,
      words: language.say(`survey.csat.${value}`),
    }));
    return radioGroup(form, item, { legend, options, layout: 'worded' });
  }
  const options = Array.from({ length: highest - lowest + 1 }, (_, index) => ({
    value: lowest + index,
    words: html`<span class="figure">${lowest + index}</span>`,
  }));
  const scale = template.type === 'NPS' ? 'nps' : 'ces';
  const after = html`<p class="ends" id="ends-${item.id}">
    <span>${lowest} ${language.say(`survey.${scale}.low`)}</span>
    <span>${highest} ${language.say(`survey.${scale}.high`)}</span>
  </p>`;
  return radioGroup(form, item, {
    legend,
    options,
    layout: template.type === 'NPS' ? 'eleven' : 'seven',
    after,
  });
}

/** All other questions, each of which may be left out. Ratings in a row stand under one heading. */
export function optionalQuestions(form: Questions): unknown {
  const { template, language } = form;
  let inRatings = false;
  return template.items.map((item) => {
    if (item.score === true) return nothing;
    const first = item.kind === 'rating5' && !inRatings;
    inRatings = item.kind === 'rating5';
    if (!first) return optionalQuestion(form, item);
    return html`<div class="ratings">
        ${heading(form.headingLevel + 1, language.say('survey.others'))}
        <p class="fine">${language.say('survey.othersScale')}</p>
      </div>
      ${optionalQuestion(form, item)}`;
  });
}

/** A fault beside its question; an empty place without one. */
function faultLine(form: Questions, item: SurveyItem): unknown {
  const fault = faultOf(form, item);
  if (fault === undefined || fault.code === 'answer_unknown') return nothing;
  const { language } = form;
  const words =
    fault.code === 'answer_too_long'
      ? language.say('survey.fault.answer_too_long', { n: item.max ?? 1000 })
      : language.say(`survey.fault.${fault.code}`);
  return html`<p class="fault" id="fault-${item.id}">${icon('alert')}<span>${words}</span></p>`;
}

function optionalQuestion(form: Questions, item: SurveyItem): TemplateResult {
  const { language } = form;
  const text = localize(item.text, language.locale);
  const legend = html`<span class="ask">${text}</span>
    <span class="small muted">${language.say('survey.optional')}</span>`;
  switch (item.kind) {
    case 'rating5':
      return radioGroup(form, item, {
        legend: text,
        layout: 'rating',
        options: FIVE.map((value) => ({
          value,
          words: html`<span class="figure">${value}</span
            >${unseen(language.say(`survey.csat.${value}`))}`,
        })),
      });
    case 'choice':
      return radioGroup(form, item, {
        legend,
        layout: 'listed',
        options: (item.options ?? []).map((option, value) => ({
          value,
          words: localize(option, language.locale),
        })),
      });
    case 'yesno':
      return radioGroup(form, item, {
        legend,
        layout: 'paired',
        options: [
          { value: true, words: language.say('survey.yes') },
          { value: false, words: language.say('survey.no') },
        ],
      });
    default:
      return textQuestion(form, item, legend);
  }
}

interface RadioGroup {
  legend: unknown;
  options: readonly Option[];
  layout: 'worded' | 'eleven' | 'seven' | 'rating' | 'listed' | 'paired';
  after?: unknown;
}

function radioGroup(
  form: Questions,
  item: SurveyItem,
  { legend, options, layout, after }: RadioGroup,
): TemplateResult {
  const faulty = faultOf(form, item) !== undefined;
  return html`<fieldset
    class="question ${layout}"
    role="radiogroup"
    data-item=${item.id}
    aria-required=${item.score === true ? 'true' : nothing}
    aria-invalid=${faulty ? 'true' : nothing}
    aria-describedby=${describedBy(faulty && `fault-${item.id}`, after !== undefined && `ends-${item.id}`)}
    ?disabled=${form.disabled}
  >
    <legend>${legend}</legend>
    <div class="options">
      ${options.map(
        ({ value, words }) =>
          html`<label class="option">
            <input
              type="radio"
              name=${item.id}
              .checked=${live(form.answers[item.id] === value)}
              @change=${() => form.answer(item.id, value)}
            /><span class="edge"></span><span class="answer">${words}</span>
          </label>`,
      )}
    </div>
    ${after ?? nothing} ${faultLine(form, item)}
  </fieldset>`;
}

function textQuestion(form: Questions, item: SurveyItem, legend: unknown): TemplateResult {
  const { language } = form;
  const max = item.max ?? 1000;
  const text = form.answers[item.id];
  const value = typeof text === 'string' ? text : '';
  const left = Math.max(0, max - value.length);
  const faulty = faultOf(form, item) !== undefined;
  return html`<div class="question text ${faulty ? 'faulty' : ''}" data-item=${item.id}>
    <label for="text-${item.id}">${legend}</label>
    <textarea
      id="text-${item.id}"
      rows="3"
      maxlength=${max}
      aria-describedby=${describedBy(faulty && `fault-${item.id}`, `left-${item.id}`)}
      aria-invalid=${faulty ? 'true' : nothing}
      ?disabled=${form.disabled}
      .value=${live(value)}
      @input=${(event: Event) => form.answer(item.id, (event.target as HTMLTextAreaElement).value)}
    ></textarea>
    <p class="fine left" id="left-${item.id}">
      ${language.say(language.plural('survey.charsLeft', left), { n: left })}
    </p>
    ${faultLine(form, item)}
  </div>`;
}

function faultOf(form: Questions, item: SurveyItem): AnswerFault | undefined {
  return form.faults.find((fault) => fault.item === item.id);
}

function describedBy(...ids: readonly (string | false)[]): string | typeof nothing {
  const present = ids.filter((id) => id !== false);
  return present.length === 0 ? nothing : present.join(' ');
}
