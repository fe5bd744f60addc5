import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import type { Assessment, CareEvent, Case, Customer } from '@liyu/model';
import { hasPassed } from '../care-timeline/care-months.js';
import { dayOfYear, daysBetween, fullDate, monthOf } from '../foundation/calendar.js';
import { emblem } from '../foundation/emblem.js';
import { heading } from '../foundation/heading.js';
import { isolated } from '../foundation/isolated.js';
import { figure, note, person, solid, status } from '../foundation/text.js';
import type { StaffLanguage } from '../messages/staff-language.js';
import { tierNote } from '../tier-badge/tier-lines.js';
import { duration, fact } from './facts.js';
import { birthDay, nextCare, openComplaints, timeWithBank } from './staff-record.js';
import { revealRow } from './reveal-row.js';
import type { Revealing } from './reveal-row.js';

/** Records that come after the customer's own. */
export type Known<T> = readonly T[] | 'loading' | 'unknown';

export interface StaffFacts extends Revealing {
  record: Customer;
  assessment: Assessment | null;
  careEvents: Known<CareEvent>;
  cases: Known<Case>;
  /** Today in Asia/Shanghai. */
  today: string;
  headingLevel: number;
}

/** Before anything else: how long the customer has been with the bank, and the rung. */
export function staffHead({ record, assessment, headingLevel, language }: StaffFacts) {
  const tier = record.tier ?? assessment;
  const rung =
    tier === null ? language.say('staff.unrated') : solid(localize(tier.label, language.locale));
  const months = timeWithBank(record);
  const words =
    months === null
      ? language.compose('staff.headlineNew', { rung })
      : language.compose('staff.headline', { time: solid(duration(months, language)), rung });
  const since =
    record.since === null
      ? nothing
      : html`<span
          >${language.compose('staff.since', {
            date: solid(monthOf(record.since, language.locale)),
          })}</span
        >`;
  return html`<div class="top">
    ${emblem(tier, 48)}
    <div>
      ${heading(headingLevel, words, 'title')}
      <p class="small muted origin">
        ${since}<span>${language.compose('staff.number', { id: figure(record.id) })}</span>
      </p>
    </div>
  </div>`;
}

export function staffBody(facts: StaffFacts): TemplateResult {
  const { assessment, language } = facts;
  return html`${complaintsNote(facts)}
    ${assessment === null ? nothing : (tierNote(assessment, language) ?? nothing)}
    <div class="columns staff">
      <dl class="facts">${contactRows(facts)} ${peopleRows(facts)}</dl>
      <dl class="facts">${wishRows(facts)} ${complaintsRow(facts)} ${careRow(facts)}</dl>
    </div>`;
}

/** How old the data is, in days and by its date. */
export function ageOfData(asOf: string, today: string, language: StaffLanguage): unknown[] {
  const days = daysBetween(asOf, today);
  const date = solid(fullDate(asOf, language.locale));
  const first = language.compose('staff.asOf', { date });
  if (days < 1) return first;
  const second = solid(language.say(language.plural('staff.age', days), { n: days }));
  return language.compose('staff.aside', { first, second });
}

function contactRows(facts: StaffFacts): unknown[] {
  const { record, language } = facts;
  const { locale } = language;
  const birthday = birthDay(record.birthday ?? null);
  const calendar = { solar: 'staff.solar', lunar: 'staff.lunar' } as const;
  const kept = record.birthdayCalendar ?? null;
  return [
    revealRow(facts, {
      field: 'name',
      masked: record.name === null ? null : person(record.name),
      clear: person,
    }),
    revealRow(facts, {
      field: 'phone',
      masked: record.phone === null ? null : figure(record.phone),
      clear: figure,
    }),
    revealRow(facts, {
      field: 'birthday',
      masked:
        birthday === null ? null : solid(birthday.date ? dayOfYear(birthday.date, locale) : '****'),
      clear: (value) => solid(fullDate(value, locale)),
      aside: html`<span class="small muted"
        >${language.say(kept === null ? 'staff.calendarUnknown' : calendar[kept])}</span
      >`,
    }),
  ];
}

