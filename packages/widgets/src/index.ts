// Classes and types without side effects; `@liyu/widgets/define` defines the tags.
export { AssetMix } from './asset-mix/asset-mix.js';
export {
  OfferAnsweredEvent,
  RedemptionRequestedEvent,
} from './benefit-panel/benefit-panel.events.js';
export { BenefitPanel } from './benefit-panel/benefit-panel.js';
export { BeforeOpenSurveyEvent } from './care-timeline/care-timeline.events.js';
export { CareTimeline } from './care-timeline/care-timeline.js';
export { CustomerCard } from './customer-card/customer-card.js';
export type { WidgetState } from './foundation/frame.js';
export { SurveySubmittedEvent } from './satisfaction-form/satisfaction-form.events.js';
export { SatisfactionForm } from './satisfaction-form/satisfaction-form.js';
export type { SurveyAnswer } from './satisfaction-form/survey-answer.js';
export { SOURCE_READY, SourceRequest } from './source.js';
export type {
  Answered,
  FoundCustomers,
  Records,
  Rejection,
  Revealed,
  RevealedField,
  Snapshot,
  Source,
  SourceStatus,
  StaffSource,
} from './source.js';
export { TierBadge } from './tier-badge/tier-badge.js';
export type { BadgeSize } from './tier-badge/tier-badge.js';
export { CaseOpenedEvent } from './tier-journey/tier-journey.events.js';
export { TierJourney } from './tier-journey/tier-journey.js';
