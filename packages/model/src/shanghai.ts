/** Calendar date in Asia/Shanghai (UTC+8, no daylight saving since 1991) of a moment in UTC. */
export function shanghaiDate(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** The calendar date `days` after `date`, both ISO 8601. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
