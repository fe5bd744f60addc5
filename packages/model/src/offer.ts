import * as z from 'zod/mini';
import { field } from './field.js';
import { date, id, instant, localized } from './primitives.js';

const both = ['customer', 'staff'] as const;

export const offer = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Offer to one customer' }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'To whom it is made' }),
  product: field(localized, {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Product it is for',
  }),
  title: field(localized, {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'What is offered, in words for the customer',
  }),
  reason: field(localized, {
    cls: 'C2',
    audience: both,
    unit: 'text',
    doc: 'Why this customer gets it',
  }),
  interest: field(localized, {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'What the bank gains by it, disclosed',
  }),
  on: field(date, { cls: 'C1', audience: both, unit: 'date', doc: 'Day of the offer' }),
  expiresOn: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Last day of the offer',
  }),
  feedback: field(z.nullable(z.enum(['INTERESTED', 'NOT_NOW', 'NEVER'])), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'What the customer thinks of it; given once',
    writable: ['customer'],
  }),
  feedbackAt: field(z.nullable(instant), {
    cls: 'C1',
    audience: both,
    unit: 'instant',
    doc: 'Moment the server took the feedback',
  }),
});
export type Offer = z.infer<typeof offer>;
