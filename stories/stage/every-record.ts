import { aPolicy } from '../../packages/widgets/src/fixtures/policy.testing.js';
import {
  aCustomer,
  anAssessment,
  anEntitlement,
  anOffer,
  aSurvey,
  dayFromToday,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { careRecord } from './care-record.js';
import type { Fill } from './story-source.js';

/** All that the widgets show of one customer. */
export const everyRecord: Fill = (source) => {
  source.set('customers', [aCustomer()]);
  source.set('assessments', [anAssessment()]);
  source.set('entitlements', [anEntitlement()]);
  source.set('offers', [anOffer('O1')]);
  source.set('careEvents', careRecord());
  source.set('surveys', [aSurvey({ on: dayFromToday(-2) })]);
  source.set('policies', [aPolicy()]);
};
