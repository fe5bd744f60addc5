import { daysAfter, REDEMPTION_DAYS, shanghaiDate } from '@liyu/model';
import type { Case, Offer, Redemption, Survey } from '@liyu/model';
import { FakeSource } from '../../packages/widgets/src/fixtures/fake-source.testing.js';
import type { Records } from '@liyu/widgets';

/** Puts records into a source, as a server would. */
export type Fill = (source: StorySource) => void;
export type MakeSource = () => StorySource;

/** How long the bank of the stories takes to answer. */
const ANSWER_MS = 900;
/** Days within which it answers a case. */
const ANSWER_DAYS = 15;

/**
 * The source of a story: the one of the tests, with a bank behind it that answers after a moment.
 * What is asked for again arrives, and what is submitted is received, unless it is offline.
 */
export class StorySource extends FakeSource {
  readonly #fill: Fill;

  constructor(fill: Fill) {
    super();
    this.#fill = fill;
  }

  /** What it holds from the beginning. */
  fill(): this {
    this.#fill(this);
    return this;
  }

  override retry(): void {
    super.retry();
    for (const name of new Set(this.asked)) this.set(name, { state: 'loading' });
    setTimeout(() => this.fill(), ANSWER_MS);
  }

  override async submitSurvey(survey: Survey): Promise<void> {
    await super.submitSurvey(survey);
    if (this.status.offline) this.setStatus({ pending: this.status.pending + 1 });
    else setTimeout(() => this.#receive(survey), ANSWER_MS);
  }

  override async openCase(opened: Case): Promise<void> {
    await super.openCase(opened);
    if (this.status.offline) this.setStatus({ pending: this.status.pending + 1 });
    else setTimeout(() => this.#take(opened), ANSWER_MS);
  }

  override async requestRedemption(redemption: Redemption): Promise<void> {
    await super.requestRedemption(redemption);
    if (this.status.offline) this.setStatus({ pending: this.status.pending + 1 });
    else setTimeout(() => this.#grant(redemption), ANSWER_MS);
  }

  override async answerOffer(answered: Offer): Promise<void> {
    await super.answerOffer(answered);
    if (this.status.offline) this.setStatus({ pending: this.status.pending + 1 });
    else setTimeout(() => this.#note(answered), ANSWER_MS);
  }

  #note(answered: Offer): void {
    this.set('offers', [{ ...answered, feedbackAt: new Date().toISOString() }]);
  }

  #grant(redemption: Redemption): void {
    const decidedAt = new Date().toISOString();
    const validUntil = daysAfter(shanghaiDate(decidedAt), REDEMPTION_DAYS);
    const granted = { state: 'confirmed', code: '7K2P', decidedAt, validUntil } as const;
    this.set('redemptions', [{ ...redemption, ...granted }]);
  }

  #take(opened: Case): void {
    const receivedAt = new Date().toISOString();
    const dueOn = daysAfter(shanghaiDate(receivedAt), ANSWER_DAYS);
    this.set('cases', [{ ...opened, receivedAt, dueOn, receipt: 'FH20261126-0042' }]);
  }

  #receive(survey: Survey): void {
    const receipt = survey.state === 'submitted' ? 'DC20261122-0093' : null;
    this.set('surveys', [{ ...survey, receivedAt: new Date().toISOString(), receipt }]);
  }
}

type Names = readonly (keyof Records)[];

/** A source that holds the records from the beginning. */
export function holding(fill: Fill): MakeSource {
  return () => new StorySource(fill).fill();
}

/** A source whose records never arrive. */
export function waiting(): MakeSource {
  return () => new StorySource(() => undefined);
}

/** A source that has nothing of `names`. */
export function without(...names: Names): MakeSource {
  return holding((source) => {
    for (const name of names) source.set(name, []);
  });
}

/** A source that could fetch none of `names`; asked again, it gives what `fill` says. */
export function failing(names: Names, fill: Fill): MakeSource {
  return () => {
    const source = new StorySource(fill);
    for (const name of names) source.set(name, { state: 'error', code: 'network' });
    return source;
  };
}

/** A source for a page on which nobody is signed in. */
export function signedOut(...names: Names): MakeSource {
  return holding((source) => {
    for (const name of names) source.set(name, { state: 'signedOut' });
  });
}

/** A source that shows what is stored while the endpoint can't be reached. */
export function offline(fill: Fill): MakeSource {
  return holding((source) => {
    fill(source);
    source.setStatus({ offline: true });
  });
}
