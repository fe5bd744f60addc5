import type { CaseState } from './case.js';
import type { Role } from './field.js';

const OPEN: readonly CaseState[] = ['WITHDRAWN'];
const ANSWERED: readonly CaseState[] = ['WITHDRAWN', 'REOPENED'];

/** The states that each role may move a case to, by the state it is in. WITHDRAWN is the end. */
const MOVES: Readonly<Record<Role, Partial<Record<CaseState, readonly CaseState[]>>>> = {
  customer: {
    RECEIVED: OPEN,
    ACCEPTED: OPEN,
    INVESTIGATING: OPEN,
    REOPENED: OPEN,
    ANSWERED,
    CLOSED: ['REOPENED'],
  },
  staff: {
    RECEIVED: ['ACCEPTED'],
    ACCEPTED: ['INVESTIGATING', 'ANSWERED'],
    INVESTIGATING: ['ANSWERED'],
    ANSWERED: ['CLOSED'],
    REOPENED: ['INVESTIGATING', 'ANSWERED'],
  },
};

/** Where `role` may move a case that is in `state`: what a widget offers and the rule takes. */
export function caseMoves(role: Role, state: CaseState): readonly CaseState[] {
  return MOVES[role][state] ?? [];
}
