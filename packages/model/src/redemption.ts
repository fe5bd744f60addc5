import * as z from 'zod/mini';
import { field } from './field.js';
import { code, count, date, id, instant, text } from './primitives.js';

const both = ['customer', 'staff'] as const;

export const redemption = z.object({
  id: field(id, {
    cls: 'C1',
    audience: both,
    unit: 'id',
    doc: 'UUIDv7 made on the device: the same request sent twice is one redemption',
  }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Who asks for it' }),
  kind: field(z.enum(['benefit', 'points']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Whether a benefit is used or points are spent',
    writable: ['customer'],
  }),
  benefit: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Id in benefits.json; null for points that are spent without naming one',
    writable: ['customer'],
  }),
  points: field(z.nullable(count), {
    cls: 'C1',
    audience: both,
    unit: 'points',
    doc: 'Points to spend; null for a benefit',
    writable: ['customer'],
  }),
  period: field(text(4), {
    cls: 'C1',
    audience: both,
    unit: 'year',
    doc: "Calendar year of the server's receipt in Asia/Shanghai; on the device a guess",
  }),
  requestedAt: field(instant, {
    cls: 'C1',
    audience: both,
    unit: 'instant',
    doc: 'Moment of the request by the clock of the device',
    writable: ['customer'],
  }),
  state: field(z.enum(['pending', 'confirmed', 'rejected', 'used', 'expired']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'pending until the server has decided; confirmed becomes used at the counter, or expired',
    writable: ['staff'],
  }),
  reason: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Why it was rejected, a code of REDEMPTION_REASONS',
  }),
  code: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Short code to show at the counter, once confirmed',
  }),
  decidedAt: field(z.nullable(instant), {
    cls: 'C1',
    audience: both,
    unit: 'instant',
    doc: 'Moment of the decision; null while pending',
  }),
  validUntil: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Last day on which the code is taken',
  }),
});
export type Redemption = z.infer<typeof redemption>;
