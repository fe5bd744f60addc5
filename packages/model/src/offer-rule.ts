import type { Rule } from './define-collection.js';
import type { Offer } from './offer.js';
import { shanghaiDate } from './shanghai.js';

/** Why feedback to an offer is refused. */
export const OFFER_REJECTS = [
  /** Another customer's, or an offer that the bank did not make. */
  'forbidden',
  /** Feedback is given once. */
  'already_answered',
  /** The last day of the offer has passed. */
  'expired',
] as const;
export type OfferReject = (typeof OFFER_REJECTS)[number];

/** The customer says once what they think of an offer, until its last day in Asia/Shanghai. */
export const offerRule: Rule = (master, next, { actor, now }) => {
  const held = master as Offer | null;
  if (actor.role !== 'customer' || actor.customer !== next.customer || held === null) {
    return { reject: 'forbidden' };
  }
  if (held.feedback !== null) return { reject: 'already_answered' };
  if (held.expiresOn !== null && shanghaiDate(now) > held.expiresOn) return { reject: 'expired' };
  return { master: { ...next, feedbackAt: now }, also: [] };
};
