import type { LitElement, ReactiveController } from 'lit';
import type { Offer } from '@liyu/model';
import { Submission } from '../foundation/submission.js';
import type { Rejection, Source } from '../source.js';
import { OfferAnsweredEvent } from './benefit-panel.events.js';
import type { OfferAnswer } from './offers.js';
import { SETTLE_MS } from './press-guard.js';

/** What answering has to know. */
export interface AnswerFacts {
  customer: string;
  offers: readonly Offer[];
  source: Source | null;
}

/**
 * The customer's answers to offers, each given once, and their refusals, of which the source alone
 * tells: the bank keeps nothing of them.
 */
export class OfferAnswers implements ReactiveController {
  readonly #host: LitElement;
  readonly #submission: Submission<Offer>;
  #facts: AnswerFacts | null = null;
  /** Answers given here that the offers don't show yet. */
  readonly #given = new Map<string, Offer>();
  /** By offer, null where there is none; the source is asked for those that aren't in it. */
  readonly #refusals = new Map<string, Rejection<Offer> | null>();
  /** How to stop following the refusals, by offer. */
  readonly #stops = new Map<string, () => void>();
  #answeredAt = -Infinity;

  constructor(host: LitElement) {
    this.#host = host;
    this.#submission = new Submission(host, () => '.offer[data-focus]');
    host.addController(this);
  }

  /** The last answer that was given here; null before. */
  get last(): Offer | null {
    return this.#submission.sent;
  }

  /** What the bank made of that answer; null before it has. */
  get outcome(): 'confirmed' | 'refused' | null {
    const id = this.last?.id;
    if (id === undefined) return null;
    if (this.refusalOf(id) !== null) return 'refused';
    const isTaken = this.#facts?.offers.some((one) => one.id === id && one.feedbackAt !== null);
    return isTaken === true ? 'confirmed' : null;
  }

  /** The offers of which all is known, with what was answered here. */
  get offers(): readonly Offer[] {
    if (this.#facts === null) return [];
    const { offers, source } = this.#facts;
    return offers
      .filter(({ id }) => source === null || this.#refusals.has(id))
      .map((offer) => this.#given.get(offer.id) ?? offer);
  }

  /** Whether an answer is on its way to the device. */
  isSending(offer: string): boolean {
    return this.#submission.step === 'sending' && this.last?.id === offer;
  }

  /** Whether an answer could not be written on this device. */
  failedFor(offer: string): boolean {
    return this.#submission.failed?.id === offer;
  }

  /** Whether this offer gets the focus, once it was answered. */
  isFocused(offer: string): boolean {
    return (this.#submission.failed ?? this.last)?.id === offer;
  }

  readonly refusalOf = (offer: string): Rejection<Offer> | null =>
    this.#refusals.get(offer) ?? null;

  follow(facts: AnswerFacts): void {
    const before = this.#facts;
    if (facts.customer !== before?.customer || facts.source !== before.source) this.#startAnew();
    this.#facts = facts;
    for (const { id, feedback } of facts.offers) {
      if (feedback !== null) this.#given.delete(id);
      this.#followRefusal(id);
    }
  }

  async answer(offer: Offer, feedback: OfferAnswer): Promise<void> {
    // The second press of a double one would be meant for what has moved up.
    const isTooSoon = performance.now() - this.#answeredAt < SETTLE_MS;
    if (this.#facts === null || this.#submission.step === 'sending' || isTooSoon) return;
    const { source } = this.#facts;
    const write = async (answered: Offer) => {
      await source?.answerOffer(answered);
      this.#given.set(offer.id, answered);
      this.#refusals.set(offer.id, null);
    };
    const isSent = await this.#submission.send({ ...offer, feedback, feedbackAt: null }, write);
    this.#answeredAt = performance.now();
    if (isSent) this.#host.dispatchEvent(new OfferAnsweredEvent(offer.id));
  }

  /** What is known stays: the widget may be moved. */
  hostDisconnected(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }

  #followRefusal(id: string): void {
    const source = this.#facts?.source ?? null;
    if (source === null || this.#stops.has(id) || !this.#host.isConnected) return;
    const stop = source.watchRejection('offers', id, (rejection) => {
      this.#refusals.set(id, rejection);
      if (rejection !== null) this.#given.delete(id);
      this.#host.requestUpdate();
    });
    this.#stops.set(id, stop);
  }

  #startAnew(): void {
    this.hostDisconnected();
    this.#submission.reset();
    this.#refusals.clear();
    this.#given.clear();
  }
}
