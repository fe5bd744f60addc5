import type { LitElement } from 'lit';
import { newRedemption } from '@liyu/model';
import type { Redemption } from '@liyu/model';
import { Submission } from '../foundation/submission.js';
import type { Place } from '../foundation/submission.js';
import type { Source } from '../source.js';
import { RedemptionRequestedEvent } from './benefit-panel.events.js';

const PLACES: Readonly<Record<Place, string>> = {
  step: '.question-of',
  opener: '.use-of',
  outcome: '.outcome-of',
};

/** What a request has to know. */
export interface UseFacts {
  customer: string;
  /** Requests that are known; null while they aren't, or can't be, read. */
  redemptions: readonly Redemption[] | null;
  source: Source | null;
}

/**
 * Asks for one benefit at a time, in two steps: the customer says which, reads what it costs, and says
 * it again.
 */
export class UseRequest {
  readonly #host: LitElement;
  readonly #submission: Submission<Redemption>;
  #facts: UseFacts | null = null;
  /** The benefit of the step that is open, or of the last request. */
  #benefit = '';

  constructor(host: LitElement) {
    this.#host = host;
    this.#submission = new Submission(
      host,
      (place) => `${PLACES[place]}[data-benefit="${CSS.escape(this.#benefit)}"]`,
    );
  }

  /** The last request that was made here; null before. */
  get requested(): Redemption | null {
    return this.#submission.sent;
  }

  /** The last request that was made here, once the bank has decided on it. */
  get answer(): Redemption | null {
    const id = this.requested?.id;
    const found = this.#facts?.redemptions?.find((one) => one.id === id) ?? null;
    return found === null || found.state === 'pending' ? null : found;
  }

  /** Whether benefits can be asked for at all. */
  get possible(): boolean {
    return this.#facts !== null && this.#facts.redemptions !== null;
  }

  /** Where the request for a benefit stands. */
  stepOf(benefit: string) {
    return benefit === this.#benefit ? this.#submission.step : 'closed';
  }

  /** Whether the request for a benefit could not be written on this device. */
  failedFor(benefit: string): boolean {
    return this.#submission.failed?.benefit === benefit;
  }

  /** Whether the bank took the request back from the device. */
  refusedFor(benefit: string): boolean {
    return this.#submission.refused && this.requested?.benefit === benefit;
  }

  follow(facts: UseFacts): void {
    if (facts.customer !== this.#facts?.customer) this.#submission.reset();
    this.#facts = facts;
    if (facts.redemptions !== null) this.#submission.follow(facts.redemptions);
  }

  /** The first step. */
  ask(benefit: string): void {
    if (!this.possible || this.#submission.step === 'sending') return;
    this.#benefit = benefit;
    this.#submission.open();
  }

  cancel(): void {
    this.#submission.cancel();
  }

  /** The second step: writes the request, or leaves that to the page where there is no source. */
  async confirm(): Promise<void> {
    if (this.#facts === null || this.#submission.step !== 'asking') return;
    const { customer, source } = this.#facts;
    const benefit = this.#benefit;
    const requested = newRedemption({ customer, benefit });
    const write = source && ((redemption: Redemption) => source.requestRedemption(redemption));
    if (!(await this.#submission.send(requested, write))) return;
    this.#host.dispatchEvent(new RedemptionRequestedEvent(requested.id, benefit));
  }
}
