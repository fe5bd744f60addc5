import { BeforeOpenSurveyEvent } from './care-timeline.events.js';

/** What the timeline needs of a form, also of one that a portal wrote. */
interface SurveyForm extends HTMLElement {
  /** Shows the survey when it is one of those the form knows, and focuses its first question. */
  open?: (surveyId: string) => void;
}

/** The form of the page; null without one, and then no invitation can be opened. */
export function surveyForm(): SurveyForm | null {
  return document.querySelector<SurveyForm>('liyu-satisfaction-form');
}

/** Opens the survey in the form of the page, unless a listener takes it over. */
export function openSurvey(timeline: HTMLElement, surveyId: string): void {
  if (!timeline.dispatchEvent(new BeforeOpenSurveyEvent(surveyId))) return;
  const form = surveyForm();
  form?.scrollIntoView({ block: 'nearest' });
  form?.open?.(surveyId);
}
