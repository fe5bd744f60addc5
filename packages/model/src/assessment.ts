import * as z from 'zod/mini';
import { field } from './field.js';
import { code, count, date, id, localized, text } from './primitives.js';

const both = ['customer', 'staff'] as const;
const input = z.union([z.int(), z.boolean(), text(40), z.null()]);

export const assessment = z.object({
  id: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'customer:assessedOn' }),
  rev: field(z.int(), {
    cls: 'C1',
    audience: both,
    unit: 'revision',
    doc: 'Grows with every write of the record',
  }),
  customer: field(id, { cls: 'C1', audience: both, unit: 'id', doc: 'Whose assessment it is' }),
  assessedOn: field(date, {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Day of the evaluation, the first of a month',
  }),
  asOf: field(date, {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Date of the metrics, the end of the month before',
  }),
  class: field(code, {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Class of the held rung, an id of tier-ladder.classes',
  }),
  level: field(z.nullable(count), {
    cls: 'C1',
    audience: both,
    unit: 'count',
    doc: 'Level of the held rung; null in a class without levels',
  }),
  rung: field(code, {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Rung held after this evaluation',
  }),
  label: field(localized, {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Name of the held rung under this policy',
  }),
  top: field(z.boolean(), {
    cls: 'C1',
    audience: both,
    unit: 'flag',
    doc: 'Whether no rung ranks above the held one',
  }),
  qualified: field(code, {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Rung that the metrics qualify for',
  }),
  previous: field(z.nullable(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Rung held before this evaluation; null at the first one',
  }),
  variant: field(z.nullable(z.enum(['neutral'])), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Variant of the scorecard that decided; null is the whole scorecard',
  }),
  status: field(z.enum(['UPGRADE', 'KEEP', 'WATCH', 'DOWNGRADE']), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Event of tier-ladder.reevaluation.eventRule',
  }),
  failStreak: field(count, {
    cls: 'C1',
    audience: both,
    unit: 'count',
    doc: 'Failing evaluations in a row',
  }),
  since: field(date, {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Day from which the rung is held',
  }),
  validTo: field(z.nullable(date), {
    cls: 'C1',
    audience: both,
    unit: 'date',
    doc: 'Last day before the earliest possible downgrade; for QUALITY a knock-out can move earlier; null where the rung cannot fall',
  }),
  restore: field(z.nullable(localized), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'In a watch month: the condition that restores the rung',
  }),
  score: field(count, {
    cls: 'C2',
    audience: both,
    unit: 'points',
    doc: 'Score of the scorecard, 0 to 100',
  }),
  neutralScore: field(count, {
    cls: 'C2',
    audience: both,
    unit: 'points',
    doc: 'Score of the neutral variant',
  }),
  points: field(z.record(code, count), {
    cls: 'C2',
    audience: both,
    unit: 'points',
    doc: 'Points per factor',
  }),
  knockouts: field(z.array(code), {
    cls: 'C2',
    audience: both,
    unit: 'code',
    doc: 'Knock-outs that are TRUE, in file order',
  }),
  creditKnown: field(z.boolean(), {
    cls: 'C2',
    audience: both,
    unit: 'flag',
    doc: 'Whether the knock-outs could be decided',
  }),
  reasons: field(z.array(code), {
    cls: 'C2',
    audience: both,
    unit: 'code',
    doc: 'Reason codes: factors with the largest loss, at most four',
  }),
  inputs: field(z.record(code, input), {
    cls: 'C2',
    audience: both,
    unit: 'record',
    doc: 'Metrics used, after defaults; never AML counts',
  }),
  missing: field(z.array(code), {
    cls: 'C1',
    audience: both,
    unit: 'code',
    doc: 'Required metrics that are unknown (DQ1)',
  }),
  confidenceBp: field(count, {
    cls: 'C1',
    audience: both,
    unit: 'bp',
    doc: 'Share of attainable points whose metric is known (DQ1)',
  }),
  policyVersion: field(text(20), {
    cls: 'C1',
    audience: both,
    unit: 'text',
    doc: 'Version of the ladder',
  }),
  policyHash: field(text(64), {
    cls: 'C1',
    audience: both,
    unit: 'hash',
    doc: 'SHA-256 of the policy, hexadecimal',
  }),
  inputDigest: field(text(64), {
    cls: 'C1',
    audience: both,
    unit: 'hash',
    doc: 'SHA-256 over the canonical JSON of `inputs`, hexadecimal',
  }),
  previousHash: field(z.nullable(text(64)), {
    cls: 'C1',
    audience: both,
    unit: 'hash',
    doc: 'SHA-256 over the canonical JSON of the assessment before, without rev; null at the first one',
  }),
});
export type Assessment = z.infer<typeof assessment>;
