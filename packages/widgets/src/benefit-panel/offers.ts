import { daysAfter, shanghaiDate } from '@liyu/model';
import type { Offer } from '@liyu/model';
import type { Rejection } from '../source.js';
import { TOLD_DAYS } from './benefit-uses.js';

export type OfferAnswer = NonNullable<Offer['feedback']>;

/** In the order of their buttons: the two that end it stand last. */
export const OFFER_ANSWERS = ['INTERESTED', 'NOT_NOW', 'NEVER'] as const satisfies OfferAnswer[];

/** An offer, and where its one answer stands. */
export interface ShownOffer {
  offer: Offer;
  state: 'open' | 'pending' | 'confirmed' | 'refused';
  /** Why the answer was refused, a code of `OFFER_REJECTS`; null where it wasn't. */
  refusal: string | null;
}

/**
 * What is shown on the day `today`: the `most` latest offers that haven't ended and say what the bank
 * gains, and besides each with an answer that waits, or was refused not long ago. One that the customer never wants
 * again keeps its place unseen: saying no doesn't bring up the next one.
 */
export function shownOffers(
  offers: readonly Offer[],
  {
    today,
    most,
    refusalOf,
  }: { today: string; most: number; refusalOf: (id: string) => Rejection<Offer> | null },
): ShownOffer[] {
  const latest = [...offers].sort((a, b) => (a.on < b.on ? 1 : -1));
  const placed = latest.filter((one) => !hasEnded(one, today) && isDisclosed(one)).slice(0, most);
  return latest.flatMap((offer): ShownOffer[] => {
    if (isPending(offer)) return [{ offer, state: 'pending', refusal: null }];
    const refusal = refusalOf(offer.id);
    if (refusal !== null && isTold(refusal, today)) {
      return [{ offer, state: 'refused', refusal: refusal.code }];
    }
    if (!placed.includes(offer) || offer.feedback === 'NEVER') return [];
    return [{ offer, state: offer.feedback === null ? 'open' : 'confirmed', refusal: null }];
  });
}

/** Whether the customer has answered, and the server hasn't taken it yet. */
export function isPending({ feedback, feedbackAt }: Offer): boolean {
  return feedback !== null && feedbackAt === null;
}

function isTold({ at }: Rejection<Offer>, today: string): boolean {
  return at === undefined || daysAfter(shanghaiDate(at), TOLD_DAYS) >= today;
}

/** Whether it says what the bank gains: without that nothing is suggested. */
function isDisclosed({ interest }: Offer): boolean {
  return Object.values(interest).every((text) => text?.trim() !== '');
}

function hasEnded({ expiresOn }: Offer, today: string): boolean {
  return expiresOn !== null && expiresOn < today;
}
