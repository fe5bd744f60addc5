import type { Case, CaseState } from './case.js';
import { equal } from './equal.js';

const CREATED = ['kind', 'topic', 'about', 'text', 'openedAt'] as const;

/** Whether two cases were opened with the same words. */
export function sameOpening(one: Case, other: Case): boolean {
  return CREATED.every((name) => equal(one[name], other[name]));
}

/**
 * Whether `held` already has what a caller `sent`, so that a push whose answer was lost is right
 * when it comes again: the server's time and name on a new step make the two unequal.
 */
export function caseContains(held: Case, sent: Case): boolean {
  const isThere = sent.steps.every(({ by, text, state }, index) => {
    const step = held.steps[index];
    return step?.text === text && step.by === by && (state === null || state === step.state);
  });
  const then = held.steps
    .slice(0, sent.steps.length)
    .reduce((state, step) => step.state ?? state, 'RECEIVED' as CaseState);
  // A state that came without a step got one of its own.
  const isMoved = sent.state === then || sent.state === held.steps[sent.steps.length]?.state;
  return isThere && isMoved && sameOpening(held, sent);
}
