/** Scope of the policy, which everybody who signed in may read. */
export const POLICY_SCOPE = 'g:policy';

/** Scope that holds everything of one customer. */
export function customerScope(customer: string): string {
  return `c:${customer}`;
}

/** First part of the keys of a scope's documents: the customer, or empty for records of the bank. */
export function ownerOf(scope: string): string {
  return scope.startsWith('c:') ? scope.slice(2) : '';
}
