import type { LitElement } from 'lit';
import type { Offer } from '@liyu/model';
import type { Source } from '../source.js';
import { OfferAnsweredEvent } from './benefit-panel.events.js';
import { isPending } from './offers.js';
import type { OfferAnswer } from './offers.js';
import { SETTLE_MS } from './press-guard.js';

/** What answering has to know. */
export interface AnswerFacts {
  customer: string;
  offers: readonly Offer[];
  source: Source | null;
}

/**
 * The customer's answers to offers, each given once: written on this device first, or left to the page
 * where there is no source. Of an answer that waits, or that was given here, a refusal is told as long
 * as the widget stands in the page.
 */
export class OfferAnswers {
  readonly #host: LitElement;
  #facts: AnswerFacts | null = null;
  /** Answers given here that the offers don't show yet. */
  readonly #given = new Map<string, Offer>();
  /** Codes of refusals, by offer. */
  readonly #refusals = new Map<string, string>();
  /** Offers whose refusal would be told, and how to stop waiting for it. */
  readonly #followed = new Map<string, (() => void) | null>();
  #last: Offer | null = null;
  #sending: string | null = null;
  #failed: string | null = null;
  #answeredAt = -Infinity;
  /** The offer that gets the focus once it is rendered. */
  #focus: string | null = null;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** The last answer that was given here; null before. */
  get last(): Offer | null {
    return this.#last;
  }

  /** What the bank made of that answer; null before it has. */
  get outcome(): 'confirmed' | 'refused' | null {
    if (this.#last === null) return null;
    const { id } = this.#last;
    if (this.#refusals.has(id)) return 'refused';
    const isTaken = this.#facts?.offers.some((one) => one.id === id && one.feedbackAt !== null);
    return isTaken === true ? 'confirmed' : null;
  }

  /** The offers, with what was answered here. */
  get offers(): readonly Offer[] {
    return (this.#facts?.offers ?? []).map((offer) => this.#given.get(offer.id) ?? offer);
  }

  /** Whether an answer is on its way to the device. */
  isSending(offer: string): boolean {
    return offer === this.#sending;
  }

  /** Whether an answer could not be written on this device. */
  failedFor(offer: string): boolean {
    return offer === this.#failed;
  }

  readonly refusalOf = (offer: string): string | null => this.#refusals.get(offer) ?? null;

  follow(facts: AnswerFacts): void {
    const before = this.#facts;
    if (facts.customer !== before?.customer || facts.source !== before.source) this.#startAnew();
    this.#facts = facts;
    for (const offer of facts.offers) {
      if (offer.feedback !== null) this.#given.delete(offer.id);
      if (isPending(offer)) this.#wait(offer.id);
    }
    for (const [id, stop] of this.#followed) if (stop === null) this.#wait(id);
  }

  async answer(offer: Offer, feedback: OfferAnswer): Promise<void> {
    // The second press of a double one would be meant for what has moved up.
    const now = performance.now();
    if (this.#facts === null || this.#sending !== null || now - this.#answeredAt < SETTLE_MS)
      return;
    const { source } = this.#facts;
    const answered: Offer = { ...offer, feedback, feedbackAt: null };
    this.#sending = offer.id;
    this.#failed = null;
    this.#host.requestUpdate();
    try {
      await source?.answerOffer(answered);
      this.#last = answered;
      this.#given.set(offer.id, answered);
      this.#refusals.delete(offer.id);
      this.#wait(offer.id);
    } catch {
      this.#failed = offer.id;
    }
    this.#sending = null;
    this.#answeredAt = performance.now();
    this.#focus = offer.id;
    this.#host.requestUpdate();
    if (this.#failed === null) this.#host.dispatchEvent(new OfferAnsweredEvent(offer.id));
  }

  /** Whether this offer gets the focus when it is rendered. */
  isFocused(offer: string): boolean {
    return offer === this.#focus;
  }

  /** After an update: puts the focus where one goes on. */
  rendered(): void {
    if (this.#focus === null) return;
    this.#focus = null;
    this.#host.renderRoot.querySelector<HTMLElement>('.offer[data-focus]')?.focus();
  }

  /** The widget left the page; what is known stays. */
  pause(): void {
    for (const [id, stop] of this.#followed) {
      stop?.();
      this.#followed.set(id, null);
    }
  }

  #wait(id: string): void {
    const source = this.#facts?.source ?? null;
    if (source === null || (this.#followed.get(id) ?? null) !== null) return;
    const stop = source.watchRejection('offers', id, (rejection) => {
      if (rejection === null) this.#refusals.delete(id);
      else {
        this.#refusals.set(id, rejection.code);
        this.#given.delete(id);
      }
      this.#host.requestUpdate();
    });
    this.#followed.set(id, stop);
  }

  #startAnew(): void {
    this.pause();
    this.#followed.clear();
    this.#refusals.clear();
    this.#given.clear();
    this.#last = null;
    this.#failed = null;
    this.#focus = null;
  }
}
