// What a page may load before any store: types, texts and rules, without zod.
export type { Assessment } from './assessment.js';
export type { CareEvent } from './care-event.js';
export type { Customer } from './customer.js';
export type {
  Actor,
  Collection,
  CollectionDefinition,
  Doc,
  DocRef,
  Rule,
  RuleContext,
  Verdict,
} from './define-collection.js';
export type { EntitledBenefit, Entitlement } from './entitlement.js';
export { equal } from './equal.js';
export type { Audience, FieldClass, FieldMeta, Unit } from './field.js';
export { localize } from './localized.js';
export type { Locale, Localized } from './localized.js';
export type { PolicyDocument } from './policy-document.js';
export { shanghaiDate } from './shanghai.js';
export { invitationId, surveyRule } from './survey-rule.js';
export { checkAnswers, isLow, SCALES } from './survey-template.js';
export type { AnswerFault, SurveyItem, SurveyTemplate, SurveyType } from './survey-template.js';
export type { Answer, Survey } from './survey.js';
