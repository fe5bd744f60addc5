/**
 * Before the form opens on a survey that the timeline invites to. Cancel it to open the survey in
 * another way.
 */
export class BeforeOpenSurveyEvent extends Event {
  static readonly type = 'liyu-before-open-survey';
  readonly detail: { readonly surveyId: string };

  constructor(readonly surveyId: string) {
    super(BeforeOpenSurveyEvent.type, { bubbles: true, cancelable: true });
    this.detail = { surveyId };
  }
}

declare global {
  interface HTMLElementEventMap {
    'liyu-before-open-survey': BeforeOpenSurveyEvent;
  }
}
