import {
  cheapestPath,
  compilePolicy,
  conditionsOf,
  explain,
  MetricsError,
  nextRung,
  rungByCode,
  suppliedMetrics,
} from '@liyu/engine';
import type { ExplainedCondition, Explanation, Grader, MetricsRow, Path } from '@liyu/engine';
import type { Assessment, PolicyDocument } from '@liyu/model';
import type { CustomerPolicyFiles } from '@liyu/policy';

export type Rung = CustomerPolicyFiles['tier-ladder']['rungs'][number];
export type Metric = CustomerPolicyFiles['metrics']['metrics'][number];
export type Lever = CustomerPolicyFiles['tier-ladder']['levers'][number];

/**
 * A device doesn't know whether the customer's risk assessment is valid, and without one no investment may
 * be proposed (tier-ladder.levers).
 */
const LEFT_OUT = ['invest_avg_3m_fen'];

/** An assessment and what the rules say of it. */
export interface Journey {
  assessment: Assessment;
  files: CustomerPolicyFiles;
  grader: Grader;
  /** The variant of the scorecard that decided, as the engine takes it. */
  options: { variant: 'neutral' | undefined };
  /** Whether the rules at hand are those that decided. */
  sameRules: boolean;
  held: Rung;
  explanation: Explanation;
  /** Conditions of the held rung, by the figures of the assessment. */
  conditions: readonly ExplainedCondition[];
  /** Where the path leads: in a watch month to the held rung, else to the next one; null at the top. */
  goal: Rung | null;
  /** Conditions of the goal. */
  asked: readonly ExplainedCondition[];
  /** Null at the top. */
  path: Path | null;
  /** The metrics to grade again; null where the assessment doesn't hold enough of them. */
  row: MetricsRow | null;
}

const compiled = new WeakMap<PolicyDocument, Grader>();
const known = new WeakMap<Assessment, { policy: PolicyDocument; journey: Journey }>();

/** The journey of an assessment under a policy, computed once. Throws where they don't fit together. */
export function journeyOf(assessment: Assessment, policy: PolicyDocument): Journey {
  const found = known.get(assessment);
  if (found?.policy === policy) return found.journey;
  const journey = reckon(assessment, policy);
  known.set(assessment, { policy, journey });
  return journey;
}

function reckon(assessment: Assessment, policy: PolicyDocument): Journey {
  const files = policy.files as unknown as CustomerPolicyFiles;
  const grader = compiled.get(policy) ?? compilePolicy(files);
  compiled.set(policy, grader);
  const options = { variant: assessment.variant ?? undefined };
  const held = rungByCode(files, assessment.rung);
  const goal = assessment.status === 'WATCH' ? held : nextRung(files, held.code);
  const row = rowOf(assessment, files, grader);
  return {
    assessment,
    files,
    grader,
    options,
    sameRules: assessment.policyHash === policy.hash,
    held,
    explanation: explain(files, assessment, options),
    conditions: conditionsOf(files, held.code, assessment, options),
    goal,
    asked: goal === null ? [] : conditionsOf(files, goal.code, assessment, options),
    path:
      goal === null || row === null
        ? null
        : cheapestPath(grader, files, row, goal.code, { ...options, leftOut: LEFT_OUT }),
    row,
  };
}

function rowOf(
  assessment: Assessment,
  files: CustomerPolicyFiles,
  grader: Grader,
): MetricsRow | null {
  const row = suppliedMetrics(files, assessment.inputs);
  try {
    grader.decide(row);
    return row;
  } catch (error) {
    if (error instanceof MetricsError) return null;
    throw error;
  }
}

/** Whether a lever may not be proposed to this customer: what isn't known to be safe isn't. */
export function isBarred({ files, assessment }: Journey, { barredWhen }: Lever): boolean {
  if (barredWhen === undefined) return false;
  const ladder = files['tier-ladder'];
  const rung = { ...ladder.rungs[0]!, code: 'BARRED', criterion: barredWhen };
  const asked = { ...files, 'tier-ladder': { ...ladder, rungs: [rung] } };
  return conditionsOf(asked, 'BARRED', assessment).every(({ truth }) => truth !== false);
}

/** Rungs of a class, the lowest first. */
export function rungsOfClass({ files }: Journey, of: string): Rung[] {
  return files['tier-ladder'].rungs
    .filter((rung) => rung.class === of)
    .sort((a, b) => a.rank - b.rank);
}

/** Names of the factors and gates that the neutral variant leaves out. */
export function sensitiveFactors({ files }: Journey) {
  const { variants, factors } = files.scorecard;
  const dropped = variants.find(({ id }) => id === 'neutral')?.drop ?? [];
  return factors.filter(({ id }) => dropped.includes(id));
}
