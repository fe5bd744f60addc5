import * as z from 'zod/mini';
import { field } from './field.js';
import { code, date, id, localized, text } from './primitives.js';

const both = ['customer', 'staff'] as const;

const lunarDay = z.object({
  month: field(z.int().check(z.minimum(1), z.maximum(12)), {
    cls: 'C1',
    audience: both,
    unit: 'count',
    doc: 'Month, 1 to 12; a leap month has the number of the one before',
  }),
  day: field(z.int().check(z.minimum(1), z.maximum(30)), {
    cls: 'C1',
    audience: both,
    unit: 'count',
    doc: 'Day of the month, 1 to 30',
  }),
  leap: field(z.boolean(), {
    cls: 'C1',
    audience: both,
    unit: 'flag',
    doc: 'Whether it is in a leap month',
  }),
});
export type LunarDay = z.infer<typeof lunarDay>;

export const careEvent = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'customer:rule:occurrence' }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'For whom it is done' }),
  rule: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Rule of care-playbook.json it came from',
  }),
  kind: field(z.enum(['CARE', 'CONTACT', 'SURVEY', 'COMPLAINT']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'What the timeline filters by',
  }),
  on: field(date, {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Day it was done, or is planned for',
  }),
  lunar: field(z.optional(z.nullable(lunarDay)), {
    cls: 'C1',
    audience: both,
    unit: 'record',
    doc: 'That day by the lunar calendar, where the occasion is kept by it; null where it is not',
    since: 1,
  }),
  title: field(localized, {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'What is done, in words for the customer',
  }),
  note: field(z.nullable(localized), {
    cls: 'C2',
    audience: both,
    unit: 'text',
    doc: 'Detail for the customer',
  }),
  state: field(z.enum(['planned', 'invited', 'done', 'cancelled']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'invited waits for the customer',
    writable: ['staff'],
  }),
  owner: field(localized, { cls: 'C1', audience: both, unit: 'text', doc: 'Role that does it' }),
  ownerName: field(z.nullable(text(60)), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Person who does it, where there is one',
  }),
  channel: field(z.nullable(localized), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Way of contact',
  }),
  survey: field(z.nullable(id), {
    cls: 'C1',
    audience: both,
    unit: 'id',
    doc: 'Survey it invites to',
  }),
});
export type CareEvent = z.infer<typeof careEvent>;
