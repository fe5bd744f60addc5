/** After the customer has answered or declined a survey. It never holds an answer. */
export class SurveySubmittedEvent extends Event {
  static readonly type = 'liyu-survey-submitted';
  readonly detail: { readonly surveyId: string; readonly state: 'submitted' | 'declined' };

  constructor(
    readonly surveyId: string,
    readonly state: 'submitted' | 'declined',
  ) {
    super(SurveySubmittedEvent.type, { bubbles: true });
    this.detail = { surveyId, state };
  }
}

declare global {
  interface HTMLElementEventMap {
    'liyu-survey-submitted': SurveySubmittedEvent;
  }
}
