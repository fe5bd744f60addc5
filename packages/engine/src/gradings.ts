import { variablesOf } from '@liyu/policy';
import type { Expression, PolicyFiles } from '@liyu/policy';
import type { GradingFiles } from './compile-core.js';
import type { Grade } from './compile-policy.js';
import { compileCondition } from './condition.js';
import { RegisterFile } from './registers.js';
import type { Registers } from './registers.js';
import { TRUE } from './truth.js';

/** A grade by rules of hit policy FIRST, with the unknown metrics that were looked at (DQ1). */
export interface RuledGrade {
  grade: string;
  /** Id of the rule that gave it. */
  rule: string;
  unknown: string[];
}

/** The gradings for staff, beside the ladder (metrics.json `evaluationStages` 7 and 8). */
export interface Gradings {
  value: RuledGrade;
  needs: RuledGrade;
  /** By dimension. AML is for staff with that duty alone. */
  risk: Record<string, RuledGrade>;
  marketing: RuledGrade;
  /** segments.depositBands; null while deposits are unknown. */
  depositBand: string | null;
  /** segments.lifeStages; null below the first and while the age is unknown. */
  lifeStage: string | null;
  /** Outcomes of the side rules that hold. */
  sideRules: string[];
}

export type GradingsFiles = GradingFiles &
  Pick<
    PolicyFiles,
    'value-grade' | 'needs-grade' | 'risk-grade' | 'maintenance-matrix' | 'segments'
  >;

/** What the gradings rest on; the class is that of the held rung, which a watch keeps above the qualified. */
export type GradingsOf = (
  grade: Pick<Grade, 'inputs' | 'knockout' | 'score'>,
  heldClass: string,
) => Gradings;

/** Prepares the gradings of a policy, once. */
export function compileGradings(files: GradingsFiles): GradingsOf {
  const file = new RegisterFile(files);
  const rules = (list: readonly Rule[]) => compileRules(list, file);
  const value = rules(files['value-grade'].rules);
  const needs = rules(files['needs-grade'].rules);
  const risk = files['risk-grade'].dimensions.map((one) => ({ id: one.id, of: rules(one.rules) }));
  const marketing = rules(files['maintenance-matrix'].assignment.marketingGrade);
  const { depositBands, lifeStages } = files.segments;
  const sideRules = files.scorecard.sideRules.flatMap(({ when, outcome }) => {
    if (when === undefined || typeof outcome !== 'string') return [];
    return [{ outcome, holds: compileCondition(when, file) }];
  });

  return ({ inputs, knockout, score }, heldClass) => {
    const known = { ...inputs, knockout, score, class: heldClass };
    const first = file.load(known);
    const valued = value(first);
    const risks = risk.map(({ id, of }) => [id, of(first)] as const);
    const risky = Object.fromEntries(risks);
    const creditRisk = risky.CREDIT?.grade ?? null;
    const last = file.load({ ...known, valueGrade: valued.grade, creditRisk });
    const deposits = inputs.deposit_avg_3m_fen;
    const age = inputs.age_years;
    const within = (x: unknown, lo: number, hi: number | null) =>
      typeof x === 'number' && x >= lo && (hi === null || x < hi);
    return {
      value: valued,
      needs: needs(first),
      risk: risky,
      marketing: marketing(last),
      depositBand: depositBands.find(({ lo, hi }) => within(deposits, lo, hi))?.id ?? null,
      lifeStage: lifeStages.find((stage) => within(age, ...stage.age))?.id ?? null,
      sideRules: sideRules
        .filter(({ holds }) => holds(last) === TRUE)
        .map(({ outcome }) => outcome),
    };
  };
}

interface Rule {
  id: string;
  when: Expression;
  out: string;
}

function compileRules(rules: readonly Rule[], file: RegisterFile) {
  const compiled = rules.map(({ id, when, out }) => ({
    id,
    out,
    holds: compileCondition(when, file),
    reads: variablesOf(when).map((name) => file.of(name)),
  }));
  return (registers: Registers): RuledGrade => {
    const unknown = new Set<string>();
    for (const { id, out, holds, reads } of compiled) {
      for (const { name, slot } of reads) if (Number.isNaN(registers[slot])) unknown.add(name);
      if (holds(registers) === TRUE) return { grade: out, rule: id, unknown: [...unknown] };
    }
    throw new RangeError('no rule takes these metrics');
  };
}

/** What a customer's relationship is worth to the bank by kind of business, in fen; null is unknown. */
export interface RelationshipValue {
  deposit: number | null;
  loan: number | null;
  invest: number | null;
  intermediary: number | null;
}

const PREFERENCES = {
  deposit: 'DEPOSIT',
  loan: 'LOAN',
  invest: 'INVEST',
  intermediary: 'INTERMEDIARY',
} as const;

/** Share, in basis points, from which a kind of business names the type (maintenance-matrix). */
const LEADING_BP = 6000;

/**
 * Id of maintenance-matrix.productPreference: the kind with at least 60% of the relationship value, else
 * BALANCED; an unknown kind counts as nothing. Null where nothing is known or there is nothing. Throws a
 * RangeError for what is no amount.
 */
export function productPreference(value: RelationshipValue): string | null {
  const kinds = Object.keys(PREFERENCES) as (keyof typeof PREFERENCES)[];
  for (const kind of kinds) {
    const amount = value[kind];
    if (amount !== null && (!Number.isSafeInteger(amount) || amount < 0)) {
      throw new RangeError(`${kind}: must be an amount in fen, not negative`);
    }
  }
  const amounts = kinds.map((kind) => BigInt(value[kind] ?? 0));
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  if (total === 0n) return null;
  const leading = amounts.findIndex((amount) => amount * 10_000n >= total * BigInt(LEADING_BP));
  return leading < 0 ? 'BALANCED' : PREFERENCES[kinds[leading]!];
}

/** What is done to keep a customer: a cell of the matrix per kind (daily, special, care). */
export interface Maintenance {
  productPreference: Cell[];
  marketingGrade: Cell[];
  behaviourType: { approach: Localized; methods: string[] } | null;
}

type Matrix = PolicyFiles['maintenance-matrix'];
type Cell = Matrix['marketingGrade'][number]['cells'][number];
type Localized = Record<'zh-CN' | 'en', string>;

/**
 * The cells of maintenance-matrix for a customer. `behaviourType` is recorded by the client manager or from
 * two profile questions; it is never inferred. Throws a RangeError for an id that the matrix lacks.
 */
export function maintenanceOf(
  { 'maintenance-matrix': matrix }: Pick<PolicyFiles, 'maintenance-matrix'>,
  type: { productPreference: string | null; marketingGrade: string; behaviourType: string | null },
): Maintenance {
  const find = <T extends { id: string }>(list: readonly T[], id: string): T => {
    const found = list.find((one) => one.id === id);
    if (found === undefined) throw new RangeError(`${id} is not in maintenance-matrix`);
    return found;
  };
  const behaviour =
    type.behaviourType === null ? null : find(matrix.behaviourType, type.behaviourType);
  return {
    productPreference:
      type.productPreference === null
        ? []
        : find(matrix.productPreference, type.productPreference).cells,
    marketingGrade: find(matrix.marketingGrade, type.marketingGrade).cells,
    behaviourType:
      behaviour === null ? null : { approach: behaviour.approach, methods: behaviour.methods },
  };
}
