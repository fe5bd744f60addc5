import * as z from 'zod';
import { expression } from './expression.js';

// Shapes of the policy files. Keys that only people read (source, note, why) pass unread.

const label = z.looseObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
const labels = z.record(z.string(), label);
const points = z.int().min(0);
const head = { policyId: z.string(), version: z.string().min(1), label };

export const metricsFile = z.looseObject({
  ...head,
  metrics: z.array(
    z.looseObject({
      id: z.string(),
      type: z.enum(['int', 'bool', 'enum']),
      unit: z.string(),
      label,
      nullMeans: z.boolean().optional(),
      derived: z.string().optional(),
      values: z.array(z.string()).optional(),
      valueLabels: labels.optional(),
      display: z.string().optional(),
    }),
  ),
});

const rangeBin = z.strictObject({ lo: z.int(), hi: z.int().nullable(), points });
const valueBin = z.strictObject({ eq: z.union([z.boolean(), z.string()]), points });

export const scorecardFile = z.looseObject({
  ...head,
  blocks: z.array(z.looseObject({ id: z.string(), max: points, label })),
  derived: z.array(z.looseObject({ id: z.string(), expr: expression })),
  knockouts: z.array(z.looseObject({ id: z.string(), when: expression, label })),
  factors: z.array(
    z.looseObject({
      id: z.string(),
      block: z.string(),
      metric: z.string(),
      max: points,
      bins: z.array(z.union([rangeBin, valueBin])).min(1),
      missingPoints: points,
      /** Whether points rise or fall with the metric, bin by bin. */
      monotone: z.enum(['up', 'down']),
      treatAsMissingWhen: expression.optional(),
      label,
    }),
  ),
  variants: z.array(z.looseObject({ id: z.string(), drop: z.array(z.string()) })),
  sideRules: z.array(z.looseObject({ id: z.string(), when: expression.optional(), label })),
});

export const ladderFile = z.looseObject({
  ...head,
  classes: z.array(z.looseObject({ id: z.string(), rank: z.int(), levels: z.int(), label })),
  rungs: z
    .array(
      z.looseObject({
        code: z.string(),
        class: z.string(),
        level: z.int().nullable(),
        rank: z.int(),
        criterion: expression,
        label,
      }),
    )
    .min(1),
  reevaluation: z.looseObject({
    downgradeAfterMonths: z.record(z.string(), z.int().min(0)),
    landing: z.enum(['qualified', 'one_rung']),
    eventLabels: labels,
  }),
  levers: z.array(
    z.looseObject({
      metric: z.string(),
      /** Size of a step, in the unit of the metric. */
      step: z.int().min(1),
      costPerStep: z.int().min(0),
      /** Highest value that is proposed. */
      max: z.int().min(0),
      leadDays: z.int().min(0),
      barredWhen: expression.optional(),
      label,
    }),
  ),
  progress: z.looseObject({ nearUpgradeBp: z.int().min(0) }),
});

const quota = z.looseObject({
  count: z.int().min(0),
  per: z.enum(['year', 'lifetime']),
});
const params = z.looseObject({ addBp: z.int().optional() });

export const benefitsFile = z.looseObject({
  ...head,
  stateLabels: labels,
  kindLabels: labels,
  periodLabels: labels,
  kinds: z.array(z.string()),
  benefits: z.array(
    z.looseObject({
      id: z.string(),
      label,
      kind: z.string(),
      grants: z.array(z.looseObject({ class: z.string(), minLevel: z.int().min(1) })),
      quota: quota.nullable(),
      quotaByLevel: z.record(z.string(), z.int().min(0)).optional(),
      params: params.optional(),
      paramsByLevel: z.record(z.string(), params).optional(),
      requires: z
        .strictObject({
          creditRiskNot: z.literal('HIGH').optional(),
          knockout: z.literal(false).optional(),
          consent: z.string().optional(),
          ageGe: z.int().optional(),
          sideRule: z.string().optional(),
        })
        .optional(),
      alsoWhen: expression.optional(),
      compliance: z.string().optional(),
    }),
  ),
});

const item = z.looseObject({
  id: z.string(),
  text: label,
  score: z.boolean().optional(),
  kind: z.enum(['rating5', 'choice', 'yesno', 'text']).optional(),
  max: z.int().min(1).optional(),
  options: z.array(label).optional(),
});

export const surveysFile = z.looseObject({
  ...head,
  typeLabels: labels,
  templates: z.array(
    z.looseObject({
      id: z.string(),
      type: z.enum(['CSAT', 'NPS', 'CES']),
      label,
      items: z.array(item).min(1),
    }),
  ),
});

/** Rules of a hit policy FIRST: the first whose `when` is TRUE gives `out`. */
const rules = z.array(z.looseObject({ id: z.string(), when: expression, out: z.string() })).min(1);

export const riskFile = z.looseObject({
  ...head,
  labels,
  dimensions: z.array(z.looseObject({ id: z.string(), rules, consequence: labels.optional() })),
});

export const valueFile = z.looseObject({ ...head, labels, rules });

export const needsFile = z.looseObject({ ...head, labels, rules, service: labels });

const cells = z.array(
  z.looseObject({ kind: z.string(), action: label, methods: z.array(z.string()).optional() }),
);
const methods = z.array(z.string());

export const maintenanceFile = z.looseObject({
  ...head,
  methods: z.array(z.looseObject({ id: z.string(), label })),
  kinds: z.array(z.looseObject({ id: z.string(), label })),
  productPreference: z.array(z.looseObject({ id: z.string(), label, cells })),
  behaviourType: z.array(z.looseObject({ id: z.string(), label, approach: label, methods })),
  marketingGrade: z.array(z.looseObject({ id: z.string(), label, cells })),
  assignment: z.looseObject({ marketingGrade: rules }),
});

export const segmentsFile = z.looseObject({
  ...head,
  depositBands: z.array(
    z.looseObject({ id: z.string(), lo: z.int(), hi: z.int().nullable(), label }),
  ),
  lifeStages: z.array(
    z.looseObject({ id: z.string(), age: z.tuple([z.int(), z.int().nullable()]), label }),
  ),
});

export const careFile = z.looseObject({
  ...head,
  owners: labels,
  ownerDuties: labels,
  channels: z.array(z.string()).min(1),
  channelLabels: labels,
  rules: z.array(
    z.looseObject({
      id: z.string(),
      label,
      owner: z.string(),
      channels: z.array(z.string()).min(1),
    }),
  ),
});

export const complaintsFile = z.looseObject({
  ...head,
  sla: z.looseObject({
    simpleDays: z.int().min(1),
    complexDays: z.int().min(1),
    extensionDays: z.int().min(0),
  }),
  states: z.array(z.string()).min(1),
  stateLabels: labels,
  taxonomy: z.array(z.looseObject({ id: z.string(), label })).min(1),
});

/** The files that code reads, by name. Other files are carried along and enter the hash. */
export const FILES = {
  metrics: metricsFile,
  scorecard: scorecardFile,
  'tier-ladder': ladderFile,
  benefits: benefitsFile,
  surveys: surveysFile,
  'risk-grade': riskFile,
  'value-grade': valueFile,
  'needs-grade': needsFile,
  'maintenance-matrix': maintenanceFile,
  segments: segmentsFile,
  'care-playbook': careFile,
  complaints: complaintsFile,
} as const;

export type PolicyFiles = { [Name in keyof typeof FILES]: z.infer<(typeof FILES)[Name]> };
