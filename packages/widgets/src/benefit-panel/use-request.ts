import type { LitElement } from 'lit';
import { newRedemption } from '@liyu/model';
import type { Redemption } from '@liyu/model';
import type { Source } from '../source.js';
import { RedemptionRequestedEvent } from './benefit-panel.events.js';
import { PressGuard } from './press-guard.js';

/** `asking`: the second step is open. `sending`: on its way to the device, or to the page. */
type Step = 'closed' | 'asking' | 'sending';

type Target = 'question' | 'use' | 'outcome';

/** What a request has to know. */
export interface UseFacts {
  customer: string;
  /** Requests that are known; null while they aren't, or can't be, read. */
  redemptions: readonly Redemption[] | null;
  source: Source | null;
}

/**
 * Asks for one benefit at a time, in two steps: the customer says which, reads what it costs, and says
 * it again. Written once, on this device first; the server decides.
 */
export class UseRequest {
  readonly #guard = new PressGuard();
  readonly #host: LitElement;
  #facts: UseFacts | null = null;
  #step: Step = 'closed';
  /** The benefit of the step that is open, or of the last request. */
  #benefit: string | null = null;
  #failed = false;
  #requested: Redemption | null = null;
  /** Whether the source, or the page, has shown what was requested. */
  #seen = false;
  #refused = false;
  #focus: { target: Target; benefit: string } | null = null;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** The last request that was made here; null before. */
  get requested(): Redemption | null {
    return this.#requested;
  }

  /** The last request that was made here, once the bank has decided on it. */
  get answer(): Redemption | null {
    const id = this.#requested?.id;
    const found = this.#facts?.redemptions?.find((one) => one.id === id) ?? null;
    return found === null || found.state === 'pending' ? null : found;
  }

  /** Whether benefits can be asked for at all. */
  get possible(): boolean {
    return this.#facts !== null && this.#facts.redemptions !== null;
  }

  /** Where the request for a benefit stands. */
  stepOf(benefit: string): Step {
    return benefit === this.#benefit ? this.#step : 'closed';
  }

  /** Whether the request for a benefit could not be written on this device. */
  failedFor(benefit: string): boolean {
    return this.#failed && benefit === this.#benefit;
  }

  /** Whether the bank took the request back from the device, which it does with what it doesn't keep. */
  refusedFor(benefit: string): boolean {
    return this.#refused && benefit === this.#benefit;
  }

  follow(facts: UseFacts): void {
    if (facts.customer !== this.#facts?.customer) this.#startAnew();
    this.#facts = facts;
    const requested = this.#requested;
    if (requested === null || facts.redemptions === null) return;
    if (facts.redemptions.some(({ id }) => id === requested.id)) {
      this.#seen = true;
      if (this.#step === 'sending') this.#close('outcome');
    } else if (this.#seen && this.#step === 'closed') {
      this.#refused = true;
    }
  }

  /** The first step. */
  ask(benefit: string): void {
    if (!this.possible || this.#step === 'sending') return;
    this.#startAnew();
    this.#benefit = benefit;
    this.#step = 'asking';
    this.#focusOn('question');
  }

  cancel(): void {
    this.#close('use');
  }

  /** The second step: writes the request, or leaves that to the page where there is no source. */
  async confirm(): Promise<void> {
    const benefit = this.#benefit;
    if (this.#facts === null || benefit === null || this.#step !== 'asking') return;
    if (!this.#guard.open) return;
    const { customer, source } = this.#facts;
    const requested = newRedemption({ customer, benefit });
    this.#requested = requested;
    this.#step = 'sending';
    this.#failed = false;
    this.#focusOn('question');
    if (source !== null) {
      try {
        await source.requestRedemption(requested);
      } catch {
        this.#requested = null;
        this.#failed = true;
        this.#step = 'asking';
        this.#focusOn('question');
        return;
      }
      this.#close('outcome');
    }
    this.#host.dispatchEvent(new RedemptionRequestedEvent(requested.id, benefit));
  }

  /** After an update: watches the button of the second step, and puts the focus where one goes on. */
  rendered(): void {
    const root = this.#host.renderRoot;
    this.#guard.watch(root.querySelector('.confirm'));
    if (this.#focus === null) return;
    const { target, benefit } = this.#focus;
    const found = [...root.querySelectorAll<HTMLElement>(`.${target}-of`)].find(
      (one) => one.dataset.benefit === benefit && one.getClientRects().length > 0,
    );
    if (found === undefined) return;
    this.#focus = null;
    found.focus();
  }

  /** The widget left the page. */
  pause(): void {
    this.#guard.watch(null);
  }

  #close(target: Target): void {
    this.#step = 'closed';
    this.#failed = false;
    this.#focusOn(target);
  }

  #focusOn(target: Target): void {
    this.#focus = this.#benefit === null ? null : { target, benefit: this.#benefit };
    this.#host.requestUpdate();
  }

  #startAnew(): void {
    this.#step = 'closed';
    this.#benefit = null;
    this.#failed = false;
    this.#refused = false;
    this.#requested = null;
    this.#seen = false;
    this.#focus = null;
  }
}
