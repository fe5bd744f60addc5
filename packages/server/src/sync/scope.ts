import type { Actor, Duty } from '@liyu/model';

/** Scope of the policy, which everybody who signed in may read. */
export const POLICY_SCOPE = 'g:policy';

/** Scope of what customers and staff did, for the bank's other systems; no caller reads it. */
export const EXPORT_SCOPE = 'x:export';

/** Scope that holds everything of one customer. */
export function customerScope(customer: string): string {
  return `c:${customer}`;
}

/** The customer of a scope `c:`; empty for any other, whose records belong to the bank. */
export function ownerOf(scope: string): string {
  return scope.startsWith('c:') ? scope.slice(2) : '';
}

/** Whether a scope is a manager's or a branch's: a copy of records of many customers. */
export function isDeskScope(scope: string): boolean {
  return scope.startsWith('m:') || scope.startsWith('b:');
}

const OF_MANAGER: readonly Duty[] = ['client-manager', 'care-manager'];
const OF_BRANCH: readonly Duty[] = ['lobby', 'counter', 'complaints'];

/** The desks a member of staff works at; none without a duty that calls for one. */
export function deskScopes({ manager, branch, duties }: Actor): string[] {
  const has = (wanted: readonly Duty[]) => duties.some((duty) => wanted.includes(duty));
  return [
    ...(manager !== null && has(OF_MANAGER) ? [`m:${manager}`] : []),
    ...(branch !== null && has(OF_BRANCH) ? [`b:${branch}`] : []),
  ];
}

/**
 * SQL for the desk scopes a customer belongs to at present, from their record in `doc`, named `alias`:
 * an array, with nulls where nobody is named.
 */
export function deskScopesSql(alias: string): string {
  return `ARRAY[
    'm:' || (${alias}.body #>> '{clientManager,id}'),
    'm:' || (${alias}.body #>> '{careManager,id}'),
    'b:' || (${alias}.body #>> '{branch,id}')
  ]`;
}
