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
  /** What is planned for today or later, the next first. */
  next: readonly CareEvent[];
  /** What was done, waits for the customer or was planned for a day that has passed; the latest first. */
  months: readonly Month[];
}

/** The kinds that occur in `events`. */
export function kindsOf(events: readonly CareEvent[]): readonly CareKind[] {
  return KINDS.filter((kind) => events.some((event) => event.kind === kind));
}

/** Whether it is planned for a day before `today` and was neither done nor cancelled since. */
export function hasPassed({ state, on }: CareEvent, today: string): boolean {
  return state === 'planned' && on < today;
}

/** The events of `kind`, or all of them, in the order of the timeline on the day `today`. */
export function timelineOf(
  events: readonly CareEvent[],
  kind: CareKind | null,
  today: string,
): Timeline {
  const chosen = events.filter((event) => kind === null || event.kind === kind);
  const isNext = (event: CareEvent) => event.state === 'planned' && !hasPassed(event, today);
  const next = chosen.filter(isNext).sort((a, b) => byDay(a, b));
  const past = chosen.filter((event) => !isNext(event)).sort((a, b) => byDay(b, a));
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
