import * as z from 'zod/mini';
import { field } from './field.js';
import { date, id, text } from './primitives.js';

// What staff write down of a customer (archive.json). No field of it is for the customer's device.

const staff = ['staff'] as const;

export const archiveEntry = z.object({
  id: field(id, {
    cls: 'C1',
    audience: staff,
    unit: 'id',
    doc: 'UUIDv7 made on the device of the author',
  }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: staff,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: staff, unit: 'id', doc: 'Of whom it is' }),
  kind: field(z.enum(['NOTE', 'NEED', 'HANDOVER', 'LIFE_EVENT', 'CHECK']), {
    cls: 'C1',
    audience: staff,
    unit: 'code',
    doc: 'What it records',
    writable: staff,
  }),
  text: field(text(2000), {
    cls: 'C2',
    audience: staff,
    unit: 'text',
    doc: 'What was learned',
    writable: staff,
  }),
  on: field(date, {
    cls: 'C1',
    audience: staff,
    unit: 'date',
    doc: "Day of the server's receipt in Asia/Shanghai",
  }),
  by: field(id, {
    cls: 'C1',
    audience: staff,
    unit: 'id',
    doc: 'Staff number of the author',
  }),
  byName: field(text(60), { cls: 'C1', audience: staff, unit: 'text', doc: 'Name of the author' }),
});
export type ArchiveEntry = z.infer<typeof archiveEntry>;
