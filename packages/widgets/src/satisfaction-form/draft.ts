import { checkAnswers } from '@liyu/model';
import type { Answer, Survey, SurveyTemplate } from '@liyu/model';
import type { Rejection } from '../source.js';

export type Answers = Readonly<Record<string, Answer>>;

/** What the customer has filled in and not submitted. */
export interface Draft {
  answers: Answers;
  callBack: boolean;
}

export const BLANK: Draft = { answers: {}, callBack: false };

/** Key under which a source keeps the draft of a survey. */
export function draftKey(survey: Survey): string {
  return `survey:${survey.id}`;
}

/** The draft in what was stored, or in a refused answer; answers that don't fit the template are left out. */
function readDraft(stored: unknown, template: SurveyTemplate): Draft | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { answers, callBack } = stored as { answers?: unknown; callBack?: unknown };
  if (typeof answers !== 'object' || answers === null) return null;
  const given = answers as Record<string, Answer>;
  const faults = new Set(checkAnswers(template, given).map(({ item }) => item));
  const fitting = Object.entries(given).filter(([item]) => !faults.has(item));
  return { answers: Object.fromEntries(fitting), callBack: callBack === true };
}

/** `draft` with one answer changed. */
export function withAnswer(draft: Draft, item: string, answer: Answer): Draft {
  return { ...draft, answers: { ...draft.answers, [item]: answer } };
}

/** The answers as they are submitted: a text of nothing but white space is no answer. */
export function answersToSubmit({ answers }: Draft): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(
      ([, answer]) => typeof answer !== 'string' || answer.trim() !== '',
    ),
  );
}

/** What to begin with: the stored draft, else what a refused answer held, else nothing. */
export function firstDraft(
  stored: unknown,
  rejection: Rejection<Survey> | null,
  template: SurveyTemplate,
): Draft {
  return readDraft(stored, template) ?? readDraft(rejection?.doc, template) ?? BLANK;
}

/** Whether nothing has been answered. */
export function isBlank(draft: Draft): boolean {
  return Object.keys(draft.answers).length === 0;
}
