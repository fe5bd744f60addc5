import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { checkAnswers } from '@liyu/model';
import type { Answer, AnswerFault, Survey, SurveyTemplate } from '@liyu/model';
import { Widget } from '../foundation/widget.js';
import type { Outlook } from '../foundation/widget.js';
import type { Language } from '../messages/language.js';
import type { Source } from '../source.js';
import { DraftKeeper } from './draft-keeper.js';
import { answersToSubmit, BLANK, draftKey, firstDraft, isBlank, withAnswer } from './draft.js';
import type { Draft } from './draft.js';
import { surveyOfPage, surveyOfSource } from './find-survey.js';
import type { Found } from './find-survey.js';
import { moveFocus } from './form-focus.js';
import type { FocusTarget } from './form-focus.js';
import { phaseOf } from './form-phase.js';
import type { FormPhase } from './form-phase.js';
import { formSkeleton, formView } from './form-view.js';
import { outcomeView, rejectionNote } from './outcome-view.js';
import { SurveySubmittedEvent } from './satisfaction-form.events.js';
import { satisfactionFormStyles } from './satisfaction-form.styles.js';
import { answered, DECLINED } from './survey-answer.js';
import type { SurveyAnswer, Undated } from './survey-answer.js';
import { SurveyFollower } from './survey-follower.js';

/**
 * A survey of the bank: one question first, the others after it. It keeps a draft on the device and
 * says whether the answer lies on the device or was delivered.
 *
 * @summary Asks the customer for an opinion.
 * @tag liyu-satisfaction-form
 * @fires liyu-survey-submitted - After the survey was answered or declined; holds no answer
 * @csspart root - The inner root
 * @csspart title - The first question, or what has become of the answer
 * @csspart body - What stands inside the frame
 * @csspart note - A note: offline, a refusal, an error
 * @csspart foot - How long it takes, and the button to decline
 * @cssstate loading - Data or words are on their way
 * @cssstate empty - There is nothing to answer
 * @cssstate ready - The survey, or what has become of it, is shown
 * @cssstate error - Nothing is stored and nothing could be fetched
 * @cssstate signedOut - Nobody is signed in
 * @cssstate offline - The endpoint can't be reached
 * @cssstate open - It can be answered
 * @cssstate submitting - The answer is on its way to the device or to the page
 * @cssstate pending - The answer lies on this device only
 * @cssstate delivered - The bank has the answer
 * @cssstate declined - The bank knows that it was declined
 * @cssstate expired - It can't be answered any more
 */
export class SatisfactionForm extends Widget {
  static readonly formAssociated = true;
  static override styles: CSSResultGroup = [Widget.styles, satisfactionFormStyles];

  /** The survey to answer; null for none. Without it the kit's. */
  @property({ attribute: false }) survey: Survey | null | undefined;
  /** Template of the survey, from surveys.json. */
  @property({ attribute: false }) template: SurveyTemplate | null | undefined;
  /** Which survey of the kit to show; the most fitting one without it. */
  @property({ attribute: 'survey-id' }) surveyId: string | null = null;
  /** Name under which a form of the page sends the answers, as JSON. */
  @property({ reflect: true }) name = '';

  @state() private draft: Draft = BLANK;
  @state() private faults: readonly AnswerFault[] = [];
  @state() private submitting = false;
  @state() private saveFailed = false;
  @state() private declining = false;
  @state() private disabledByForm = false;

