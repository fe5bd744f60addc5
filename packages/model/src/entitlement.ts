import * as z from 'zod/mini';
import { field } from './field.js';
import { code, count, date, id, localized, text } from './primitives.js';

const both = ['customer', 'staff'] as const;

export const entitledBenefit = z.object({
  benefit: field(code, { cls: 'C1', audience: both, unit: 'code', doc: 'Id in benefits.json' }),
  kind: field(code, {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Kind in benefits.json, the group it is shown in',
  }),
  state: field(z.enum(['AVAILABLE', 'LOCKED', 'SUSPENDED']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'State after benefits.requiresRule',
  }),
  because: field(z.nullable(z.enum(['rung', 'consent', 'age', 'sideRule', 'credit'])), {
    cls: 'C2',
    audience: both,
    unit: 'code',
    doc: 'What locks or suspends it',
  }),
  opensAt: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Lowest rung above that grants it, when because is rung',
  }),
  quota: field(z.nullable(count), {
    cls: 'C1',
    audience: both,
    unit: 'count',
    doc: 'Uses per period; null when not counted',
  }),
  per: field(z.nullable(z.enum(['year', 'lifetime'])), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Period of the quota',
  }),
  used: field(count, {
    cls: 'C1',
    audience: both,
    unit: 'count',
    doc: 'Uses confirmed in the period',
  }),
  addBp: field(z.nullable(z.int()), {
    cls: 'C1',
    audience: both,
    unit: 'bp',
    doc: 'Added to the base rate, for a rate benefit',
  }),
});
export type EntitledBenefit = z.infer<typeof entitledBenefit>;

export const entitlement = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'customer:period' }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Whose benefits they are' }),
  period: field(text(4), {
    cls: 'C1',
    audience: both,
    unit: 'year',
    doc: 'Calendar year in Asia/Shanghai',
  }),
  endsOn: field(date, { cls: 'C1', audience: both, unit: 'date', doc: 'Last day of the period' }),
  asOf: field(date, {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Day of the assessment it follows from',
  }),
  rung: field(code, { cls: 'C1', audience: both, unit: 'code', doc: 'Held rung that grants them' }),
  label: field(localized, { cls: 'C1', audience: both, unit: 'text', doc: 'Name of that rung' }),
  benefits: field(z.array(entitledBenefit), {
    cls: 'C1',
    audience: both,
    unit: 'record',
    doc: 'Each benefit with quota, used, state',
  }),
});
export type Entitlement = z.infer<typeof entitlement>;
