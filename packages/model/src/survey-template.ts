import type { Localized } from './localized.js';
import type { Answer } from './survey.js';

export type SurveyType = 'CSAT' | 'NPS' | 'CES';
export type ItemKind = 'rating5' | 'choice' | 'yesno' | 'text';

/** A template of surveys.json. The item with `score` is answered on the scale of the type. */
export interface SurveyTemplate {
  id: string;
  type: SurveyType;
  label: Localized;
  items: SurveyItem[];
}

export interface SurveyItem {
  id: string;
  text: Localized;
  score?: boolean | undefined;
  kind?: ItemKind | undefined;
  /** Longest text, in UTF-16 units. */
  max?: number | undefined;
  options?: Localized[] | undefined;
}

/** Lowest and highest score of each type, from surveys.json `scores`. */
export const SCALES: Readonly<Record<SurveyType, readonly [number, number]>> = {
  CSAT: [1, 5],
  NPS: [0, 10],
  CES: [1, 7],
};

const LOW: Readonly<Record<SurveyType, number>> = { CSAT: 2, NPS: 6, CES: 3 };

/** Whether a score asks for a call back: NPS<=6, CSAT<=2, CES<=3 (surveys.json `closedLoop.low`). */
export function isLow(
  template: SurveyTemplate,
  answers: Readonly<Record<string, Answer>>,
): boolean {
  const scored = template.items.find((item) => item.score === true);
  const value = scored && answers[scored.id];
  return typeof value === 'number' && value <= LOW[template.type];
}

export interface AnswerFault {
  item: string;
  code: 'answer_missing' | 'answer_invalid' | 'answer_too_long' | 'answer_unknown';
}

/** What is wrong with `answers`, in the order of the items. All but the scored item may be skipped. */
export function checkAnswers(
  template: SurveyTemplate,
  answers: Readonly<Record<string, Answer>>,
): AnswerFault[] {
  const faults: AnswerFault[] = [];
  for (const item of template.items) {
    const code = faultOf(template.type, item, answers[item.id]);
    if (code !== null) faults.push({ item: item.id, code });
  }
  const known = new Set(template.items.map((item) => item.id));
  for (const item of Object.keys(answers)) {
    if (!known.has(item)) faults.push({ item, code: 'answer_unknown' });
  }
  return faults;
}

function faultOf(
  type: SurveyType,
  item: SurveyItem,
  value: Answer | undefined,
): AnswerFault['code'] | null {
  if (value === undefined) return item.score === true ? 'answer_missing' : null;
  if (item.score === true) return inRange(value, ...SCALES[type]) ? null : 'answer_invalid';
  switch (item.kind) {
    case 'rating5':
      return inRange(value, 1, 5) ? null : 'answer_invalid';
    case 'choice':
      return inRange(value, 0, (item.options?.length ?? 0) - 1) ? null : 'answer_invalid';
    case 'yesno':
      return typeof value === 'boolean' ? null : 'answer_invalid';
    default:
      if (typeof value !== 'string') return 'answer_invalid';
      return value.length > (item.max ?? 1000) ? 'answer_too_long' : null;
  }
}

function inRange(value: Answer, lowest: number, highest: number): boolean {
  return (
    typeof value === 'number' && Number.isInteger(value) && value >= lowest && value <= highest
  );
}
