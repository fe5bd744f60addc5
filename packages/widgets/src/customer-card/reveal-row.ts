import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../foundation/icon.js';
import { unseen } from '../foundation/text.js';
import type { StaffLanguage } from '../messages/staff-language.js';
import type { RevealedField, StaffSource } from '../source.js';
import { REASONS, SHOWN_SECONDS } from './reveals.js';
import type { Asking, Reason, Reveals } from './reveals.js';

/** Where masked fields can be shown in the clear. */
export interface Revealing {
  reveals: Reveals;
  /** Null where the page gave the data, or the source doesn't serve staff. */
  staff: StaffSource | null;
  customer: string;
  offline: boolean;
  language: StaffLanguage;
}

interface Row {
  field: RevealedField;
  /** The masked value; null when the bank has none. */
  masked: unknown;
  /** The value in the clear as it is read. */
  clear: (value: string) => unknown;
  aside?: unknown;
}

const FEWEST = 2;
const MOST = 200;

/**
 * A masked field, with a way to see it in the clear. Mask and value never stand in the document
 * together, and the value is text alone, never in an attribute.
 */
export function revealRow(
  revealing: Revealing,
  { field, masked, clear, aside = nothing }: Row,
): TemplateResult {
  const { reveals, language } = revealing;
  const shown = reveals.shown(field);
  const asking = reveals.asking?.field === field ? reveals.asking : null;
  const value =
    masked === null
      ? html`<span class="muted">${language.say('staff.unknown')}</span>`
      : shown === undefined
        ? html`<span>${masked}</span>${aside}${revealButton(revealing, field, asking !== null)}`
        : html`<span class="clear" tabindex="-1"
              >${shown.value === null ? language.say('staff.noValue') : clear(shown.value)}</span
            >${aside}${hideButton(revealing, field)}`;
  return html`<div class="fact ${asking === null ? '' : 'asking'}" data-field=${field}>
    <dt>${fieldName(field, language)}</dt>
    <dd>${value}</dd>
    ${asking === null ? nothing : html`<dd class="ask">${reasonForm(revealing, asking)}</dd>`}
  </div>`;
}

function fieldName(field: RevealedField, language: StaffLanguage): string {
  return language.say(`staff.${field}`);
}

function revealButton(
  { reveals, staff, offline, language }: Revealing,
  field: RevealedField,
  open: boolean,
): unknown {
  if (staff === null) return nothing;
  return html`<button
    type="button"
    class="link reveal"
    aria-expanded=${open ? 'true' : 'false'}
    ?disabled=${offline && !open}
    @click=${() => reveals.ask(field)}
  >
    ${icon('eye')}<span
      >${language.say(offline ? 'staff.needsNetwork' : 'staff.reveal')}${unseen(
        ` ${fieldName(field, language)}`,
      )}</span
    >
  </button>`;
}

function hideButton({ reveals, language }: Revealing, field: RevealedField): TemplateResult {
  return html`<span class="small muted until"
      >${language.say('staff.hidesIn', { n: SHOWN_SECONDS })}</span
    ><button type="button" class="link" @click=${() => reveals.hide(field)}>
      ${icon('eye-off')}<span
        >${language.say('staff.hide')}${unseen(` ${fieldName(field, language)}`)}</span
      >
    </button>`;
}

function reasonForm(revealing: Revealing, asking: Asking): TemplateResult {
  const { reveals, language } = revealing;
  const { field, fault, sending } = asking;
  const own = asking.reason === 'OTHER';
  return html`<form
    class="note"
    aria-busy=${sending ? 'true' : nothing}
    @submit=${(event: Event) => submit(event, revealing)}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      reveals.cancel();
    }}
  >
    <label for="reason-${field}"
      >${language.say('staff.why', { field: fieldName(field, language) })}</label
    >
    <select
      id="reason-${field}"
      name="reason"
      required
      aria-describedby="recorded-${field}"
      aria-invalid="false"
      @invalid=${showFault}
      @change=${(event: Event) => {
        showFault(event);
        reveals.choose(((event.target as HTMLSelectElement).value || null) as Reason | null);
      }}
    >
      <option value="">${language.say('staff.choice')}</option>
      ${REASONS.map(
        (reason) =>
          html`<option value=${reason}>${language.say(`staff.reason.${reason}`)}</option>`,
      )}
    </select>
    ${own ? ownReason(field, language) : nothing}
    <p class="fine" id="recorded-${field}">${language.say('staff.recorded')}</p>
    <div role="alert">
      ${
        fault === null
          ? nothing
          : html`<p class="fault">
              ${icon('alert')}<span>${language.say(`staff.fault.${fault}`)}</span>
            </p>`
      }
    </div>
    <div class="acts">
      <button class="button primary" aria-disabled=${sending ? 'true' : nothing}>
        ${language.say(sending ? 'staff.sending' : 'staff.reveal')}
      </button>
      <button type="button" class="link" @click=${() => reveals.cancel()}>
        ${language.say('staff.cancel')}
      </button>
    </div>
  </form>`;
}

function ownReason(field: RevealedField, language: StaffLanguage): TemplateResult {
  return html`<label for="own-${field}"
      >${language.say('staff.ownReason')}<span class="fine" id="length-${field}"
        >${language.say('staff.reasonLength')}</span
      ></label
    >
    <input
      id="own-${field}"
      name="own"
      required
      minlength=${FEWEST}
      maxlength=${MOST}
      autocomplete="off"
      aria-describedby="length-${field}"
      aria-invalid="false"
      @invalid=${showFault}
      @input=${(event: Event) => {
        checkLength(event.target as HTMLInputElement, language);
        showFault(event);
      }}
    />`;
}

/** A field that is still empty isn't called wrong before it has been submitted or changed. */
function showFault(event: Event): void {
  const { validity } = event.target as HTMLSelectElement | HTMLInputElement;
  (event.target as Element).setAttribute('aria-invalid', String(!validity.valid));
}

/** Spaces around a reason don't count, as the server sees it. */
function checkLength(input: HTMLInputElement, language: StaffLanguage): void {
  const blank = input.value !== '' && input.value.trim().length < FEWEST;
  input.setCustomValidity(blank ? language.say('staff.reasonLength') : '');
}

/** Only a form that the browser found valid comes here. */
function submit(event: Event, { reveals, staff, customer, language }: Revealing): void {
  event.preventDefault();
  const reason = reveals.asking?.reason ?? null;
  if (staff === null || reason === null) return;
  const own = new FormData(event.target as HTMLFormElement).get('own');
  const words = typeof own === 'string' ? own.trim() : language.say(`staff.reason.${reason}`);
  void reveals.submit({ staff, customer, reason: words });
}
