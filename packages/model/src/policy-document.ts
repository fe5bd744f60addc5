import * as z from 'zod/mini';
import { field } from './field.js';
import { id, text } from './primitives.js';

const both = ['customer', 'staff'] as const;

export const policyDocument = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'current' }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  version: field(text(20), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Version of the ladder',
  }),
  hash: field(text(64), {
    cls: 'C1',
    audience: both,
    unit: 'hash',
    doc: 'SHA-256 of the whole policy, hexadecimal',
  }),
  files: field(z.record(text(40), z.unknown()), {
    cls: 'C1',
    audience: both,
    unit: 'record',
    doc: 'Projection of the policy files for customers: no AML thresholds, no internal grades, no sources',
  }),
});
export type PolicyDocument = z.infer<typeof policyDocument>;
