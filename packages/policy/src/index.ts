// For browsers: no file system, no zod at run time.
export type { Expression, Operator } from './expression.js';
export type { PolicyFiles } from './files.js';
export { forCustomers } from './policy.js';
export type { CustomerPolicyFiles, Policy } from './policy.js';
export { promisedReturn } from './promised-return.js';
export { variablesOf } from './variables-of.js';
