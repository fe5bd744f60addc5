import { adoptStyles, html, nothing, supportsAdoptingStyleSheets } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { Assessment, Case, PolicyDocument } from '@liyu/model';
import { icon } from '../foundation/icon.js';
import { note } from '../foundation/text.js';
import { withJourneyWords } from '../messages/journey-language.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import type { Language } from '../messages/language.js';
import type { Source, SourceStatus } from '../source.js';
import { basisView, dataView } from './foot-view.js';
import { gainsView } from './gains-view.js';
import { headView } from './head-view.js';
import { journeyViewStyles } from './journey-view.styles.js';
import { journeyOf } from './journey.js';
import type { Journey } from './journey.js';
import { pathView } from './path-view.js';
import { Review } from './review.js';
import { reviewButton, reviewView } from './review-view.js';
import { rulerStyles } from './ruler.styles.js';
import { rungsView } from './rungs-view.js';
import { scoreView } from './score-view.js';
import { WhatIf } from './what-if.js';
import { whatIfStyles } from './what-if.styles.js';
import { whatIfView } from './what-if-view.js';
import { whyView } from './why-view.js';

const SHEETS = [journeyViewStyles, rulerStyles, whatIfStyles];

/** What a journey knows. */
export interface SideFacts {
  assessment: Assessment;
  /** Null while the rules haven't arrived. */
  policy: PolicyDocument | null;
  cases: readonly Case[];
  source: Source | null;
  status: SourceStatus | null;
  stale: boolean;
  /** Whether the next level may be proposed. */
  personalised: boolean;
  elder: boolean;
  headingLevel: number;
  retry: (() => void) | null;
}

/** All that needs the rules, with its words. The whole of it is loaded lazily. */
export class JourneySide {
  readonly #whatIf: WhatIf;
  readonly #review: Review;
  #journey: Journey | null = null;

  /** Enters its styles into the host's shadow root, which is there once the host was connected. */
  constructor(host: LitElement) {
    const { elementStyles } = host.constructor as typeof LitElement;
    adoptStyles(
      host.renderRoot as ShadowRoot,
      // Where sheets can't be adopted, those of the widget stand in the shadow root already.
      supportsAdoptingStyleSheets ? [...elementStyles, ...SHEETS] : SHEETS,
    );
    this.#whatIf = new WhatIf(host);
    this.#review = new Review(host);
  }

  /** The review that was asked for here. */
  get opened(): Case | null {
    return this.#review.opened;
  }

  /** Reckons, before each render. */
  follow(facts: SideFacts): void {
    this.#journey = journeyIn(facts);
    this.#whatIf.follow(this.#journey);
    this.#review.follow(facts);
  }

  /** The host was taken out. */
  pause(): void {
    this.#whatIf.pause();
  }

  body(facts: SideFacts, plain: Language): TemplateResult {
    const language = withJourneyWords(plain);
    const { assessment, policy, stale } = facts;
    const head = headView(assessment, policy, stale, language);
    const journey = this.#journey;
    if (journey === null) return html`${head} ${noRules(facts, language)}`;
    const level = facts.headingLevel + 1;
    return html`${head}
      <div class="pair">
        <div class="column">
          ${whyView(journey, level, language)} ${scoreView(journey, level, language)}
        </div>
        ${
          journey.goal === null
            ? nothing
            : html`<div class="column">
                ${
                  facts.personalised || journey.goal === journey.held
                    ? html`${pathView(journey, level, language)}
                      ${gainsView(journey, level, language)}`
                    : note('info', html`<p>${language.say('journey.personalisationOff')}</p>`)
                }
              </div>`
        }
      </div>
      ${facts.elder ? nothing : whatIfView(journey, this.#whatIf, level, language)}
      <div class="section ruled folded">
        ${rungsView(journey, language)} ${dataView(journey, language)}
      </div>`;
  }

  foot({ assessment, policy, status, elder }: SideFacts, plain: Language): TemplateResult {
    const language = withJourneyWords(plain);
    return html`<div class="foot" part="foot">
        ${basisView(assessment, this.#journey, language)}
        ${reviewButton(this.#review, elder, language)}
      </div>
      ${reviewView({ review: this.#review, policy, status, language })}`;
  }
}

/** Null where the rules aren't here, or aren't those of this level. */
function journeyIn({ assessment, policy }: SideFacts): Journey | null {
  if (policy === null) return null;
  const ladder = policy.files['tier-ladder'] as { rungs?: { code: string }[] } | undefined;
  const isKnown = ladder?.rungs?.some(({ code }) => code === assessment.rung) === true;
  return isKnown ? journeyOf(assessment, policy) : null;
}

function noRules({ retry }: SideFacts, language: JourneyLanguage): TemplateResult {
  return note(
    'alert',
    html`<p>${language.say('journey.noRules')}</p>
      ${
        retry === null
          ? nothing
          : html`<div class="acts">
              <button type="button" class="link" @click=${retry}>
                ${language.say('retry')}${icon('refresh')}
              </button>
            </div>`
      }`,
    'negative',
  );
}
