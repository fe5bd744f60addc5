import type { PolicyFiles } from '@liyu/policy';
import type { CareEntry } from './care-event-of.js';
import { ruleOf } from './care-event-of.js';
import { addDays, festivalDates, lunarBirthday, solarBirthday } from './calendar.js';
import { ageOn } from './birthdays.js';
import type { Person, Setting } from './person.js';

const GREETED = [
  'C-FEST-SPRING',
  'C-FEST-DRAGON',
  'C-FEST-MIDAUTUMN',
  'C-FEST-NATIONAL',
  'C-FEST-NEWYEAR',
];

export interface Festival {
  rule: string;
  on: string;
}

/** Days that entries of greetings look back and ahead. */
export const PAST = 200;
export const AHEAD = 45;

/** The greeted festivals around a day, in the order of the rules. */
export function festivalsAround(file: PolicyFiles['care-playbook'], today: string): Festival[] {
  return GREETED.flatMap((rule) => {
    const { festival } = ruleOf(file, rule).trigger as { festival: string };
    const dates = festivalDates(festival, addDays(today, -PAST), addDays(today, AHEAD));
    return dates.map((on) => ({ rule, on }));
  });
}

export function festivalEntries({ festivals, today }: Setting, from: string): CareEntry[] {
  return festivals
    .filter(({ on }) => on >= from)
    .map(({ rule, on }) => ({
      rule,
      occurrence: on,
      kind: 'CARE',
      on,
      state: on < today ? 'done' : 'planned',
    }));
}

/** Birthdays of the past ten months and the next weeks, and the gift of a great age. */
export function birthdayEntries({ policy, today }: Setting, person: Person): CareEntry[] {
  const { birthday, calendar, since } = person;
  if (birthday === null) return [];
  const year = Number(today.slice(0, 4));
  const [from, to] = [addDays(today, -300), addDays(today, AHEAD)];
  const dayIn = calendar === 'lunar' ? lunarBirthday : solarBirthday;
  const { ages = [] } = ruleOf(policy.files['care-playbook'], 'C-LONGEVITY').trigger as {
    ages?: number[];
  };
  return [year - 1, year, year + 1]
    .map((one) => dayIn(birthday, one))
    .filter((on) => on >= from && on <= to && on > since)
    .flatMap((on): CareEntry[] => {
      const state = on < today ? 'done' : 'planned';
      const rule = calendar === 'lunar' ? 'C-BDAY-LUNAR' : 'C-BDAY';
      const entry = { occurrence: on, kind: 'CARE', on, state } as const;
      const great = ages.includes(ageOn(birthday, on));
      return great
        ? [
            { rule, ...entry },
            { rule: 'C-LONGEVITY', ...entry },
          ]
        : [{ rule, ...entry }];
    });
}
