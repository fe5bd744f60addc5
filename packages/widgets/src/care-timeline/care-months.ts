import type { CareEvent } from '@liyu/model';

export type CareKind = CareEvent['kind'];

/** Kinds in the order of the filter. */
const KINDS: readonly CareKind[] = ['CARE', 'CONTACT', 'SURVEY', 'COMPLAINT'];

export interface Month {
  /** `2026-11`. */
  id: string;
  events: readonly CareEvent[];
}

export interface Timeline {
  /** What is planned, the next first. */
  next: readonly CareEvent[];
  /** What was done or waits for the customer, by month, the latest first. */
  months: readonly Month[];
}

/** The kinds that occur in `events`. */
export function kindsOf(events: readonly CareEvent[]): readonly CareKind[] {
  return KINDS.filter((kind) => events.some((event) => event.kind === kind));
}

/** The events of `kind`, or all of them, in the order of the timeline. */
export function timelineOf(events: readonly CareEvent[], kind: CareKind | null): Timeline {
  const chosen = events.filter((event) => kind === null || event.kind === kind);
  const next = chosen.filter((event) => event.state === 'planned').sort((a, b) => byDay(a, b));
  const past = chosen.filter((event) => event.state !== 'planned').sort((a, b) => byDay(b, a));
  const months = new Map<string, CareEvent[]>();
  for (const event of past) {
    const id = event.on.slice(0, 7);
    const month = months.get(id);
    if (month === undefined) months.set(id, [event]);
    else month.push(event);
  }
  return { next, months: [...months].map(([id, list]) => ({ id, events: list })) };
}

/** Earlier day first; on one day by id, so that the order is always the same. */
function byDay(a: CareEvent, b: CareEvent): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
