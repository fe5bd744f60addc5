import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import type { CareEvent } from '@liyu/model';
import { dayOfYear, weekday, yearOf } from '../foundation/calendar.js';
import type { IconName } from '../foundation/icon.js';
import { lunarDate } from '../foundation/lunar-date.js';
import { person, solid, status } from '../foundation/text.js';
import type { Tone } from '../foundation/text.js';
import type { Language } from '../messages/language.js';
import { hasPassed } from './care-months.js';

const SIGNS: Readonly<Record<CareEvent['state'] | 'passed', { icon: IconName; tone: Tone }>> = {
  planned: { icon: 'calendar', tone: 'quiet' },
  passed: { icon: 'calendar', tone: 'quiet' },
  invited: { icon: 'clock', tone: 'notice' },
  done: { icon: 'check', tone: 'quiet' },
  cancelled: { icon: 'close', tone: 'quiet' },
};

interface Row {
  event: CareEvent;
  language: Language;
  today: string;
  /** Opens the survey that it invites to; null where that can't be done. */
  answer: (() => void) | null;
}

/** One entry of the timeline: when, what, by whom, and how it stands. */
export function eventRow({ event, language, today, answer }: Row): TemplateResult {
  const { locale } = language;
  const standing = hasPassed(event, today) ? 'passed' : event.state;
  const sign = SIGNS[standing];
  const farYear = standing === 'planned' && event.on.slice(0, 4) !== today.slice(0, 4);
  const lunar = lunarDate(event.lunar, language);
  return html`<li class="event ${lunar === null ? '' : 'lunar'}">
    <p class="when">
      ${solid(dayOfYear(event.on, locale))}
      <span class="fine weekday"
        >${farYear ? html`${solid(yearOf(event.on, locale))} ` : nothing}${solid(weekday(event.on, locale))}</span
      >
      ${lunar === null ? nothing : html`<span class="fine lunar-date">${solid(lunar)}</span>`}
    </p>
    <div class="what">
      <p class="name">${localize(event.title, locale)}</p>
      ${
        event.note === null
          ? nothing
          : html`<p class="small muted">${localize(event.note, locale)}</p>`
      }
      ${
        answer === null
          ? nothing
          : html`<p>
              <button type="button" class="link" @click=${answer}>
                ${language.say('care.answer')}
              </button>
            </p>`
      }
      <p class="fine">${byWhom(event, language)}</p>
    </div>
    ${status(sign.icon, language.say(`care.state.${standing}`), sign.tone)}
  </li>`;
}

function byWhom(event: CareEvent, language: Language): unknown {
  const role = localize(event.owner, language.locale);
  const who =
    event.ownerName === null
      ? role
      : language.compose('care.byPerson', { role, name: person(event.ownerName) });
  if (event.channel === null) return who;
  return language.compose('care.by', { who, channel: localize(event.channel, language.locale) });
}
