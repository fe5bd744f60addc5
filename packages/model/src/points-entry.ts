import * as z from 'zod/mini';
import { field } from './field.js';
import { code, date, id, localized } from './primitives.js';

const both = ['customer', 'staff'] as const;

export const pointsEntry = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Entry of the ledger' }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Whose points they are' }),
  type: field(z.enum(['EARN', 'SPEND', 'EXPIRE', 'REVERSE']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Kind of entry, a key of points.ledgerLabels',
  }),
  points: field(z.int(), {
    cls: 'C2',
    audience: both,
    unit: 'points',
    doc: 'Signed: what the entry adds to the balance, which is the sum of all entries',
  }),
  on: field(date, { cls: 'C1', audience: both, unit: 'date', doc: 'Day of the entry' }),
  expiresOn: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Last day on which points that it adds can be used; null for what takes away',
  }),
  rule: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Rule of points.earn it came from',
  }),
  of: field(z.nullable(id), {
    cls: 'C1',
    audience: both,
    unit: 'id',
    doc: 'Entry that is reversed or expires, or the redemption that spends',
  }),
  title: field(localized, {
    cls: 'C2',
    audience: both,
    unit: 'text',
    doc: 'What it was for, in words for the customer',
  }),
});
export type PointsEntry = z.infer<typeof pointsEntry>;
