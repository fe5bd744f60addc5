import * as z from 'zod/mini';
import { field } from './field.js';
import { code, date, id, instant, localized, text } from './primitives.js';

const both = ['customer', 'staff'] as const;
const answer = z.union([z.int(), z.boolean(), text(1000)]);

export const survey = z.object({
  id: field(id, {
    cls: 'C1',
    audience: both,
    unit: 'id',
    doc: 'Invitation; one response each. A survey the customer starts has a UUIDv7',
  }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Who is asked' }),
  template: field(code, {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Template of surveys.json',
  }),
  subject: field(z.nullable(localized), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'What it asks about, such as a branch and a service',
  }),
  on: field(date, { cls: 'C1', audience: both, unit: 'date', doc: 'Day of what it asks about' }),
  expiresOn: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Last day for an answer',
  }),
  state: field(z.enum(['invited', 'declined', 'submitted']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'submitted is immutable',
    writable: ['customer'],
  }),
  answers: field(z.nullable(z.record(code, answer)), {
    cls: 'C2',
    audience: both,
    unit: 'record',
    doc: 'Answer by item id: a score, an option number from 0, yes or no, or a text',
    writable: ['customer'],
  }),
  callBack: field(z.boolean(), {
    cls: 'C1',
    audience: both,
    unit: 'flag',
    doc: 'Whether the customer asks for a call after a low score',
    writable: ['customer'],
  }),
  submittedAt: field(z.nullable(instant), {
    cls: 'C1',
    audience: both,
    unit: 'instant',
    doc: 'Moment of the answer by the clock of the device',
    writable: ['customer'],
  }),
  receivedAt: field(z.nullable(instant), {
    cls: 'C1',
    audience: both,
    unit: 'instant',
    doc: 'Moment the server took the answer; null until then',
  }),
  receipt: field(z.nullable(text(24)), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Number the customer can quote at the bank',
  }),
});
export type Survey = z.infer<typeof survey>;
export type Answer = z.infer<typeof answer>;
