import type { Assessment, Entitlement } from '@liyu/model';
import type { Policy, PolicyFiles } from '@liyu/policy';
import type { Grade } from './compile-policy.js';
import { restoreText } from './condition-text.js';
import type { Entitle } from './entitle.js';
import { rungByCode } from './next-rung.js';

/** What an evaluation leaves beside the grade: the state of tier-ladder.reevaluation.eventRule. */
export interface Standing {
  customer: string;
  /** First of a month. */
  assessedOn: string;
  /** End of the month before. */
  asOf: string;
  /** Rung held after this evaluation, and since when. */
  held: string;
  since: string;
  status: Assessment['status'];
  failStreak: number;
  /** Rung held before it; null at the first evaluation. */
  previous: string | null;
  /** Variant of the scorecard that decided. */
  variant: Assessment['variant'];
}

/** An assessment before it is sealed into the chain of those before it (`@liyu/engine/node`). */
export type UnsealedAssessment = Omit<Assessment, 'inputDigest' | 'previousHash'>;

/** The record of one evaluation, as customer and staff may see it: AML counts are left out. */
export function assessmentOf(policy: Policy, grade: Grade, standing: Standing): UnsealedAssessment {
  const ladder = policy.files['tier-ladder'];
  const held = rungByCode(policy.files, standing.held);
  const { variant } = standing;
  const restricted = new Set(
    policy.files.metrics.metrics
      .filter((metric) => metric.display?.startsWith('restricted') === true)
      .map((metric) => metric.id),
  );
  return {
    id: `${standing.customer}:${standing.assessedOn}`,
    rev: 0,
    customer: standing.customer,
    assessedOn: standing.assessedOn,
    asOf: standing.asOf,
    class: held.class,
    level: held.level,
    rung: held.code,
    label: { 'zh-CN': held.label['zh-CN'], en: held.label.en },
    top: ladder.rungs.every((rung) => rung.rank <= held.rank),
    qualified: grade.rung,
    previous: standing.previous,
    variant,
    status: standing.status,
    failStreak: standing.failStreak,
    since: standing.since,
    validTo: validTo(ladder, held.class, standing.failStreak, standing.assessedOn),
    restore:
      standing.status === 'WATCH'
        ? restoreText(policy.files, held.code, grade, { variant: variant ?? undefined })
        : null,
    score: grade.score,
    neutralScore: grade.neutralScore,
    points: grade.points,
    knockouts: grade.knockouts,
    creditKnown: grade.creditKnown,
    reasons: grade.reasons,
    inputs: Object.fromEntries(Object.entries(grade.inputs).filter(([id]) => !restricted.has(id))),
    missing: grade.missing,
    confidenceBp: grade.confidenceBp,
    policyVersion: policy.version,
    policyHash: policy.hash,
  };
}

/** The benefits of the held rung for the calendar year of the evaluation. */
export function entitlementOf(
  policy: Policy,
  entitle: Entitle,
  grade: Grade,
  standing: Standing,
  consents: ReadonlySet<string>,
  used: ReadonlyMap<string, number>,
): Entitlement {
  const held = rungByCode(policy.files, standing.held);
  const period = standing.assessedOn.slice(0, 4);
  return {
    id: `${standing.customer}:${period}`,
    rev: 0,
    customer: standing.customer,
    period,
    endsOn: `${period}-12-31`,
    asOf: standing.assessedOn,
    rung: held.code,
    label: { 'zh-CN': held.label['zh-CN'], en: held.label.en },
    benefits: entitle({ rung: standing.held, grade, consents, used }),
  };
}

/**
 * Last day before the earliest possible downgrade: with n failing evaluations tolerated and f used up,
 * the (n + 1 - f)th monthly evaluation from now moves. Null where the class tolerates none.
 */
export function validTo(
  ladder: PolicyFiles['tier-ladder'],
  tierClass: string,
  failStreak: number,
  assessedOn: string,
): string | null {
  const tolerated = ladder.reevaluation.downgradeAfterMonths[tierClass] ?? 0;
  if (tolerated === 0) return null;
  const [year, month] = assessedOn.split('-').map(Number) as [number, number];
  const moves = new Date(Date.UTC(year, month - 1 + tolerated + 1 - failStreak, 1));
  return new Date(moves.getTime() - 86_400_000).toISOString().slice(0, 10);
}
