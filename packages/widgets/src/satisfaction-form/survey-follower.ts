import type { ReactiveControllerHost } from 'lit';
import type { Survey } from '@liyu/model';
import type { Rejection, Source } from '../source.js';
import { draftKey } from './draft.js';

/**
 * Follows what a source keeps beside a survey: the draft, read once, and the last refusal. Starts
 * anew for another survey or another source.
 */
export class SurveyFollower {
  readonly #host: ReactiveControllerHost;
  #source: Source | null = null;
  #surveyId: string | null = null;
  #stop: (() => void) | null = null;
  #stored: { draft: unknown } | null = null;
  #rejection: Rejection<Survey> | null = null;
  /** Called for each refusal that arrives. */
  readonly #refused: () => void;

  constructor(host: ReactiveControllerHost, refused: () => void) {
    this.#host = host;
    this.#refused = refused;
  }

  get rejection(): Rejection<Survey> | null {
    return this.#rejection;
  }

  /** Whether the draft has been read. */
  get hasRead(): boolean {
    return this.#stored !== null;
  }

  /** The draft as it was stored; null of none. */
  get stored(): unknown {
    return this.#stored?.draft ?? null;
  }

  /**
   * Follows `survey` in `source`, until `pause`. True when it is another survey than before, so that
   * what was typed belongs to another one.
   */
  follow(source: Source | null, survey: Survey): boolean {
    const another = survey.id !== this.#surveyId;
    if (another || source !== this.#source) {
      this.pause();
      this.#source = source;
      this.#surveyId = survey.id;
      this.#stored = null;
      this.#rejection = null;
      if (source !== null) void this.#read(source, survey);
    }
    if (this.#stop === null && source !== null) this.#watch(source, survey.id);
    return another;
  }

  /** Stops watching; what is known stays. */
  pause(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #watch(source: Source, surveyId: string): void {
    this.#stop = source.watchRejection('surveys', surveyId, (rejection) => {
      this.#rejection = rejection;
      if (rejection !== null) this.#refused();
      this.#host.requestUpdate();
    });
  }

  async #read(source: Source, survey: Survey): Promise<void> {
    const draft = await source.loadDraft(draftKey(survey)).catch(() => null);
    if (source !== this.#source || survey.id !== this.#surveyId) return;
    this.#stored = { draft };
    this.#host.requestUpdate();
  }
}
