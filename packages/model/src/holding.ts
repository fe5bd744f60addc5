import * as z from 'zod/mini';
import { field } from './field.js';
import { date, id, localized } from './primitives.js';

const both = ['customer', 'staff'] as const;

export const holding = z.object({
  id: field(id, {
    cls: 'C1',
    audience: both,
    unit: 'id',
    doc: 'Number of the holding, opaque; never an account number',
  }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Whose holding it is' }),
  kind: field(z.enum(['DEPOSIT', 'LOAN', 'CARD', 'WEALTH']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'What it is shown under',
  }),
  name: field(localized, {
    cls: 'C2',
    audience: both,
    unit: 'text',
    doc: 'Name of the product, with the last four digits where there are any',
  }),
  amountFen: field(z.nullable(z.int()), {
    cls: 'C2',
    audience: both,
    unit: 'fen',
    doc: 'Balance of a deposit or wealth product, what is owed on a loan or card',
  }),
  openedOn: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Day it was opened',
  }),
  maturesOn: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Day it matures; null where it does not',
  }),
  autoRenew: field(z.nullable(z.boolean()), {
    cls: 'C2',
    audience: both,
    unit: 'flag',
    doc: 'Whether it renews by itself when it matures; unknown counts as no',
  }),
  asOf: field(date, {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Date of the data behind the record',
  }),
});
export type Holding = z.infer<typeof holding>;