function peopleRows({ record, language }: StaffFacts): unknown[] {
  const { branch, clientManager, careManager } = record;
  const row = (role: string, who: Customer['clientManager']) =>
    fact(
      role,
      who === null
        ? quiet(language.say('staff.notSet'))
        : html`<span>${person(who.name)}</span
            ><span class="small muted">${figure(who.phone)}</span>`,
    );
  return [
    fact(
      language.say('card.branch'),
      branch === null
        ? quiet(language.say('staff.unknown'))
        : localize(branch.name, language.locale),
    ),
    row(language.say('card.clientManager'), clientManager),
    row(language.say('card.careManager'), careManager),
  ];
}

/** What the customer asked for; what is switched off stands there in words. */
function wishRows({ record, language }: StaffFacts): unknown[] {
  const { channelLabel, contactTime, ...wishes } = record.preferences;
  const unset = quiet(language.say('staff.notSet'));
  return [
    fact(
      language.say('staff.channel'),
      channelLabel === null ? unset : localize(channelLabel, language.locale),
    ),
    fact(
      language.say('staff.time'),
      contactTime === null ? unset : language.say(`staff.time.${contactTime}`),
    ),
    fact(
      language.say('staff.wishes'),
      html`<ul class="wishes">
        ${(['care', 'surveys', 'personalised'] as const).map(
          (wish) =>
            html`<li>
              ${
                wishes[wish]
                  ? status('check', language.say(`staff.wish.${wish}`))
                  : status('close', language.say(`staff.wishOff.${wish}`), 'notice')
              }
            </li>`,
        )}
      </ul>`,
    ),
  ];
}

/** Open complaints stand above all facts, with the day by which the first one has to be answered. */
function complaintsNote({ cases, today, language }: StaffFacts): unknown {
  if (typeof cases === 'string') return nothing;
  const { count, dueOn } = openComplaints(cases);
  if (count === 0) return nothing;
  const due =
    dueOn === null
      ? nothing
      : language.compose(dueOn < today ? 'staff.overdue' : language.plural('staff.due', count), {
          date: solid(fullDate(dueOn, language.locale)),
        });
  return note(
    'alert',
    html`<p><b>${language.say(language.plural('staff.open', count), { n: count })}</b> ${due}</p>`,
    'notice',
  );
}

function complaintsRow({ cases, language }: StaffFacts): unknown {
  if (typeof cases !== 'string' && openComplaints(cases).count > 0) return nothing;
  const words = typeof cases === 'string' ? missing(cases, language) : language.say('staff.none');
  return fact(language.say('staff.complaints'), quiet(words));
}

function careRow({ careEvents, today, language }: StaffFacts): unknown {
  const term = language.say('staff.nextCare');
  if (typeof careEvents === 'string') return fact(term, quiet(missing(careEvents, language)));
  const next = nextCare(careEvents);
  if (next === null) return fact(term, quiet(language.say('staff.none')));
  const { locale } = language;
  const by = [next.channel, next.owner].map((text) => text && isolated(localize(text, locale)));
  return fact(
    term,
    html`<span>${solid(dayOfYear(next.on, locale))} ${isolated(localize(next.title, locale))}</span
      >${
        hasPassed(next, today)
          ? status('calendar', language.say('care.state.passed'), 'notice')
          : nothing
      }<span class="small muted"
        >${by.filter((text) => text !== null).join(locale === 'en' ? ', ' : '，')}</span
      >`,
  );
}

function missing(known: 'loading' | 'unknown', language: StaffLanguage): string {
  return known === 'loading' ? language.say('loading') : language.say('staff.unknown');
}

function quiet(words: string): TemplateResult {
  return html`<span class="muted">${words}</span>`;
}
