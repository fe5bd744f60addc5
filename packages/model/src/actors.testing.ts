import type { Actor, Duty } from './define-collection.js';

// Who writes, for tests of rules.

export function aCustomerActor(customer = 'c1'): Actor {
  return { role: 'customer', customer, manager: null, branch: null, duties: [], name: null };
}

export function aStaffActor(...duties: Duty[]): Actor {
  return { role: 'staff', customer: null, manager: 'M1', branch: 'B1', duties, name: '王慧敏' };
}

/** An id that a device makes. */
export const UUID = '01935c9e-7a10-7c3e-9d2b-0123456789ab';
