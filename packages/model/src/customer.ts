import * as z from 'zod/mini';
import { field } from './field.js';
import { code, count, date, id, localized, text } from './primitives.js';

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

const branch = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Branch number' }),
  name: field(localized, { cls: 'C1', audience: both, unit: 'text', doc: 'Name of the branch' }),
  personalBanker: field(z.boolean(), {
    cls: 'C1',
    audience: both,
    unit: 'flag',
    doc: 'Whether the branch offers a personal banker',
  }),
});

const tier = z.object({
  class: field(code, {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Class of the rung, an id of tier-ladder.classes',
  }),
  level: field(z.nullable(count), {
    cls: 'C1',
    audience: both,
    unit: 'count',
    doc: 'Level of the rung; null in a class without levels',
  }),
  rung: field(code, { cls: 'C1', audience: both, unit: 'code', doc: 'Code of the rung' }),
  label: field(localized, { cls: 'C1', audience: both, unit: 'text', doc: 'Name of the rung' }),
});

const preferences = z.object({
  channel: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Channel the customer wants to be reached by, a code of care-playbook.channels',
    writable: ['customer'],
  }),
  channelLabel: field(z.nullable(localized), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Name of that channel, filled by the server',
  }),
  contactTime: field(z.nullable(z.enum(['MORNING', 'AFTERNOON', 'EVENING'])), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Part of the day for calls',
    writable: ['customer'],
  }),
  care: field(z.boolean(), {
    cls: 'C1',
    audience: both,
    unit: 'flag',
    doc: 'Whether greetings and gifts are welcome',
    writable: ['customer'],
  }),
  surveys: field(z.boolean(), {
    cls: 'C1',
    audience: both,
    unit: 'flag',
    doc: 'Whether invitations to surveys are welcome',
    writable: ['customer'],
  }),
  personalised: field(z.boolean(), {
    cls: 'C1',
    audience: both,
    unit: 'flag',
    doc: 'Whether offers may follow from what the bank knows of the customer',
    writable: ['customer'],
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
  name: field(z.nullable(text(60)), {
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
  birthday: field(z.optional(z.nullable(text(10))), {
    cls: 'C2',
    audience: ['staff'],
    unit: 'text',
    doc: 'Month and day of birth by the solar calendar, ****-03-07, masked by the server',
  }),
  birthdayCalendar: field(z.optional(z.nullable(z.enum(['solar', 'lunar']))), {
    cls: 'C1',
    audience: ['staff'],
    unit: 'code',
    doc: 'Calendar by which the birthday is celebrated',
  }),
  locale: field(z.enum(['zh-CN', 'en']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Language the customer chose',
    writable: ['customer'],
  }),
  since: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Date of the first account',
  }),
  branch: field(z.nullable(branch), {
    cls: 'C1',
    audience: both,
    unit: 'record',
    doc: 'Branch that holds the account',
  }),
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
  tier: field(z.nullable(tier), {
    cls: 'C1',
    audience: both,
    unit: 'record',
    doc: 'Rung held after the latest assessment; null before the first',
  }),
  preferences: field(preferences, {
    cls: 'C1',
    audience: both,
    unit: 'record',
    doc: 'What the customer asked for, each field by itself',
  }),
});
export type Customer = z.infer<typeof customer>;
