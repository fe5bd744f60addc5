import type { CareEntry } from './care-event-of.js';
import { addDays, lunarBirthday, solarBirthday } from './calendar.js';
import { ageOn } from './birthdays.js';
import { AHEAD } from './festivals.js';
import type { Person, Setting } from './person.js';
import { ruleOf } from './playbook.js';

export function festivalEntries({ festivals, today }: Setting, from: string): CareEntry[] {
  return festivals
    .filter(({ on }) => on >= from)
    .map(({ rule, on, lunar }) => ({
      rule,
      occurrence: on,
      kind: 'CARE',
      on,
      lunar,
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
      const lunar = calendar === 'lunar';
      const entry = { occurrence: on, kind: 'CARE', on, lunar, state } as const;
      const rule = lunar ? 'C-BDAY-LUNAR' : 'C-BDAY';
      const great = ages.includes(ageOn(birthday, on));
      return great
        ? [
            { rule, ...entry },
            { rule: 'C-LONGEVITY', ...entry },
          ]
        : [{ rule, ...entry }];
    });
}