  protected override readonly kinds = { survey: 'record', template: 'record' } as const;
  readonly #keeper = new DraftKeeper(this);
  readonly #follower = new SurveyFollower(this, () => {
    this.submitting = false;
  });
  #found: Found | null = null;
  /** The survey that the customer has begun to answer here. */
  #begun: string | null = null;
  /** The survey whose draft has been put into the form. */
  #restored: string | null = null;
  #value: SurveyAnswer | null = null;
  #focusNext: FocusTarget | null = null;

  constructor() {
    super(['surveys', 'policies']);
  }

  /** The answer as it was submitted or declined here; null before. */
  get value(): SurveyAnswer | null {
    return this.#value;
  }

  /** Shows a survey of the kit and focuses its first question. */
  open(surveyId: string): void {
    const surveys = this.link.snapshot('surveys');
    const known = surveys.state === 'ready' && surveys.docs.some(({ id }) => id === surveyId);
    if (!this.given && known) this.surveyId = surveyId;
    this.focus();
  }

  /** Focuses the first question, or what has become of the answer. */
  override focus(): void {
    this.#focusNext = 'question';
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follower.pause();
  }

  /** The page's form was reset. */
  formResetCallback(): void {
    if (this.submitting) return;
    this.draft = BLANK;
    this.faults = [];
  }

  /** The page's form, or a fieldset of it, was disabled or enabled. */
  formDisabledCallback(disabled: boolean): void {
    this.disabledByForm = disabled;
  }

  protected override derive(): Outlook {
    const { source } = this.link;
    const found = this.given
      ? surveyOfPage(this.survey, this.template)
      : surveyOfSource(this.link.snapshot('surveys'), this.link.snapshot('policies'), {
          id: this.surveyId,
          begun: this.#begun,
          today: this.today,
          now: Date.now(),
        });
    if (typeof found === 'string') {
      this.#found = null;
      return { state: found, asOf: null };
    }
    this.#found = found;
    if (this.isConnected && this.#follower.follow(source, found.survey)) this.#startAnew();
    if (found.survey.state !== 'invited') this.submitting = false;
    const phase = this.#phase(found.survey);
    if (phase === 'open' || phase === 'submitting') {
      if (found.template === null) return { state: 'error', asOf: null };
      if (source !== null && !this.#follower.hasRead) return { state: 'loading', asOf: null };
      this.#restore(found.survey, found.template);
    }
    return { state: 'ready', asOf: null, phase };
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('survey')) this.submitting = false;
    const before = this.#found?.survey.receivedAt ?? null;
    super.willUpdate(changed);
    const { source } = this.link;
    const survey = this.#found?.survey;
    if (source === null || survey == null || survey.receivedAt === before) return;
    if (survey.receivedAt !== null) void this.#keeper.clear(source, draftKey(survey));
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('draft')) {
      const answers = answersToSubmit(this.draft);
      const filled = Object.keys(answers).length > 0;
      this.internals?.setFormValue?.(filled ? JSON.stringify(answers) : null);
    }
    const { state } = this.outlook;
    const done = this.#focusNext !== null && moveFocus(this, this.#focusNext);
    // What will never come must not take the focus later.
    if (done || (state !== 'ready' && state !== 'loading')) this.#focusNext = null;
  }

  /** An answer that waits to be sent says so itself. */
  protected override saysOffline(): boolean {
    return this.outlook.phase === 'pending';
  }

  protected override renderTitle(language: Language): unknown {
    if (this.outlook.state === 'ready') return nothing;
    const title = this.headline(language.say('survey.title'));
    return title === nothing ? nothing : html`<div class="head">${title}</div>`;
  }

  protected override renderBody(language: Language): unknown {
    const { survey, template, callBackHours } = this.#found!;
    const phase = this.#phase(survey);
    const { rejection } = this.#follower;
    const { status } = this.link;
    if (phase !== 'open' && phase !== 'submitting') {
      return outcomeView({ phase, survey, rejection, status, language });
    }
    return html`${rejection === null ? nothing : rejectionNote(rejection.code, language)}
    ${formView({
      survey,
      template: template!,
      answers: this.draft.answers,
      callBack: this.draft.callBack,
      callBackHours,
      faults: this.faults,
      disabled: phase === 'submitting' || this.disabledByForm,
      headingLevel: this.headingLevel,
      kept: this.#keeper.state,
      memory: status?.memory === true,
      declining: this.declining,
      saveFailed: this.saveFailed,
      language,
      answer: this.#answer,
      setCallBack: (callBack) => this.#change({ ...this.draft, callBack }),
      submit: this.#submit,
      askDecline: this.#askDecline,
      decline: this.#decline,
    })}`;
  }

  protected override renderEmpty(language: Language): TemplateResult {
    return html`<p>${language.say('survey.empty')}</p>
      <p class="small muted">${language.say('survey.emptyNext')}</p>`;
  }

  protected override renderSkeleton(): TemplateResult {
    return formSkeleton();
  }

  protected override failedWords(language: Language): string {
    return language.say('survey.failed');
  }

  protected override signedOutWords(language: Language): string {
    return language.say('survey.signedOut');
  }

  #phase(survey: Survey): FormPhase {
    const { rejection } = this.#follower;
    return phaseOf({ survey, rejection, submitting: this.submitting, today: this.today });
  }

  #startAnew(): void {
    this.draft = BLANK;
    this.faults = [];
    this.declining = false;
    this.saveFailed = false;
    this.#restored = null;
  }

  /** Fills the form once for each survey, and after a refusal where nothing has been typed. */
  #restore(survey: Survey, template: SurveyTemplate): void {
    const { stored, rejection } = this.#follower;
    if (!isBlank(this.draft) || (this.#restored === survey.id && rejection === null)) return;
    this.#restored = survey.id;
    this.draft = firstDraft(stored, rejection, template);
  }

  #change(draft: Draft): void {
    const survey = this.#found?.survey;
    if (survey === undefined || this.submitting) return;
    this.#begun = survey.id;
    this.draft = draft;
    const { source } = this.link;
    if (source !== null) this.#keeper.keep(source, draftKey(survey), draft);
  }

  readonly #answer = (item: string, answer: Answer): void => {
    this.faults = this.faults.filter((fault) => fault.item !== item);
    this.#change(withAnswer(this.draft, item, answer));
  };

  readonly #submit = (): void => {
    const { survey, template } = this.#found!;
    if (template === null || this.#phase(survey) !== 'open' || this.disabledByForm) return;
    this.faults = checkAnswers(template, answersToSubmit(this.draft));
    if (this.faults.length > 0) this.#focusNext = 'fault';
    else this.#finish(survey, answered(this.draft, template));
  };

  readonly #decline = (): void => {
    const { survey } = this.#found!;
    if (this.#phase(survey) !== 'open') return;
    this.#finish(survey, DECLINED);
  };

  #finish(survey: Survey, answer: Undated): void {
    this.#value = { ...answer, submittedAt: new Date().toISOString() };
    this.#begun = survey.id;
    this.submitting = true;
    this.saveFailed = false;
    this.declining = false;
    this.#focusNext = 'outcome';
    const { source } = this.link;
    if (source === null) this.dispatchEvent(new SurveySubmittedEvent(survey.id, answer.state));
    else void this.#write(source, { ...survey, ...this.#value });
  }

  async #write(source: Source, survey: Survey): Promise<void> {
    const { id, state } = survey;
    try {
      await this.#keeper.flush();
      await source.submitSurvey(survey);
    } catch {
      this.submitting = false;
      this.saveFailed = true;
      this.#focusNext = null;
      return;
    }
    this.dispatchEvent(
      new SurveySubmittedEvent(id, state === 'declined' ? 'declined' : 'submitted'),
    );
  }

  readonly #askDecline = (declining: boolean): void => {
    this.declining = declining;
    this.#focusNext = declining ? 'confirm' : 'decline';
  };
}
