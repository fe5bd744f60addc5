import type { EntitledBenefit } from '@liyu/model';
import type { Expression, PolicyFiles } from '@liyu/policy';
import type { Grade } from './compile-policy.js';
import { compile } from './evaluate.js';

export interface EntitleContext {
  /** Held rung; in a watch month it stands above the qualified one. */
  rung: string;
  /** Latest grade: its inputs, knock-outs and credit risk decide what is open. */
  grade: Grade;
  /** Purposes the customer agreed to (consent.json). */
  consents: ReadonlySet<string>;
  /** Confirmed uses in the period, by benefit id. */
  used: ReadonlyMap<string, number>;
}

type Benefit = PolicyFiles['benefits']['benefits'][number];
type Rung = PolicyFiles['tier-ladder']['rungs'][number];

/**
 * The benefits of a rung with quota and state (benefits.json `grantRule`, `requiresRule`, `quotaRule`),
 * in file order, then those that only a higher rung grants, as LOCKED with the lowest such rung. A
 * benefit that neither this rung nor a higher one grants is left out.
 */
export function entitle(
  files: Pick<PolicyFiles, 'benefits' | 'scorecard' | 'tier-ladder'>,
  context: EntitleContext,
): EntitledBenefit[] {
  const rungs = [...files['tier-ladder'].rungs].sort((a, b) => a.rank - b.rank);
  const held = rungs.find((rung) => rung.code === context.rung);
  if (held === undefined) throw new RangeError(`${context.rung} is no rung`);
  const above = rungs.filter((rung) => rung.rank > held.rank);
  const open: EntitledBenefit[] = [];
  const higher: EntitledBenefit[] = [];
  for (const benefit of files.benefits.benefits) {
    if (grants(benefit, held) || holds(benefit.alsoWhen, context)) {
      open.push({ ...entry(benefit, held, context), ...stateOf(files, benefit, context) });
      continue;
    }
    const opener = above.find((rung) => grants(benefit, rung));
    if (opener === undefined) continue;
    higher.push({
      ...entry(benefit, opener, context),
      state: 'LOCKED',
      because: 'rung',
      opensAt: opener.code,
    });
  }
  return [...open, ...higher];
}

function grants(benefit: Benefit, rung: Rung): boolean {
  return benefit.grants.some(
    (grant) => grant.class === rung.class && (rung.level ?? 1) >= grant.minLevel,
  );
}

function entry(benefit: Benefit, rung: Rung, context: EntitleContext) {
  const counts = benefit.quotaByLevel;
  const params = benefit.paramsByLevel;
  return {
    benefit: benefit.id,
    kind: benefit.kind,
    quota: counts?.[rung.code] ?? counts?.[rung.class] ?? benefit.quota?.count ?? null,
    per: benefit.quota?.per ?? null,
    used: context.used.get(benefit.id) ?? 0,
    addBp: (params?.[rung.code] ?? params?.[rung.class] ?? benefit.params)?.addBp ?? null,
  };
}

function stateOf(
  { scorecard }: Pick<PolicyFiles, 'scorecard'>,
  benefit: Benefit,
  context: EntitleContext,
): Pick<EntitledBenefit, 'state' | 'because' | 'opensAt'> {
  const { grade, consents } = context;
  const requires = benefit.requires ?? {};
  const is = (state: EntitledBenefit['state'], because: EntitledBenefit['because']) => ({
    state,
    because,
    opensAt: null,
  });
  const risky = grade.creditRisk === 'HIGH';
  if (risky && (benefit.kind === 'credit' || requires.creditRiskNot === 'HIGH')) {
    return is('SUSPENDED', 'credit');
  }
  if (requires.knockout === false && grade.knockout !== false) return is('SUSPENDED', 'credit');
  if (requires.consent !== undefined && !consents.has(requires.consent))
    return is('LOCKED', 'consent');
  const age = grade.inputs.age_years as number | null | undefined;
  if (requires.ageGe !== undefined && (age == null || age < requires.ageGe))
    return is('LOCKED', 'age');
  const sideRule = scorecard.sideRules.find((rule) => rule.id === requires.sideRule);
  if (requires.sideRule !== undefined && !holds(sideRule?.when, context))
    return is('LOCKED', 'sideRule');
  return is('AVAILABLE', null);
}

function holds(when: Expression | undefined, { grade }: EntitleContext): boolean {
  return when !== undefined && compile(when)(grade.inputs) === true;
}
