import type { Locale, LunarDay } from '@liyu/model';
import type { Language } from '../messages/language.js';

// Only words: which lunar day a date is comes with the record. The Intl of today's browsers puts the
// Spring Festivals of 2027 and 2030 on wrong days.

const MONTHS = [
  '正月',
  '二月',
  '三月',
  '四月',
  '五月',
  '六月',
  '七月',
  '八月',
  '九月',
  '十月',
  '十一月',
  '腊月',
] as const;
const DIGITS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/**
 * `农历八月十五`, `15th of the 8th lunar month`; `农历闰六月初一`, `1st of the leap 6th lunar month`. Null for
 * what is no day of the lunar calendar.
 */
export function lunarDate(lunar: LunarDay | null | undefined, language: Language): string | null {
  const { month, day, leap } = (lunar ?? {}) as Partial<Record<keyof LunarDay, unknown>>;
  if (!isFrom1To(12, month) || !isFrom1To(30, day) || typeof leap !== 'boolean') return null;
  const { locale } = language;
  return language.say(leap ? 'care.lunarLeap' : 'care.lunar', {
    month: nameOfMonth(month, locale),
    day: nameOfDay(day, locale),
  });
}

function isFrom1To(last: number, value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= last;
}

function nameOfMonth(month: number, locale: Locale): string {
  return locale === 'en' ? ordinal(month) : MONTHS[month - 1]!;
}

function nameOfDay(day: number, locale: Locale): string {
  if (locale === 'en') return ordinal(day);
  if (day <= 10) return `初${DIGITS[day - 1]!}`;
  if (day === 20 || day === 30) return `${DIGITS[day / 10 - 1]!}十`;
  return `${day < 20 ? '十' : '廿'}${DIGITS[(day % 10) - 1]!}`;
}

/** `1st`, `2nd`, `13th`. */
function ordinal(n: number): string {
  const isTeen = n > 10 && n < 20;
  return `${n}${(isTeen ? undefined : ['st', 'nd', 'rd'][(n % 10) - 1]) ?? 'th'}`;
}
