import { assessment } from './assessment.js';
import { careEvent } from './care-event.js';
import { customer } from './customer.js';
import { defineCollection } from './define-collection.js';
import type { Collection, Doc } from './define-collection.js';
import { entitlement } from './entitlement.js';
import { policyDocument } from './policy-document.js';
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
      name: 'careEvents',
      schema: careEvent,
      version: 0,
      indexes: [['on']],
      scopeOf: ofCustomer,
    }),
    defineCollection({
      name: 'surveys',
      schema: survey,
      version: 0,
      indexes: [['on']],
      scopeOf: ofCustomer,
      related: relatedToSurvey,
      apply: surveyRule,
    }),
    defineCollection({
      name: 'policies',
      schema: policyDocument,
      version: 0,
      indexes: [],
      scopeOf: () => 'g:policy',
    }),
  ].map((collection) => [collection.name, collection]),
);
