import { shanghaiDate } from '@liyu/model';
import type { Locale } from '@liyu/model';

// Dates of records are calendar dates in Asia/Shanghai, `2027-02-28`: they are cut and put together
// as text, so that neither the device's zone nor its Intl data can move a day.

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const LAST_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const WEEKDAYS = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const DAY_MS = 86_400_000;
const MONTH = /^\d{4}-\d{2}/;
const DAY = /^\d{4}-\d{2}-\d{2}/;

const MINUTE_MS = 60_000;
let known = { minute: NaN, date: '' };

/** Today in Asia/Shanghai, by the clock of the device; every widget asks at each update. */
export function today(): string {
  const minute = Math.floor(Date.now() / MINUTE_MS);
  if (minute !== known.minute) {
    known = { minute, date: shanghaiDate(new Date(minute * MINUTE_MS).toISOString()) };
  }
  return known.date;
}

/** `2027年2月28日`, `28 February 2027`. */
export function fullDate(date: string, locale: Locale): string {
  const [year, month, day] = split(date);
  return locale === 'en' ? `${day} ${monthName(month)} ${year}` : `${year}年${month}月${day}日`;
}

/** `2月28日`, `28 Feb`. */
export function dayOfYear(date: string, locale: Locale): string {
  const [, month, day] = split(date);
  return locale === 'en' ? `${day} ${shortMonth(month)}` : `${month}月${day}日`;
}

/** `2018年6月`, `Jun 2018`. */
export function monthOf(date: string, locale: Locale): string {
  const [year, month] = split(date);
  return locale === 'en' ? `${shortMonth(month)} ${year}` : `${year}年${month}月`;
}

/** `2027年`, `2027`. */
export function yearOf(date: string, locale: Locale): string {
  return locale === 'en' ? date.slice(0, 4) : `${date.slice(0, 4)}年`;
}

/** `周二`, `Tue`. */
export function weekday(date: string, locale: Locale): string {
  return WEEKDAYS[locale][new Date(Date.parse(date)).getUTCDay()] ?? '';
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Whole months from `from` to `to`, never negative. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear, fromMonth, fromDay] = split(from);
  const [toYear, toMonth, toDay] = split(to);
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
  return Math.max(0, months);
}

/** The day is NaN of a month. Throws a RangeError for a day or a month that no calendar has. */
function split(date: string): [year: number, month: number, day: number] {
  const hasDay = DAY.test(date);
  if (!hasDay && !MONTH.test(date)) throw new RangeError('not a date');
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = hasDay ? Number(date.slice(8, 10)) : NaN;
  if (month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) {
    throw new RangeError('not a date');
  }
  return [year, month, day];
}

function lastDay(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : LAST_DAYS[month - 1]!;
}

function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

function shortMonth(month: number): string {
  return monthName(month).slice(0, 3);
}
