import { isLow } from '@liyu/model';
import type { SurveyTemplate } from '@liyu/model';
import { answersToSubmit } from './draft.js';
import type { Answers, Draft } from './draft.js';

/** What the customer answered, for a page that has no kit and sends it itself. */
export interface SurveyAnswer {
  state: 'submitted' | 'declined';
  answers: Answers | null;
  callBack: boolean;
  /** Moment of the answer by the clock of the device, ISO 8601 in UTC. */
  submittedAt: string;
}

export type Undated = Omit<SurveyAnswer, 'submittedAt'>;

export const DECLINED: Undated = { state: 'declined', answers: null, callBack: false };

/** The answer in a draft. A call back is asked for only after a low score. */
export function answered(draft: Draft, template: SurveyTemplate): Undated {
  const answers = answersToSubmit(draft);
  return { state: 'submitted', answers, callBack: draft.callBack && isLow(template, answers) };
}
