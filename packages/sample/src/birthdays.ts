import { addDays } from './calendar.js';
import type { Random } from './random.js';

export interface Birthday {
  /** Solar date of birth. */
  birthday: string;
  /** By which calendar it is celebrated. */
  calendar: 'solar' | 'lunar';
}

/** Percent that keep the lunar birthday, by age from which it holds. */
const LUNAR: readonly (readonly [age: number, percent: number])[] = [
  [60, 46],
  [45, 27],
  [30, 11],
  [0, 4],
];

/** A birthday of somebody who is `age` years old on `asOf`. */
export function birthdayOf(random: Random, age: number, asOf: string): Birthday {
  const percent = LUNAR.find(([from]) => age >= from)![1];
  const youngest = `${Number(asOf.slice(0, 4)) - age}${asOf.slice(4)}`;
  return {
    birthday: addDays(asOfDay(youngest), -random.between(0, 364)),
    calendar: random.chance(percent) ? 'lunar' : 'solar',
  };
}

/** Age in full years on `asOf`. */
export function ageOn(birthday: string, asOf: string): number {
  const years = Number(asOf.slice(0, 4)) - Number(birthday.slice(0, 4));
  return birthday.slice(5) > asOf.slice(5) ? years - 1 : years;
}

/** 29 February of a common year is its 28th. */
function asOfDay(date: string): string {
  return Number.isNaN(Date.parse(date)) || new Date(date).toISOString().slice(0, 10) !== date
    ? `${date.slice(0, 8)}28`
    : date;
}
