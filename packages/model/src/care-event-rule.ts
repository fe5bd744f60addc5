import type { CareEvent } from './care-event.js';
import type { Duty, Rule } from './define-collection.js';
import { shanghaiDate } from './shanghai.js';

/** Why a change of a care event is refused. */
export const CARE_EVENT_REJECTS = [
  /** Not staff with a duty for customers, or an event that the bank did not plan. */
  'forbidden',
  /** It is done or cancelled, or waits for the customer. */
  'not_planned',
  /** Planned events end as done or cancelled. */
  'move_invalid',
] as const;
export type CareEventReject = (typeof CARE_EVENT_REJECTS)[number];

const CARING: readonly Duty[] = [
  'client-manager',
  'care-manager',
  'lobby',
  'counter',
  'complaints',
];

/**
 * Staff close what the bank planned: as done, on the day of the server's receipt, or as cancelled.
 * Who closes it stands for it where nobody was named. Done on another day, it has no lunar date: the
 * one it had is of the day it was planned for.
 */
export const careEventRule: Rule = (master, next, { actor, now }) => {
  const held = master as CareEvent | null;
  const { state } = next as unknown as CareEvent;
  const mayClose = actor.role === 'staff' && actor.duties.some((duty) => CARING.includes(duty));
  if (!mayClose || held === null) return { reject: 'forbidden' };
  if (held.state !== 'planned') return { reject: 'not_planned' };
  if (state === 'cancelled') return { master: next, also: [] };
  if (state !== 'done') return { reject: 'move_invalid' };
  const ownerName = held.ownerName ?? actor.name;
  const on = shanghaiDate(now);
  const moved = held.lunar != null && on !== held.on;
  return { master: { ...next, on, ...(moved && { lunar: null }), ownerName }, also: [] };
};
