const DAY = 86_400_000;

// ISO dates by day number. A bank of any size has dates of about a century, so this stays small.
const dates: (string | undefined)[] = [];
/** 1900-01-01, before which nobody here was born. */
const FIRST = -25_567;

/** Days from 1970-01-01 to an ISO date. */
export function dayNumber(date: string): number {
  const days = Date.UTC(yearOf(date), monthOf(date) - 1, dayOf(date)) / DAY;
  if (!Number.isInteger(days)) throw new RangeError(`${date} is no date`);
  return days;
}

/** The ISO date of a day number from 1900 on. */
export function dateOf(number: number): string {
  return (dates[number - FIRST] ??= new Date(number * DAY).toISOString().slice(0, 10));
}

export function yearOf(date: string): number {
  return digits(date, 0) * 100 + digits(date, 2);
}

/** 1 to 12. */
export function monthOf(date: string): number {
  return digits(date, 5);
}

/** Day of the month, from 1. */
export function dayOf(date: string): number {
  return digits(date, 8);
}

/** The number that two digits of an ISO date are. */
function digits(date: string, at: number): number {
  return date.charCodeAt(at) * 10 + date.charCodeAt(at + 1) - 528;
}
