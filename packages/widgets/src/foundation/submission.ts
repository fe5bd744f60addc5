import type { LitElement, ReactiveController } from 'lit';

/** `asking`: a step before it is open. `sending`: on its way to the device, or to the page. */
type Step = 'closed' | 'asking' | 'sending';

/** Where the focus goes: to the step that opened, back to what opened it, or to what came of it. */
export type Place = 'step' | 'opener' | 'outcome';

/**
 * A record that the customer sends to the bank: written once, on this device first. Until the bank
 * confirms or refuses it, it is pending.
 */
export class Submission<T extends { readonly id: string }> implements ReactiveController {
  readonly #host: LitElement;
  readonly #selectorOf: (place: Place) => string;
  #step: Step = 'closed';
  #sent: T | null = null;
  #failed: T | null = null;
  /** Whether the source shows what was sent; null before it first did. */
  #shown: boolean | null = null;
  #focus: Place | null = null;

  constructor(host: LitElement, selectorOf: (place: Place) => string) {
    this.#host = host;
    this.#selectorOf = selectorOf;
    host.addController(this);
  }

  get step(): Step {
    return this.#step;
  }

  /** What was sent last; null before. */
  get sent(): T | null {
    return this.#sent;
  }

  /** What could not be written on this device. */
  get failed(): T | null {
    return this.#failed;
  }

  /** What lies on the device and wasn't shown by the source yet, which may not be able to. */
  get unseen(): T | null {
    return this.#step === 'closed' && this.#shown === null ? this.#sent : null;
  }

  /** Whether the bank took it back from the device, which it does with what it doesn't keep. */
  get refused(): boolean {
    return this.#step === 'closed' && this.#shown === false;
  }

  /** Looks for it in what the source, or the page, shows. */
  follow(records: readonly T[]): void {
    const id = this.#sent?.id;
    const isShown = records.some((one) => one.id === id);
    if (isShown && this.#step === 'sending') this.#go('closed', 'outcome');
    if (isShown || this.#shown !== null) this.#shown = isShown;
  }

  open(): void {
    this.reset();
    this.#go('asking', 'step');
  }

  cancel(): void {
    this.#failed = null;
    this.#go('closed', 'opener');
  }

  /**
   * Sends a record by `write`, which resolves when it lies on the device; null leaves that to the page,
   * whose data shows it then. Resolves to whether it was sent.
   */
  async send(record: T, write: ((record: T) => Promise<void>) | null): Promise<boolean> {
    const [step, sent] = [this.#step, this.#sent];
    this.#sent = record;
    this.#failed = null;
    this.#shown = null;
    // Where no step is open, what was pressed folds: the focus waits for what comes of it.
    this.#go('sending', step === 'closed' ? null : 'step');
    if (write === null) return true;
    try {
      await write(record);
      if (this.#sent === record) this.#go('closed', 'outcome');
      return true;
    } catch {
      if (this.#sent !== record) return false;
      this.#sent = sent;
      this.#failed = record;
      this.#go(step, 'step');
      return false;
    }
  }

  /** Forgets all: it is about something else now. */
  reset(): void {
    this.#step = 'closed';
    this.#sent = null;
    this.#failed = null;
    this.#shown = null;
    this.#focus = null;
  }

  hostUpdated(): void {
    if (this.#focus === null) return;
    const all = this.#host.renderRoot.querySelectorAll<HTMLElement>(this.#selectorOf(this.#focus));
    const found = [...all].find((one) => one.getClientRects().length > 0);
    if (found === undefined) return;
    this.#focus = null;
    found.focus();
  }

  #go(step: Step, focus: Place | null): void {
    this.#step = step;
    this.#focus = focus;
    this.#host.requestUpdate();
  }
}
