import * as z from 'zod/mini';
import { field } from './field.js';
import { date, id, localized, text } from './primitives.js';

const both = ['customer', 'staff'] as const;

const person = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Staff number of the person' }),
  name: field(text(60), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Name as customers know it',
  }),
  phone: field(text(24), {
    cls: 'C1',
    audience: both,
    unit: 'phone',
    doc: 'Business number to call',
  }),
});

export const customer = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Customer number, opaque' }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  asOf: field(date, {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Date of the data behind the record',
  }),
  name: field(text(60), {
    cls: 'C2',
    audience: both,
    unit: 'text',
    doc: 'Name, masked by the server after masking.json',
  }),
  phone: field(z.nullable(text(24)), {
    cls: 'C2',
    audience: both,
    unit: 'phone',
    doc: 'Mobile number, masked by the server',
  }),
  locale: field(z.enum(['zh-CN', 'en']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Language the customer chose',
  }),
  since: field(date, { cls: 'C1', audience: both, unit: 'date', doc: 'Date of the first account' }),
  branch: field(
    z.object({
      id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Branch number' }),
      name: field(localized, {
        cls: 'C1',
        audience: both,
        unit: 'text',
        doc: 'Name of the branch',
      }),
      personalBanker: field(z.boolean(), {
        cls: 'C1',
        audience: both,
        unit: 'flag',
        doc: 'Whether the branch offers a personal banker',
      }),
    }),
    { cls: 'C1', audience: both, unit: 'record', doc: 'Branch that holds the account' },
  ),
  clientManager: field(z.nullable(person), {
    cls: 'C1',
    audience: both,
    unit: 'record',
    doc: 'Owns the relationship (客户经理)',
  }),
  careManager: field(z.nullable(person), {
    cls: 'C1',
    audience: both,
    unit: 'record',
    doc: 'Owns care (客户关怀服务经理)',
  }),
  preferences: field(
    z.object({
      channel: field(z.nullable(localized), {
        cls: 'C1',
        audience: both,
        unit: 'text',
        doc: 'Channel the customer wants to be reached by',
      }),
    }),
    { cls: 'C1', audience: both, unit: 'record', doc: 'What the customer asked for' },
  ),
});
export type Customer = z.infer<typeof customer>;
