import type { Actor } from '@liyu/model';
import { POLICY_SCOPE, customerScope, deskScopes } from '../sync/scope.js';

/** Who sent a request, as its token says. */
export interface Caller {
  subject: string;
  actor: Actor;
  /**
   * Scopes the caller may read and push to; from the token alone, never from the request. Staff may
   * also open the scopes of customers who belong to one of their desks: see sync/desk.ts.
   */
  scopes: readonly string[];
  /** When the token ends, in ms since 1970. */
  expires: number;
}

export function scopesOf(actor: Actor): string[] {
  const own = actor.customer === null ? deskScopes(actor) : [customerScope(actor.customer)];
  return [...own, POLICY_SCOPE];
}
