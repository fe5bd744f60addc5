import { archiveEntry } from './archive-entry.js';
import { archiveRule } from './archive-rule.js';
import { assessment } from './assessment.js';
import { careEventRule } from './care-event-rule.js';
import { careEvent } from './care-event.js';
import { caseContains } from './case-contains.js';
import { caseRule, relatedToCase } from './case-rule.js';
import { caseRecord } from './case.js';
import type { Case } from './case.js';
import { customerRule, relatedToCustomer } from './customer-rule.js';
import { customer } from './customer.js';
import { defineCollection } from './define-collection.js';
import type { Collection, Doc } from './define-collection.js';
import { entitlement } from './entitlement.js';
import { holding } from './holding.js';
import { offerRule } from './offer-rule.js';
import { offer } from './offer.js';
import { pointsEntry } from './points-entry.js';
import { policyDocument } from './policy-document.js';
import { redemptionRule, relatedToRedemption } from './redemption-rule.js';
import { redemption } from './redemption.js';
import { relatedToSurvey, surveyRule } from './survey-rule.js';
import { survey } from './survey.js';

const ofCustomer = (doc: Doc) => `c:${String(doc.customer)}`;

/** Every collection by its name, which is also the key of its documents. */
export const collections: Readonly<Record<string, Collection>> = Object.fromEntries(
  [
    defineCollection({
      name: 'customers',
      schema: customer,
      version: 0,
      indexes: [],
      scopeOf: (doc) => `c:${doc.id}`,
      related: relatedToCustomer,
      apply: customerRule,
      mergeFields: true,
      desk: true,
      exported: true,
    }),
    defineCollection({
      name: 'holdings',
      schema: holding,
      version: 0,
      indexes: [['kind']],
      scopeOf: ofCustomer,
    }),
    defineCollection({
      name: 'assessments',
      schema: assessment,
      version: 0,
      indexes: [['assessedOn']],
      scopeOf: ofCustomer,
    }),
    defineCollection({
      name: 'entitlements',
      schema: entitlement,
      version: 0,
      indexes: [['period']],
      scopeOf: ofCustomer,
    }),
    defineCollection({
      name: 'redemptions',
      schema: redemption,
      version: 0,
      indexes: [['requestedAt']],
      scopeOf: ofCustomer,
      related: relatedToRedemption,
      apply: redemptionRule,
      exported: true,
    }),
    defineCollection({
      name: 'points',
      schema: pointsEntry,
      version: 0,
      indexes: [['on']],
      scopeOf: ofCustomer,
    }),
    defineCollection({
      name: 'careEvents',
      schema: careEvent,
      version: 1,
      oldest: 0,
      indexes: [['on']],
      scopeOf: ofCustomer,
      apply: careEventRule,
      desk: true,
    }),
    defineCollection({
      name: 'surveys',
      schema: survey,
      version: 0,
      indexes: [['on']],
      scopeOf: ofCustomer,
      related: relatedToSurvey,
      apply: surveyRule,
      exported: true,
    }),
    defineCollection({
      name: 'cases',
      schema: caseRecord,
      version: 0,
      indexes: [['openedAt']],
      scopeOf: ofCustomer,
      related: relatedToCase,
      apply: caseRule,
      contains: (held, sent) => caseContains(held as unknown as Case, sent as unknown as Case),
      desk: true,
      exported: true,
    }),
    defineCollection({
      name: 'offers',
      schema: offer,
      version: 0,
      indexes: [['on']],
      scopeOf: ofCustomer,
      apply: offerRule,
    }),
    defineCollection({
      name: 'policies',
      schema: policyDocument,
      version: 0,
      indexes: [],
      scopeOf: () => 'g:policy',
    }),
    defineCollection({
      name: 'archive',
      schema: archiveEntry,
      version: 0,
      indexes: [['on']],
      scopeOf: ofCustomer,
      apply: archiveRule,
    }),
  ].map((collection) => [collection.name, collection]),
);
