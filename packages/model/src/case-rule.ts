import { complaintEvent } from './case-care-event.js';
import { sameOpening } from './case-contains.js';
import { caseMoves } from './case-moves.js';
import type { Case, CaseState, CaseStep } from './case.js';
import type { Actor, Doc, DocRef, Rule } from './define-collection.js';
import { equal } from './equal.js';
import { POLICY, rulePolicy } from './rule-policy.js';
import type { RulePolicy } from './rule-policy.js';
import { daysAfter, shanghaiDate } from './shanghai.js';
import { receiptNumber } from './short-code.js';
import { isUuidV7 } from './uuid-v7.js';

/** Why a write to a case is refused. */
export const CASE_REJECTS = [
  /** Another customer's, or staff without the duty for the kind. */
  'forbidden',
  /** The id of a new case is no UUIDv7. */
  'not_uuid',
  /** What the customer wrote to open it changed afterwards. */
  'already_opened',
  /** A complaint has no topic, or the topic isn't one of complaints.taxonomy. */
  'topic_unknown',
  /** A complaint, an answer or a step that changes nothing has no words. */
  'text_missing',
  /** A step that was there is changed or missing. */
  'steps_changed',
  /** There is no room for a further step. */
  'steps_full',
  /** The state can't follow on the one the case is in, or not by this caller. */
  'move_invalid',
  /** It is closed or withdrawn. */
  'closed',
  /** The member of staff is the one complained of (complaints.conflict). */
  'own_case',
] as const;
export type CaseReject = (typeof CASE_REJECTS)[number];

const RECEIPTS = { complaint: 'TS', review: 'FH', callback: 'HD' } as const;
const FULL = 200;
/** Steps after which a customer's further words don't fit; the rest is for moving the case on. */
const FULL_OF_WORDS = 100;

/** The policy with the topics and the days for an answer. */
export function relatedToCase(): DocRef[] {
  return [POLICY];
}

/**
 * The customer opens a case, adds steps, withdraws it, and reopens an answered or closed one. Staff
 * with the duty complaints, for reviews and call-backs also managers, add steps and move it on. What
 * is in `steps` stays as it is; the server says of each new step when and by whom. A step may name
 * the state it leads to; one that only `state` names belongs to the last new step, or to a step of
 * its own. Receipt and the last day for an answer count from the server's receipt, and again from a
 * reopening (own default). A complaint received or closed shows in the timeline.
 */
export const caseRule: Rule = (master, next, { actor, now, related }) => {
  const held = master as Case | null;
  const wanted = next as unknown as Case;
  const files = rulePolicy(related);
  const policy = files.complaints;
  const refused =
    mayNotWrite(actor, held, wanted) ??
    (held === null
      ? mayNotOpen(wanted, policy?.taxonomy.map(({ id }) => id) ?? [])
      : mayNotChange(held, wanted));
  if (refused !== null) return { reject: refused };

  const before = held ?? { ...wanted, state: 'RECEIVED' as const, steps: [] };
  const walked = walk(before, wanted, actor, now);
  if (typeof walked === 'string') return { reject: walked };

  const day = shanghaiDate(now);
  const due = dueAfter(day, wanted.kind, files);
  const state = walked[walked.length - 1]?.state ?? before.state;
  const took = actor.role === 'staff' && (before.handler === null || state === 'ACCEPTED');
  const after: Case = {
    ...wanted,
    state,
    steps: [...before.steps, ...walked.map(({ step }) => step)],
    handler: held === null ? null : took ? actor.name : held.handler,
    ...(held === null && {
      receivedAt: now,
      receipt: receiptNumber(RECEIPTS[wanted.kind], wanted.id, now),
    }),
    dueOn: held === null || walked.some((move) => move.state === 'REOPENED') ? due : held.dueOn,
  };
  const isWords = actor.role === 'customer' && walked.every(({ step }) => step.state === null);
  if (after.steps.length > (isWords ? FULL_OF_WORDS : FULL)) return { reject: 'steps_full' };

  const also: { coll: string; doc: Doc }[] = [];
  const tell = (of: 'RECEIVED' | 'CLOSED') =>
    also.push({ coll: 'careEvents', doc: complaintEvent(after, of, day, policy) });
  if (after.kind === 'complaint' && held === null) tell('RECEIVED');
  if (after.kind === 'complaint' && state === 'CLOSED') tell('CLOSED');
  return { master: after, also };
};

/** complaints.sla for complaints and reviews; surveys.closedLoop, in whole days, for call-backs. */
function dueAfter(day: string, kind: Case['kind'], files: RulePolicy): string | null {
  const hours = files.surveys?.closedLoop?.slaHours;
  const days =
    kind === 'callback' && hours !== undefined
      ? Math.ceil(hours / 24)
      : files.complaints?.sla.simpleDays;
  return days === undefined ? null : daysAfter(day, days);
}

function mayNotWrite(actor: Actor, held: Case | null, wanted: Case): CaseReject | null {
  if (actor.role === 'customer') return actor.customer === wanted.customer ? null : 'forbidden';
  if (held === null) return 'forbidden';
  const isManager =
    actor.duties.includes('client-manager') || actor.duties.includes('care-manager');
  const mayHandle = actor.duties.includes('complaints') || (isManager && held.kind !== 'complaint');
  if (!mayHandle) return 'forbidden';
  return held.about !== null && held.about === actor.manager ? 'own_case' : null;
}

function mayNotOpen(wanted: Case, topics: readonly string[]): CaseReject | null {
  if (!isUuidV7(wanted.id)) return 'not_uuid';
  const isComplaint = wanted.kind === 'complaint';
  if (wanted.topic === null ? isComplaint : !topics.includes(wanted.topic)) return 'topic_unknown';
  return isComplaint && isBlank(wanted.text) ? 'text_missing' : null;
}

function mayNotChange(held: Case, wanted: Case): CaseReject | null {
  if (!sameOpening(held, wanted)) return 'already_opened';
  return held.steps.every((step, index) => equal(step, wanted.steps[index]))
    ? null
    : 'steps_changed';
}

interface Move {
  step: CaseStep;
  /** State after the step. */
  state: CaseState;
}

/** The new steps as the server takes them, with the state after each; or why they don't hold. */
function walk(before: Case, wanted: Case, actor: Actor, now: string): Move[] | CaseReject {
  const sent = wanted.steps.slice(before.steps.length);
  // A state that no step names.
  const named = sent.reduce((state, step) => step.state ?? state, before.state);
  const last = wanted.state === before.state || wanted.state === named ? null : wanted.state;
  if (last !== null && (sent.length === 0 || sent[sent.length - 1]!.state !== null)) {
    sent.push({ at: now, by: actor.role, name: null, state: null, text: '' });
  }
  const moves: Move[] = [];
  let state = before.state;
  for (const [index, step] of sent.entries()) {
    const target = step.state ?? (index === sent.length - 1 ? last : null);
    const to = target === state ? null : target;
    if (to === null && (state === 'CLOSED' || state === 'WITHDRAWN')) return 'closed';
    if (to !== null && !caseMoves(actor.role, state).includes(to)) {
      return caseMoves(actor.role, state).length === 0 ? 'closed' : 'move_invalid';
    }
    if (isBlank(step.text) && (to === null || to === 'ANSWERED')) return 'text_missing';
    state = to ?? state;
    const stamped = { at: now, by: actor.role, name: actor.name, state: to, text: step.text };
    moves.push({ step: stamped, state });
  }
  return moves;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
