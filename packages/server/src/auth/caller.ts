import type { Actor } from '@liyu/model';
import { POLICY_SCOPE, customerScope } from '../sync/scope.js';

/** Who sent a request, as its token says. */
export interface Caller {
  subject: string;
  actor: Actor;
  /** Scopes the caller may read and push to; from the token alone, never from the request. */
  scopes: readonly string[];
  /** When the token ends, in ms since 1970. */
  expires: number;
}

/** The scopes of a role: a customer's own, and the policy. Those of staff come with their desk. */
export function scopesOf(actor: Actor): string[] {
  return actor.role === 'customer' && actor.customer !== null
    ? [customerScope(actor.customer), POLICY_SCOPE]
    : [POLICY_SCOPE];
}
