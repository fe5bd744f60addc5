import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Revealed, RevealedField, StaffSource } from '../source.js';

/** How long a value in the clear stays, in seconds. */
export const SHOWN_SECONDS = 30;

export const REASONS = ['VERIFY', 'CONTACT', 'CARE', 'COMPLAINT', 'OTHER'] as const;
export type Reason = (typeof REASONS)[number];
export type Fault = Extract<Revealed, { fault: string }>['fault'];

/** The question that is open: for one field, why it should be shown. */
export interface Asking {
  field: RevealedField;
  /** Null until one is chosen. */
  reason: Reason | null;
  /** Whether the server is being asked. */
  sending: boolean;
  fault: Fault | null;
}

/** What the server is asked for. */
export interface Wanted {
  staff: StaffSource;
  customer: string;
  /** In words, as it is kept. */
  reason: string;
}

type Host = ReactiveControllerHost & HTMLElement;
type Target = 'form' | 'value' | 'button';

const TARGETS: Readonly<Record<Target, string>> = {
  form: 'select',
  value: '.clear',
  button: '.reveal',
};

/**
 * Values in the clear, which are kept here alone and only for a while: until their time is over,
 * someone hides them, the tab is out of sight, or the host is taken out or shows someone else.
 */
export class Reveals implements ReactiveController {
  readonly #host: Host;
  readonly #shown = new Map<RevealedField, { value: string | null; timer: number }>();
  #asking: Asking | null = null;
  /** Which asking is the present one: an answer to an earlier one shows nothing. */
  #turn = 0;
  #focus: { field: RevealedField; target: Target } | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get asking(): Asking | null {
    return this.#asking;
  }

  /** The value of a field that is shown; undefined of one that is masked. */
  shown(field: RevealedField): { value: string | null } | undefined {
    return this.#shown.get(field);
  }

  /** Asks why `field` should be shown; asked again it takes the question back. */
  ask(field: RevealedField): void {
    if (this.#asking?.field === field) {
      this.cancel();
      return;
    }
    this.#turn++;
    this.#asking = { field, reason: null, sending: false, fault: null };
    this.#moveFocus(field, 'form');
  }

  choose(reason: Reason | null): void {
    if (this.#asking !== null) this.#change({ reason });
  }

  cancel(): void {
    const field = this.#asking?.field;
    this.#turn++;
    this.#asking = null;
    if (field !== undefined) this.#moveFocus(field, 'button');
  }

  async submit({ staff, customer, reason }: Wanted): Promise<void> {
    const asking = this.#asking;
    if (asking === null || asking.sending) return;
    const turn = ++this.#turn;
    this.#change({ sending: true, fault: null });
    const answer = await staff.reveal(customer, asking.field, reason);
    if (turn !== this.#turn) return;
    if ('fault' in answer) {
      this.#change({ sending: false, fault: answer.fault });
      return;
    }
    this.#asking = null;
    this.#show(asking.field, answer.value);
  }

  /** Masks a field again; whoever was there finds themselves at its button. */
  hide(field: RevealedField): void {
    const shown = this.#shown.get(field);
    if (shown === undefined) return;
    const within = this.#host.shadowRoot?.activeElement?.closest(`[data-field="${field}"]`);
    clearTimeout(shown.timer);
    this.#shown.delete(field);
    if (within == null) this.#host.requestUpdate();
    else this.#moveFocus(field, 'button');
  }

  /** Masks everything and takes the question back: another customer is about to be shown, or nobody. */
  forget(): void {
    this.#turn++;
    for (const { timer } of this.#shown.values()) clearTimeout(timer);
    if (this.#shown.size === 0 && this.#asking === null) return;
    this.#shown.clear();
    this.#asking = null;
    this.#focus = null;
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
    window.addEventListener('pagehide', this.#hideAll);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    window.removeEventListener('pagehide', this.#hideAll);
    this.forget();
  }

  hostUpdated(): void {
    if (this.#focus === null) return;
    const { field, target } = this.#focus;
    this.#focus = null;
    const row = this.#host.shadowRoot?.querySelector(`[data-field="${field}"]`);
    row?.querySelector<HTMLElement>(TARGETS[target])?.focus();
  }

  #show(field: RevealedField, value: string | null): void {
    const timer = window.setTimeout(() => this.hide(field), SHOWN_SECONDS * 1000);
    this.#shown.set(field, { value, timer });
    this.#moveFocus(field, 'value');
  }

  #change(change: Partial<Asking>): void {
    this.#asking = { ...this.#asking!, ...change };
    this.#host.requestUpdate();
  }

  #moveFocus(field: RevealedField, target: Target): void {
    this.#focus = { field, target };
    this.#host.requestUpdate();
  }

  readonly #onVisibility = (): void => {
    if (document.visibilityState === 'hidden') this.#hideAll();
  };

  /** What is being written stays; an answer that is on its way shows nothing any more. */
  readonly #hideAll = (): void => {
    for (const field of [...this.#shown.keys()]) this.hide(field);
    if (this.#asking?.sending !== true) return;
    this.#turn++;
    this.#change({ sending: false });
  };
}
