export { sampleBank } from './sample-bank.js';
export type { CustomerRow, SampleBank, SampleOptions, SamplePerson } from './sample-bank.js';
export type { BranchRow, ManagerRow } from './bank.js';
export type { EventRow } from './events.js';
export type { HoldingRow } from './holdings-of.js';
