import type { LunarDay } from '@liyu/model';
import { LunarMonth } from 'tyme4ts';
import { dateOf, dayNumber, yearOf } from './days.js';

interface Month {
  /** 1 to 12; a leap month has the number of the one before. */
  month: number;
  leap: boolean;
  /** Day number of its first day. */
  first: number;
  days: number;
}

// Reckoning a month takes tyme4ts some tenths of a millisecond; there are some hundred years.
const years = new Map<number, readonly Month[]>();

/** An ISO date by the lunar calendar. */
export function lunarDay(date: string): LunarDay {
  const number = dayNumber(date);
  const year = yearOf(date);
  for (const months of [monthsOf(year), monthsOf(year - 1)]) {
    for (const { month, leap, first, days } of months) {
      if (number >= first && number < first + days) return { month, day: number - first + 1, leap };
    }
  }
  throw new RangeError(`${date} is in no lunar month`);
}

/** The ISO date of a day in the plain month of a lunar year; its last day where it has no such day. */
export function dateOfLunar(year: number, month: number, day: number): string {
  const found = monthsOf(year).find((one) => one.month === month && !one.leap)!;
  return dateOf(found.first + Math.min(day, found.days) - 1);
}

function monthsOf(year: number): readonly Month[] {
  const known = years.get(year);
  if (known !== undefined) return known;
  const months: Month[] = [];
  for (let month = LunarMonth.fromYm(year, 1); month.getYear() === year; month = month.next(1)) {
    const first = month.getFirstJulianDay().getSolarDay();
    months.push({
      month: month.getMonth(),
      leap: month.isLeap(),
      first: Date.UTC(first.getYear(), first.getMonth() - 1, first.getDay()) / 86_400_000,
      days: month.getDayCount(),
    });
  }
  years.set(year, months);
  return months;
}
