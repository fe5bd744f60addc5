import { dateOf, dayNumber, dayOf, monthOf, yearOf } from './days.js';
import { dateOfLunar, lunarDay } from './lunar-year.js';

/** The calendar date `days` after an ISO date. */
export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days);
}

/** Days from one ISO date to another. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** The first of the month `months` after the month of an ISO date. */
export function firstOfMonth(date: string, months = 0): string {
  const count = yearOf(date) * 12 + monthOf(date) - 1 + months;
  return isoDate(Math.floor(count / 12), (count % 12) + 1, 1);
}

/** The last day of the month `months` after the month of an ISO date. */
export function endOfMonth(date: string, months = 0): string {
  return addDays(firstOfMonth(date, months + 1), -1);
}

/** The same day `months` later, or the last one of a shorter month. */
export function addMonths(date: string, months: number): string {
  const day = dayOf(date);
  const first = firstOfMonth(date, months);
  return day <= 28
    ? `${first.slice(0, 8)}${date.slice(8, 10)}`
    : [addDays(first, day - 1), endOfMonth(first)].sort()[0]!;
}

/** Whole months from one ISO date to a later one. */
export function monthsBetween(from: string, to: string): number {
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);
  return addMonths(from, months) > to ? months - 1 : months;
}

/** The day of a solar birthday in a year; 29 February is kept on 28 February in a common year. */
export function solarBirthday(birthday: string, year: number): string {
  return addMonths(birthday, (year - yearOf(birthday)) * 12);
}

/**
 * The day on which a birthday kept by the lunar calendar falls in a lunar year (care-playbook.json
 * C-BDAY-LUNAR): a leap month counts as the plain one, day 30 as 29 in a month without it.
 */
export function lunarBirthday(birthday: string, lunarYear: number): string {
  const { month, day } = lunarDay(birthday);
  return dateOfLunar(lunarYear, month, day);
}

/** Whether a festival is kept by the lunar calendar. */
export function isLunarFestival(festival: string): boolean {
  return festival.startsWith('lunar ');
}

/**
 * The dates of a festival (`lunar 8-15` or `10-01`, care-playbook.json `trigger.festival`) between two
 * ISO dates, both included. A leap month has no festivals. The lunar calendar comes from tyme4ts:
 * Intl's puts the Spring Festival of 2027 a day late, and that of 2030 a day early.
 */
export function festivalDates(festival: string, from: string, to: string): string[] {
  const [, monthText, dayText] = /(\d+)-(\d+)/.exec(festival) ?? [];
  const [month, day] = [Number(monthText), Number(dayText)];
  const dates: string[] = [];
  for (let year = yearOf(from) - 1; year <= yearOf(to); year++) {
    const date = isLunarFestival(festival)
      ? dateOfLunar(year, month, day)
      : isoDate(year, month, day);
    if (date >= from && date <= to) dates.push(date);
  }
  return dates;
}

function isoDate(year: number, month: number, day: number): string {
  return dateOf(Date.UTC(year, month - 1, day) / 86_400_000);
}
