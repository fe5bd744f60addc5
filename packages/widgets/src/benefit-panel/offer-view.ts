import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import type { Localized, Offer } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { heading } from '../foundation/heading.js';
import { icon } from '../foundation/icon.js';
import { isolated } from '../foundation/isolated.js';
import { note, solid, status, unseen, withAmounts } from '../foundation/text.js';
import type { Language } from '../messages/language.js';
import type { OfferAnswers } from './offer-answers.js';
import { OFFER_ANSWERS, shownOffers } from './offers.js';
import type { ShownOffer } from './offers.js';

export interface OfferFacts {
  answers: OfferAnswers;
  language: Language;
}

export interface OffersFacts extends OfferFacts {
  /** Whether the customer wants no suggestions. */
  off: boolean;
  today: string;
  /** Offers at most. */
  most: number;
  headingLevel: number;
}

/** The last group of the panel: what the bank suggests, or that it suggests nothing. */
export function offersView(facts: OffersFacts): unknown {
  const { off, answers, today, most, headingLevel, language } = facts;
  const { offers, refusalOf } = answers;
  const shown = off ? [] : shownOffers(offers, { today, most, refusalOf });
  if (!off && shown.length === 0) return nothing;
  return html`<section class="kind offers">
    ${heading(headingLevel, html`${icon('info')}<span>${language.say('offer.title')}</span>`)}
    ${
      off
        ? html`<p class="small muted off">${language.say('offer.off')}</p>`
        : html`<ul class="rows">
            ${shown.map(
              (one) =>
                html`<li class="offer" tabindex="-1" ?data-focus=${answers.isFocused(one.offer.id)}>
                  ${one.state === 'open' ? openOffer(one.offer, facts) : foldedOffer(one, facts)}
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

/** What the bank made of the last answer of this page, for those who don't see the row change. */
export function offerOutcome({ last, outcome }: OfferAnswers, language: Language): string {
  if (last === null || outcome === null) return '';
  const word = language.say(outcome === 'refused' ? 'offer.refused' : 'benefit.confirmed');
  return language.say('benefit.answer', { name: localize(last.title, language.locale), word });
}

function openOffer(offer: Offer, { answers, language }: OfferFacts): TemplateResult {
  const { id, title, product, reason, interest, expiresOn } = offer;
  const isSending = answers.isSending(id);
  const name = localize(title, language.locale);
  const text = (words: Localized) => withAmounts(localize(words, language.locale));
  return html`<p class="name">${isolated(name)}</p>
    <dl class="terms small">
      ${term(language.say('offer.product'), text(product))}
      ${term(language.say('offer.reason'), text(reason))}
      ${term(language.say('offer.interest'), text(interest))}
      ${
        expiresOn === null
          ? nothing
          : term(language.say('offer.lastDay'), solid(fullDate(expiresOn, language.locale)))
      }
    </dl>
    ${
      answers.failedFor(id)
        ? html`<div role="alert">
            ${note('alert', html`<p>${language.say('benefit.saveFailed')}</p>`, 'negative')}
          </div>`
        : nothing
    }
    <div class="acts" aria-busy=${isSending ? 'true' : nothing}>
      ${OFFER_ANSWERS.map(
        (answer) =>
          html`<button
            type="button"
            class="button"
            ?data-guarded=${answer === 'INTERESTED'}
            ?disabled=${isSending}
            @click=${() => void answers.answer(offer, answer)}
          >
            <span
              >${language.say(`offer.answer.${answer}`)}${unseen(
                html`${language.locale === 'en' ? ': ' : '：'}${isolated(name)}`,
              )}</span
            >
          </button>`,
      )}
    </div>
    <p class="fine">${language.say('offer.once')}</p>`;
}

/** What was answered, in a line, and where that stands. */
function foldedOffer({ offer, state, refusal }: ShownOffer, { language }: OfferFacts): unknown {
  const { title, feedback, feedbackAt } = offer;
  const name = localize(title, language.locale);
  // What another device answered first isn't what was refused.
  const stands = feedbackAt !== null;
  const words =
    feedback === null
      ? isolated(name)
      : language.say('offer.answered', {
          title: name,
          answer: language.say(`offer.answer.${feedback}`),
        });
  return html`<div class="told">
    <span>${words}</span> ${standing(stands ? 'confirmed' : state, language)}
    ${
      state === 'pending'
        ? html`<span class="small muted">${language.say('benefit.pendingLine')}</span>`
        : nothing
    }
    ${
      state === 'refused'
        ? html`<span class="small muted"
            >${language.say('offer.refusedWhat', { why: language.say(refusalKey(refusal)) })}</span
          >`
        : nothing
    }
  </div>`;
}

function standing(state: ShownOffer['state'], language: Language): unknown {
  switch (state) {
    case 'pending':
      return status('clock', language.say('benefit.pending'), 'notice');
    case 'refused':
      return status('close', language.say('offer.refused'), 'negative');
    default:
      return status('check-circle', language.say('benefit.confirmed'), 'positive');
  }
}

/** Words for a code of `OFFER_REJECTS`, or of the store, where another device or tab was first. */
function refusalKey(code: string | null) {
  switch (code) {
    case 'already_answered':
    case 'already_submitted':
    case 'conflict':
      return 'offer.refusal.already_answered';
    case 'expired':
      return 'offer.refusal.expired';
    default:
      return 'benefit.reason.other';
  }
}

function term(name: string, words: unknown): TemplateResult {
  return html`<div class="term">
    <dt>${name}</dt>
    <dd>${words}</dd>
  </div>`;
}
