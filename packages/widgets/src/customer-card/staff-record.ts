import type { CareEvent, Case, CaseState, Customer } from '@liyu/model';
import { monthsBetween } from '../foundation/calendar.js';

const ENDED: readonly CaseState[] = ['CLOSED', 'WITHDRAWN'];

/** Whole months with the bank, by the date of the data; null when it isn't known. */
export function timeWithBank({ since, asOf }: Customer): number | null {
  return since === null ? null : monthsBetween(since, asOf);
}

/** Complaints that aren't closed, and the first day by which one of them has to be answered. */
export function openComplaints(cases: readonly Case[]): { count: number; dueOn: string | null } {
  const open = cases.filter(({ kind, state }) => kind === 'complaint' && !ENDED.includes(state));
  const due = open.flatMap(({ state, dueOn }) =>
    state === 'ANSWERED' || dueOn === null ? [] : [dueOn],
  );
  return { count: open.length, dueOn: due.sort()[0] ?? null };
}

/** The planned act that comes first, also one whose day has passed; null without any. */
export function nextCare(events: readonly CareEvent[]): CareEvent | null {
  let next: CareEvent | null = null;
  for (const event of events) {
    if (event.state === 'planned' && (next === null || event.on < next.on)) next = event;
  }
  return next;
}

/**
 * Month and day of a masked birthday, `****-03-07`, as a date of no year; `date` is null when it shows
 * neither. Null without a birthday.
 */
export function birthDay(masked: string | null): { date: string | null } | null {
  if (masked === null || masked === '') return null;
  const monthAndDay = /^\*{4}(-\d{2}-\d{2})$/.exec(masked)?.[1];
  return { date: monthAndDay === undefined ? null : `0000${monthAndDay}` };
}
