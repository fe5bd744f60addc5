import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import type { Assessment, Customer } from '@liyu/model';
import { fullDate } from '../foundation/calendar.js';
import { emblem } from '../foundation/emblem.js';
import { failure } from '../foundation/frame.js';
import { heading } from '../foundation/heading.js';
import { memo } from '../foundation/memo.js';
import { person, solid, status } from '../foundation/text.js';
import type { Language } from '../messages/language.js';
import { rungName, tierLine, tierNote } from '../tier-badge/tier-lines.js';
import { assetsRow, branchRow, channelRow, relationshipRow, validToRow } from './facts.js';
import { personRow } from './person-row.js';

/** What the card shows the customer. */
export interface CustomerFacts {
  record: Customer;
  /** Undefined: not known, so that nothing is said of the level. */
  assessment: Assessment | null | undefined;
  /** Whether the level couldn't be fetched. */
  tierFailed: boolean;
  /** Null where nothing can be fetched. */
  retry: (() => void) | null;
  /** Day of the oldest data. */
  asOf: string;
  stale: boolean;
  elder: boolean;
  headingLevel: number;
  amountShown: boolean;
  toggleAmount: () => void;
  language: Language;
}

/** The greeting, with the level below it. */
export function customerHead(facts: CustomerFacts): TemplateResult {
  const { record, assessment, elder, headingLevel, language } = facts;
  const greeting =
    record.name === null
      ? language.say('card.greetingUnnamed')
      : language.compose('card.greeting', { name: person(record.name) });
  return html`<div class="top">
    ${assessment === undefined ? nothing : emblem(assessment, elder ? 64 : 48)}
    <div>${heading(headingLevel, greeting, 'title')} ${level(facts)}</div>
  </div>`;
}

export function customerBody(facts: CustomerFacts): TemplateResult {
  return html`${levelNote(facts)}
    <div class="columns">${people(facts)} ${factRows(facts)}</div>`;
}

/** The day of the data. */
export function dated(date: string, language: Language): unknown[] {
  return language.compose('asOf', { date: solid(fullDate(date, language.locale)) });
}

function level({ assessment: held, asOf, stale, elder, language }: CustomerFacts): unknown {
  const old = stale ? html`<p>${status('clock', dated(asOf, language), 'notice')}</p>` : nothing;
  if (held === undefined) return old;
  if (held === null)
    return html`<p class="small level"><b>${language.say('tier.unknown')}</b></p>
      ${old}`;
  // In a watch month, and for QUALITY, the note below says until when.
  const aside = elder || held.status === 'WATCH' ? nothing : tierLine(held, language);
  return html`<p class="small level">
      <b>${rungName(held, language)}</b> <span class="muted">${aside}</span>
    </p>
    ${old}`;
}

function levelNote({ assessment, tierFailed, retry, language }: CustomerFacts): unknown {
  const failed = () => failure(language, language.say('tier.failed'), retry);
  return html`<div role="status">${tierFailed ? failed() : nothing}</div>
    ${assessment == null ? nothing : (tierNote(assessment, language) ?? nothing)}`;
}

function people({ record, elder, language }: CustomerFacts): unknown {
  const { clientManager: client, careManager: care } = record;
  if (client === null && care === null) return nothing;
  const [name, phone] = client === null ? [null, null] : [client.name, client.phone];
  const [careName, carePhone] = care === null ? [null, null] : [care.name, care.phone];
  return memo(peopleRows, name, phone, careName, carePhone, elder, language);
}

function peopleRows(
  client: string | null,
  clientPhone: string | null,
  care: string | null,
  carePhone: string | null,
  elder: boolean,
  language: Language,
): TemplateResult {
  const rows = [
    {
      name: client,
      phone: clientPhone,
      role: language.say('card.clientManager'),
      duty: language.say('card.clientManagerDuty'),
    },
    {
      name: care,
      phone: carePhone,
      role: language.say('card.careManager'),
      duty: language.say('card.careManagerDuty'),
    },
  ].filter(({ name }) => name !== null);
  return html`<ul class="people">
    ${rows.map(({ name, phone, role, duty }, index) => {
      const who = { name: name!, phone: phone! };
      return personRow({ who, role, duty, elder, first: index === 0, language });
    })}
  </ul>`;
}

function factRows(facts: CustomerFacts): TemplateResult | typeof nothing {
  const { record, elder, amountShown, toggleAmount, language } = facts;
  const { since, asOf, branch, preferences } = record;
  const { locale } = language;
  const assessment = facts.assessment ?? null;
  const amount = assessment?.inputs.aum_avg_3m_fen;
  const branchName =
    branch === null
      ? nothing
      : memo(branchRow, localize(branch.name, locale), branch.personalBanker, language);
  const rows = elder
    ? [branchName, validToRow(assessment, language)]
    : [
        assessment !== null && typeof amount === 'number'
          ? memo(assetsRow, amount, assessment.asOf, amountShown, toggleAmount, language)
          : nothing,
        since === null ? nothing : memo(relationshipRow, since, asOf, language),
        branchName,
        preferences.channelLabel === null
          ? nothing
          : memo(channelRow, localize(preferences.channelLabel, locale), language),
      ];
  if (rows.every((row) => row === nothing)) return nothing;
  return html`<dl class="facts">${rows}</dl>`;
}
