/** What can go wrong, or happen, in a seed; a run of the tests sees to it that each does. */
export const EVENTS = [
  'request lost',
  'request twice',
  'answer lost',
  'answer cut',
  'answer a page',
  'hint',
  'hint lost',
  'offline',
  'reopened',
  'node dies before a commit',
  'node dies after a commit',
  'backup restored',
  'epochs bumped late',
  'import',
  'tombstones collected',
  'moved',
  '409 epoch',
  '409 gc',
  '409 ahead',
  '403 scope_gone',
  '426 upgrade_required',
] as const;
export type Event = (typeof EVENTS)[number];

export function isEvent(text: string): text is Event {
  return (EVENTS as readonly string[]).includes(text);
}

/** How often each happened. */
export class Tally {
  readonly counts = new Map<Event, number>(EVENTS.map((event) => [event, 0]));

  add(event: Event, count = 1): void {
    this.counts.set(event, this.counts.get(event)! + count);
  }

  addAll(other: Tally): void {
    for (const [event, count] of other.counts) this.add(event, count);
  }

  /** What never happened. */
  missing(): Event[] {
    return EVENTS.filter((event) => this.counts.get(event) === 0);
  }
}
