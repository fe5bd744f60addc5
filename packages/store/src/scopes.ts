import type { Collection, Duty } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import type { Claims } from './session.js';

const OF_MANAGER: readonly Duty[] = ['client-manager', 'care-manager'];
const OF_BRANCH: readonly Duty[] = ['lobby', 'counter', 'complaints'];

/**
 * The scopes in which a caller finds a collection. Staff have collections of their desk for all their
 * customers, by manager and by branch; every other collection for the customers they opened.
 */
export function scopesOf(
  { name, desk }: Collection,
  claims: Claims,
  opened: ReadonlySet<string>,
): string[] {
  if (name === 'policies') return ['g:policy'];
  if (claims.role === 'customer') return [`c:${claims.customer ?? ''}`];
  return desk === true ? deskScopes(claims) : [...opened].map((customer) => `c:${customer}`);
}

/** The desks a member of staff works at. */
function deskScopes({ manager, branch, duties }: Claims): string[] {
  const has = (wanted: readonly Duty[]) => duties.some((duty) => wanted.includes(duty));
  return [
    ...(manager !== null && has(OF_MANAGER) ? [`m:${manager}`] : []),
    ...(branch !== null && has(OF_BRANCH) ? [`b:${branch}`] : []),
  ];
}

/** Whose records lie in a store: the customer, or the member of staff. */
export function ownerOf({ role, customer, manager, subject }: Claims): string {
  return role === 'customer' ? (customer ?? '') : `${STAFF}${manager ?? subject}`;
}

/** The role of an owner; a customer while nobody is known. */
export function roleOf(owner: string | null): Claims['role'] {
  return owner?.startsWith(STAFF) === true ? 'staff' : 'customer';
}

const STAFF = 'staff:';

/** Which records of a collection are a customer's. */
export function selectorOf({ name }: Collection, customer: string): Record<string, string> {
  return name === 'customers' ? { id: customer } : { customer };
}

/** A collection that a tab shows; for staff, outside their desk, of one customer. */
export interface Want {
  name: string;
  customer: string | null;
}

export function wantOf({ name, desk }: Collection, customer: string | null): Want {
  return { name, customer: desk === true ? null : customer };
}

/** Name under which it is kept that what is wanted was pulled to its end. */
export function keyOf({ name, customer }: Want): string {
  return customer === null ? name : `${name}@${customer}`;
}

/** The collection that a key stands for. */
export function nameIn(key: string): string {
  return key.split('@')[0] ?? key;
}

/** No name of an object's own machinery is among them. */
const REGISTERED: ReadonlyMap<string, Collection> = new Map(Object.entries(collections));

export function isRegistered(name: string): boolean {
  return REGISTERED.has(name);
}

/** A registered collection. Throws a RangeError. */
export function definitionOf(name: string): Collection {
  const definition = REGISTERED.get(name);
  if (definition === undefined) throw new RangeError(`${name} is no collection`);
  return definition;
}
