import type { LitElement } from 'lit';
import { newCase } from '@liyu/model';
import type { Assessment, Case } from '@liyu/model';
import { newest } from '../foundation/newest.js';
import type { Source } from '../source.js';
import { CaseOpenedEvent } from './tier-journey.events.js';

/** `closed`: a button. `asking`: the form is open. `sending`: on its way to the device, or to the page. */
type ReviewState = 'closed' | 'asking' | 'sending';

type Target = 'form' | 'outcome' | 'button';
const TARGETS: Readonly<Record<Target, string>> = {
  form: '.review textarea',
  outcome: '.review-outcome',
  button: '.ask-review',
};

/** Longest text of a case. */
export const LONGEST = 2000;

/** What a request has to know. */
export interface ReviewFacts {
  assessment: Assessment;
  cases: readonly Case[];
  source: Source | null;
}

/** Asks a person to review an assessment: one case, written once, on this device first. */
export class Review {
  readonly #host: LitElement;
  #facts: ReviewFacts | null = null;
  #state: ReviewState = 'closed';
  #text = '';
  #failed = false;
  #refused = false;
  #opened: Case | null = null;
  /** Whether it lies on this device. */
  #written = false;
  /** Whether the source has shown what was opened here. */
  #seen = false;
  #focus: Target | null = null;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** What was opened here; null before. */
  get opened(): Case | null {
    return this.#opened;
  }

  get state(): ReviewState {
    return this.#state;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether it could not be written on this device. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Whether the bank took it back from the device, which it does with what it refuses. */
  get refused(): boolean {
    return this.#refused;
  }

  /** The review of this assessment that is known, the latest; null without one that stands. */
  get current(): Case | null {
    if (this.#facts === null) return null;
    const { assessment, cases } = this.#facts;
    const about = cases.filter((one) => one.kind === 'review' && one.about === assessment.id);
    const found = newest(about, ({ openedAt }) => openedAt);
    if (found !== null && found.state !== 'WITHDRAWN') return found;
    // The source may not be able to show cases, and has it all the same.
    return this.#written && !this.#seen ? this.#opened : null;
  }

  follow(facts: ReviewFacts): void {
    if (facts.assessment.id !== this.#facts?.assessment.id) this.#startAnew();
    this.#facts = facts;
    const opened = this.#opened;
    if (opened === null) return;
    const isThere = facts.cases.some(({ id }) => id === opened.id);
    if (isThere) {
      this.#seen = true;
      this.#refused = false;
      if (this.#state === 'sending') this.#state = 'closed';
    } else if (this.#seen && this.#state === 'closed') {
      this.#refused = true;
    }
  }

  ask(): void {
    this.#state = 'asking';
    this.#refused = false;
    this.#seen = false;
    this.#written = false;
    this.#moveFocus('form');
  }

  cancel(): void {
    this.#state = 'closed';
    this.#failed = false;
    this.#moveFocus('button');
  }

  write(text: string): void {
    this.#text = text;
  }

  /** Writes the case, or leaves that to the page where there is no source. */
  async send(): Promise<void> {
    if (this.#facts === null || this.#state !== 'asking') return;
    const { assessment, source } = this.#facts;
    const opened = reviewOf(assessment, this.#text.trim());
    this.#opened = opened;
    this.#seen = false;
    this.#state = 'sending';
    this.#failed = false;
    this.#moveFocus('outcome');
    if (source !== null) {
      try {
        await source.openCase(opened);
      } catch {
        this.#state = 'asking';
        this.#failed = true;
        this.#opened = null;
        this.#focus = null;
        this.#host.requestUpdate();
        return;
      }
      this.#written = true;
      this.#state = 'closed';
    }
    this.#text = '';
    this.#host.dispatchEvent(new CaseOpenedEvent(opened.id, opened.kind));
    this.#host.requestUpdate();
  }

  /** After an update: puts the focus where the customer goes on. */
  moveFocus(): void {
    if (this.#focus === null) return;
    const target = this.#host.renderRoot.querySelector<HTMLElement>(TARGETS[this.#focus]);
    if (target === null) return;
    this.#focus = null;
    target.focus();
  }

  #moveFocus(target: Target): void {
    this.#focus = target;
    this.#host.requestUpdate();
  }

  #startAnew(): void {
    this.#state = 'closed';
    this.#text = '';
    this.#failed = false;
    this.#refused = false;
    this.#opened = null;
    this.#written = false;
    this.#seen = false;
    this.#focus = null;
  }
}

function reviewOf({ customer, id }: Assessment, text: string): Case {
  return newCase({ customer, kind: 'review', about: id, text });
}
