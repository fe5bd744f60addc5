const DAY = 86_400_000;

// A bank of any size has dates of about a century, so that both maps stay small.
const numbers = new Map<string, number>();
const dates = new Map<number, string>();

/** Days from 1970-01-01 to an ISO date. */
export function dayNumber(date: string): number {
  let number = numbers.get(date);
  if (number === undefined) {
    number = Date.parse(date) / DAY;
    if (!Number.isInteger(number)) throw new RangeError(`${date} is no date`);
    numbers.set(date, number);
  }
  return number;
}

/** The ISO date of a day number. */
export function dateOf(number: number): string {
  let date = dates.get(number);
  if (date === undefined) {
    date = new Date(number * DAY).toISOString().slice(0, 10);
    dates.set(number, date);
  }
  return date;
}
