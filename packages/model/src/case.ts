import * as z from 'zod/mini';
import { field } from './field.js';
import { code, date, id, instant, text } from './primitives.js';

const both = ['customer', 'staff'] as const;

/** States of complaints.json, which reviews and call-backs go through too. */
export const caseState = z.enum([
  'RECEIVED',
  'ACCEPTED',
  'INVESTIGATING',
  'ANSWERED',
  'CLOSED',
  'REOPENED',
  'WITHDRAWN',
]);

export const caseStep = z.object({
  at: field(instant, {
    cls: 'C1',
    audience: both,
    unit: 'instant',
    doc: 'Moment the server took the step',
  }),
  by: field(z.enum(['customer', 'staff', 'bank']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Who took it; bank where no person did',
  }),
  name: field(z.nullable(text(60)), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Name of the member of staff',
  }),
  state: field(z.nullable(caseState), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'State that the case enters by it; null when it stays',
  }),
  text: field(text(2000), { cls: 'C2', audience: both, unit: 'text', doc: 'What was said' }),
});

/** A complaint, the review of a decision, or a call-back that the customer asks for. */
export const caseRecord = z.object({
  id: field(id, {
    cls: 'C1',
    audience: both,
    unit: 'id',
    doc: 'UUIDv7 made on the device: the same case sent twice is one case',
  }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Who opened it' }),
  kind: field(z.enum(['complaint', 'review', 'callback']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'What is asked for',
    writable: ['customer'],
  }),
  topic: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Id of complaints.taxonomy; a complaint has one',
    writable: ['customer'],
  }),
  about: field(z.nullable(id), {
    cls: 'C1',
    audience: both,
    unit: 'id',
    doc: 'Record or member of staff it is about',
    writable: ['customer'],
  }),
  text: field(text(2000), {
    cls: 'C2',
    audience: both,
    unit: 'text',
    doc: 'What the customer wrote to open it',
    writable: ['customer'],
  }),
  state: field(caseState, {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'State of complaints.json',
    writable: both,
  }),
  openedAt: field(instant, {
    cls: 'C1',
    audience: both,
    unit: 'instant',
    doc: 'Moment it was written by the clock of the device',
    writable: ['customer'],
  }),
  receivedAt: field(z.nullable(instant), {
    cls: 'C1',
    audience: both,
    unit: 'instant',
    doc: 'Moment the server took it; null until then',
  }),
  dueOn: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Last day for the answer, after complaints.sla; null until it is received',
  }),
  handler: field(z.nullable(text(60)), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Name of the member of staff who accepted it',
  }),
  receipt: field(z.nullable(text(24)), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Number the customer can quote at the bank',
  }),
  steps: field(z.array(caseStep).check(z.maxLength(200)), {
    cls: 'C2',
    audience: both,
    unit: 'record',
    doc: 'What happened since, oldest first; nothing in it is ever changed',
    writable: both,
  }),
});
export type CaseState = z.infer<typeof caseState>;
export type CaseStep = z.infer<typeof caseStep>;
export type Case = z.infer<typeof caseRecord>;
