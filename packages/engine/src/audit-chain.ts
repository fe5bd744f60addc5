import type { Assessment } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import { assessmentOf } from './assessment-of.js';
import type { Standing } from './assessment-of.js';
import { compilePolicy } from './compile-policy.js';
import type { Grader } from './compile-policy.js';
import { suppliedMetrics } from './explain.js';
import { reevaluate } from './reevaluate.js';
import { digestOf, hashOf, seal } from './seal.js';

/** The first assessment of a chain that doesn't fit. */
export interface Misfit {
  /** Of the assessment. */
  id: string;
  /** Field that says something else than it must. */
  field: string;
  message: string;
}

/** Rules by their hash, ready to grade; null where nobody kept them. */
export type RulesByHash = (hash: string) => Promise<{ policy: Policy; grader: Grader } | null>;

/** Keeps what was compiled, for a book whose customers were graded by few policies. */
export function rulesByHash(load: (hash: string) => Promise<Policy | null>): RulesByHash {
  const kept = new Map<string, Promise<{ policy: Policy; grader: Grader } | null>>();
  return (hash) => {
    let found = kept.get(hash);
    if (found === undefined) {
      found = load(hash).then((policy) =>
        policy === null ? null : { policy, grader: compilePolicy(policy.files) },
      );
      kept.set(hash, found);
    }
    return found;
  };
}

/**
 * Runs a customer's assessments again, the oldest first: each must have the digest of its inputs, the hash
 * of the one before, and be what its rules make of its inputs and of the state before it. The first of a
 * chain may begin in any state, since what was before it is not kept. Null when all fit.
 */
export async function auditChain(
  chain: readonly Assessment[],
  rules: RulesByHash,
): Promise<Misfit | null> {
  let before: Assessment | null = null;
  for (const assessment of chain) {
    const misfit = await audit(assessment, before, rules);
    if (misfit !== null) return misfit;
    before = assessment;
  }
  return null;
}

async function audit(
  assessment: Assessment,
  before: Assessment | null,
  rules: RulesByHash,
): Promise<Misfit | null> {
  const { id, policyHash } = assessment;
  const misfit = (field: string, message: string): Misfit => ({ id, field, message });
  if (assessment.inputDigest !== digestOf(assessment.inputs)) {
    return misfit('inputDigest', 'is not the digest of the inputs');
  }
  if (assessment.previousHash !== (before === null ? null : hashOf(before))) {
    return misfit(
      'previousHash',
      before === null ? 'names an assessment that is not there' : `is not the hash of ${before.id}`,
    );
  }
  const found = await rules(policyHash);
  if (found === null) return misfit('policyHash', 'no rules with this hash are kept');
  const again = rerun(assessment, before, found.policy, found.grader);
  if (typeof again === 'string') return misfit('inputs', again);
  for (const field of Object.keys(again) as (keyof Assessment)[]) {
    if (field !== 'rev' && digestOf(again[field]) !== digestOf(assessment[field])) {
      return misfit(field, 'is not what the rules make of the inputs');
    }
  }
  return null;
}

/** The assessment as it must be; or why its inputs can't be graded. */
function rerun(
  assessment: Assessment,
  before: Assessment | null,
  policy: Policy,
  grader: Grader,
): Assessment | string {
  const { customer, assessedOn, asOf, variant } = assessment;
  try {
    const metrics = suppliedMetrics(policy.files, assessment.inputs);
    const grade = grader.grade(metrics, { variant: variant ?? undefined });
    const state = before === null ? null : { held: before.rung, failStreak: before.failStreak };
    const moved = reevaluate(policy.files, state, {
      qualified: grade.rung,
      knockout: grade.knockout,
    });
    const standing: Standing =
      before === null
        ? { ...assessment, held: assessment.rung }
        : {
            ...{ customer, assessedOn, asOf, variant },
            held: moved.held,
            since: moved.held === before.rung ? before.since : assessedOn,
            status: moved.event,
            failStreak: moved.failStreak,
            previous: before.rung,
          };
    return seal(assessmentOf(policy, grade, standing), before);
  } catch (error) {
    return (error as Error).message;
  }
}
