import type { LitElement } from 'lit';
import { newCase } from '@liyu/model';
import type { Assessment, Case } from '@liyu/model';
import { newest } from '../foundation/newest.js';
import { Submission } from '../foundation/submission.js';
import type { Place } from '../foundation/submission.js';
import type { Source } from '../source.js';
import { CaseOpenedEvent } from './tier-journey.events.js';

const PLACES: Readonly<Record<Place, string>> = {
  step: '.review textarea',
  opener: '.ask-review',
  outcome: '.review-outcome',
};

/** Longest text of a case. */
export const LONGEST = 2000;

/** What a request has to know. */
export interface ReviewFacts {
  assessment: Assessment;
  cases: readonly Case[];
  source: Source | null;
}

/** Asks a person to review an assessment: one case. */
export class Review {
  readonly #host: LitElement;
  readonly #submission: Submission<Case>;
  #facts: ReviewFacts | null = null;
  #text = '';

  constructor(host: LitElement) {
    this.#host = host;
    this.#submission = new Submission(host, (place) => PLACES[place]);
  }

  /** What was opened here; null before. */
  get opened(): Case | null {
    return this.#submission.sent;
  }

  get step() {
    return this.#submission.step;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether it could not be written on this device. */
  get failed(): boolean {
    return this.#submission.failed !== null;
  }

  /** Whether the bank took it back from the device. */
  get refused(): boolean {
    return this.#submission.refused;
  }

  /** The review of this assessment that is known, the latest; null without one that stands. */
  get current(): Case | null {
    if (this.#facts === null) return null;
    const { assessment, cases } = this.#facts;
    const about = cases.filter((one) => one.kind === 'review' && one.about === assessment.id);
    const found = newest(about, ({ openedAt }) => openedAt);
    return found !== null && found.state !== 'WITHDRAWN' ? found : this.#submission.unseen;
  }

  follow(facts: ReviewFacts): void {
    if (facts.assessment.id !== this.#facts?.assessment.id) {
      this.#submission.reset();
      this.#text = '';
    }
    this.#facts = facts;
    this.#submission.follow(facts.cases);
  }

  ask(): void {
    this.#submission.open();
  }

  cancel(): void {
    this.#submission.cancel();
  }

  write(text: string): void {
    this.#text = text;
  }

  /** Writes the case, or leaves that to the page where there is no source. */
  async send(): Promise<void> {
    if (this.#facts === null || this.step !== 'asking') return;
    const { assessment, source } = this.#facts;
    const { customer, id: about } = assessment;
    const opened = newCase({ customer, kind: 'review', about, text: this.#text.trim() });
    const write = source && ((review: Case) => source.openCase(review));
    if (!(await this.#submission.send(opened, write))) return;
    this.#text = '';
    this.#host.dispatchEvent(new CaseOpenedEvent(opened.id, opened.kind));
  }
}
