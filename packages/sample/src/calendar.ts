import { SolarDay } from 'tyme4ts';

const DAY = 86_400_000;

/** The calendar date `days` after an ISO date. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** The first of the month `months` after the month of an ISO date. */
export function firstOfMonth(date: string, months = 0): string {
  const [year, month] = date.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/**
 * The dates of a festival (`lunar 8-15` or `10-01`, care-playbook.json `trigger.festival`) between two
 * ISO dates, both included. A leap month has no festivals. The lunar calendar comes from tyme4ts:
 * Intl's puts the Spring Festival of 2027 a day late.
 */
export function festivalDates(festival: string, from: string, to: string): string[] {
  const [, isLunar, month, day] = /^(lunar )?(\d+)-(\d+)/.exec(festival) ?? [];
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const [found, on] = isLunar === undefined ? solar(date) : lunar(date);
    if (found === Number(month) && on === Number(day)) dates.push(date);
  }
  return dates;
}

function solar(date: string): [month: number, day: number] {
  return [Number(date.slice(5, 7)), Number(date.slice(8))];
}

function lunar(date: string): [month: number, day: number] {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const lunarDay = SolarDay.fromYmd(year, month, day).getLunarDay();
  return [lunarDay.getLunarMonth().getMonthWithLeap(), lunarDay.getDay()];
}
