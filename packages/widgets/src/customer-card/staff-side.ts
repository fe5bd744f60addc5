import { adoptStyles, supportsAdoptingStyleSheets } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { Language } from '../messages/language.js';
import { withStaffWords } from '../messages/staff-language.js';
import type { StaffLanguage } from '../messages/staff-language.js';
import { Reveals } from './reveals.js';
import { ageOfData, staffBody, staffHead } from './staff-view.js';
import type { StaffFacts } from './staff-view.js';
import { staffViewStyles } from './staff-view.styles.js';

/** What a card knows, in a language that has no words of staff yet. */
export type CardFacts = Omit<StaffFacts, 'reveals' | 'language'> & { language: Language };

/** What a card is on pages of staff, with its styles and words. The whole of it is loaded lazily. */
export class StaffSide {
  readonly #reveals: Reveals;

  /** Enters its styles into the host's shadow root, which is there once the host was connected. */
  constructor(host: LitElement) {
    this.#reveals = new Reveals(host);
    const { elementStyles } = host.constructor as typeof LitElement;
    adoptStyles(
      host.renderRoot as ShadowRoot,
      // Where sheets can't be adopted, those of the card stand in the shadow root already.
      supportsAdoptingStyleSheets ? [...elementStyles, staffViewStyles] : [staffViewStyles],
    );
  }

  head(facts: CardFacts): TemplateResult {
    return staffHead(this.#complete(facts));
  }

  body(facts: CardFacts): TemplateResult {
    return staffBody(this.#complete(facts));
  }

  age(asOf: string, today: string, language: Language): unknown[] {
    return ageOfData(asOf, today, withStaffWords(language));
  }

  say(key: 'staff.empty' | 'staff.signedOut', language: Language): string {
    return withStaffWords(language).say(key);
  }

  /** Masks everything: another customer is about to be shown, or nobody. */
  forget(): void {
    this.#reveals.forget();
  }

  #complete(facts: CardFacts): StaffFacts {
    const language: StaffLanguage = withStaffWords(facts.language);
    return { ...facts, reveals: this.#reveals, language };
  }
}
