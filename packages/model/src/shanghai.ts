/** Calendar date in Asia/Shanghai (UTC+8, no daylight saving since 1991) of a moment in UTC. */
export function shanghaiDate(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}
