import type { PolicyFiles } from '@liyu/policy';
import { addDays, festivalDates, isLunarFestival } from './calendar.js';
import { ruleOf } from './playbook.js';

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
  /** Whether it is kept by the lunar calendar. */
  lunar: boolean;
}

/** Days that entries of greetings look back and ahead. */
export const PAST = 200;
export const AHEAD = 45;

/** The greeted festivals around a day, in the order of the rules. */
export function festivalsAround(file: PolicyFiles['care-playbook'], today: string): Festival[] {
  return GREETED.flatMap((rule) => {
    const { festival } = ruleOf(file, rule).trigger as { festival: string };
    const dates = festivalDates(festival, addDays(today, -PAST), addDays(today, AHEAD));
    return dates.map((on) => ({ rule, on, lunar: isLunarFestival(festival) }));
  });
}
