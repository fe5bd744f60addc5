import type { PolicyDocument, Survey, SurveyTemplate } from '@liyu/model';
import type { WidgetState } from '../foundation/frame.js';
import type { Snapshot } from '../source.js';
import { chooseSurvey } from './choose-survey.js';
import type { Choice } from './choose-survey.js';

export interface Found {
  survey: Survey;
  /** Null when the policy has none of that name; needed only while the survey can be answered. */
  template: SurveyTemplate | null;
  /** Hours within which the bank calls back; null when it isn't said. */
  callBackHours: number | null;
}

/** The survey that the page gives, or the state that stands for its absence. */
export function surveyOfPage(
  survey: Survey | null | undefined,
  template: SurveyTemplate | null | undefined,
): Found | Exclude<WidgetState, 'ready'> {
  if (survey === undefined) return 'loading';
  if (survey === null) return 'empty';
  if (survey.state === 'invited' && template === undefined) return 'loading';
  return { survey, template: template ?? null, callBackHours: null };
}

/** The survey of the kit to show, or the state that stands for its absence. */
export function surveyOfSource(
  surveys: Snapshot<Survey>,
  policies: Snapshot<PolicyDocument>,
  choice: Choice,
): Found | Exclude<WidgetState, 'ready'> {
  if (surveys.state !== 'ready') return surveys.state;
  const survey = chooseSurvey(surveys.docs, choice);
  if (survey === null) return 'empty';
  if (survey.state === 'invited' && policies.state !== 'ready') return policies.state;
  const file = surveysFile(policies.state === 'ready' ? policies.docs[0] : undefined);
  return {
    survey,
    template: file.templates?.find(({ id }) => id === survey.template) ?? null,
    callBackHours: file.closedLoop?.slaHours ?? null,
  };
}

interface SurveysFile {
  templates?: readonly SurveyTemplate[];
  closedLoop?: { slaHours?: number };
}

function surveysFile(policy: PolicyDocument | undefined): SurveysFile {
  return (policy?.files.surveys as SurveysFile | undefined) ?? {};
}
