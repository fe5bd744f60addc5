// What a page may load before any store: types, texts and rules, without zod.
export { ARCHIVE_REJECTS, archiveRule } from './archive-rule.js';
export type { ArchiveReject } from './archive-rule.js';
export type { ArchiveEntry } from './archive-entry.js';
export type { Assessment } from './assessment.js';
export { CARE_EVENT_REJECTS, careEventRule } from './care-event-rule.js';
export type { CareEventReject } from './care-event-rule.js';
export type { CareEvent, LunarDay } from './care-event.js';
export { caseContains } from './case-contains.js';
export { caseMoves } from './case-moves.js';
export { CASE_REJECTS, caseRule } from './case-rule.js';
export type { CaseReject } from './case-rule.js';
export type { Case, CaseState, CaseStep } from './case.js';
export { CUSTOMER_REJECTS, customerRule } from './customer-rule.js';
export type { CustomerReject } from './customer-rule.js';
export type { Customer } from './customer.js';
export type {
  Actor,
  Collection,
  CollectionDefinition,
  Doc,
  DocRef,
  Duty,
  Rule,
  RuleContext,
  Verdict,
} from './define-collection.js';
export type { EntitledBenefit, Entitlement } from './entitlement.js';
export { equal } from './equal.js';
export type { Audience, FieldClass, FieldMeta, Role, Unit } from './field.js';
export type { Holding } from './holding.js';
export { localize } from './localized.js';
export type { Locale, Localized } from './localized.js';
export { newCase } from './new-case.js';
export { newRedemption } from './new-redemption.js';
export { OFFER_REJECTS, offerRule } from './offer-rule.js';
export type { OfferReject } from './offer-rule.js';
export type { Offer } from './offer.js';
export { maskBirthday, maskName, maskPhone } from './mask.js';
export { pickPaths, withPaths } from './paths.js';
export { pointsBalance } from './points-balance.js';
export type { PointsBalance, PointsLot } from './points-balance.js';
export type { PointsEntry } from './points-entry.js';
export type { PolicyDocument } from './policy-document.js';
export {
  REDEMPTION_DAYS,
  REDEMPTION_REASONS,
  REDEMPTION_REJECTS,
  redemptionRule,
} from './redemption-rule.js';
export type { RedemptionReason, RedemptionReject } from './redemption-rule.js';
export type { Redemption } from './redemption.js';
export { daysAfter, shanghaiDate } from './shanghai.js';
export { invitationId, surveyRule } from './survey-rule.js';
export { checkAnswers, isLow, SCALES } from './survey-template.js';
export type { AnswerFault, SurveyItem, SurveyTemplate, SurveyType } from './survey-template.js';
export type { Answer, Survey } from './survey.js';
export { newUuidV7 } from './uuid-v7.js';
