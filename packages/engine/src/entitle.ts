import type { EntitledBenefit } from '@liyu/model';
import type { Expression, PolicyFiles } from '@liyu/policy';
import { compileCondition } from './condition.js';
import type { Grade } from './compile-policy.js';
import { RegisterFile } from './registers.js';
import type { RegisterFiles, Registers } from './registers.js';
import { TRUE } from './truth.js';

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

/** The benefits of a customer by the rules of one policy. */
export type Entitle = (context: EntitleContext) => EntitledBenefit[];

/**
 * Prepares the benefits of each rung with quota and state (benefits.json `grantRule`, `requiresRule`,
 * `quotaRule`), in file order, then those that only a higher rung grants, as LOCKED with the lowest such
 * rung. A benefit that neither this rung nor a higher one grants is left out.
 */
export function compileEntitlements(files: Pick<PolicyFiles, 'benefits'> & RegisterFiles): Entitle {
  const file = new RegisterFile(files);
  const condition = (when: Expression | undefined) => {
    const holds = when === undefined ? null : compileCondition(when, file);
    return (registers: Registers) => holds?.(registers) === TRUE;
  };
  const sideRules = new Map(files.scorecard.sideRules.map(({ id, when }) => [id, condition(when)]));
  const benefits = files.benefits.benefits.map((benefit) => ({
    benefit,
    alsoHolds: condition(benefit.alsoWhen),
    sideRule: sideRules.get(benefit.requires?.sideRule ?? '') ?? condition(undefined),
  }));
  const rungs = [...files['tier-ladder'].rungs].sort((a, b) => a.rank - b.rank);

  return (context) => {
    const held = rungs.find((rung) => rung.code === context.rung);
    if (held === undefined) throw new RangeError(`${context.rung} is no rung`);
    const registers = file.load(context.grade.inputs);
    const open: EntitledBenefit[] = [];
    const higher: EntitledBenefit[] = [];
    for (const { benefit, alsoHolds, sideRule } of benefits) {
      const used = context.used.get(benefit.id) ?? 0;
      if (grants(benefit, held) || alsoHolds(registers)) {
        const state = stateOf(benefit, context, () => sideRule(registers));
        open.push({ ...entry(benefit, held, used), ...state });
        continue;
      }
      const opener = rungs.find((rung) => rung.rank > held.rank && grants(benefit, rung));
      if (opener === undefined) continue;
      higher.push({
        ...entry(benefit, opener, used),
        state: 'LOCKED',
        because: 'rung',
        opensAt: opener.code,
      });
    }
    return [...open, ...higher];
  };
}

export function grants(benefit: Benefit, rung: Rung): boolean {
  return benefit.grants.some(
    (grant) => grant.class === rung.class && (rung.level ?? 1) >= grant.minLevel,
  );
}

/** What a rung gives of a benefit that it grants (benefits.json `lookup`). */
export function amountOf(benefit: Benefit, rung: Rung) {
  const counts = benefit.quotaByLevel;
  const params = benefit.paramsByLevel;
  return {
    quota: counts?.[rung.code] ?? counts?.[rung.class] ?? benefit.quota?.count ?? null,
    per: benefit.quota?.per ?? null,
    addBp: (params?.[rung.code] ?? params?.[rung.class] ?? benefit.params)?.addBp ?? null,
  };
}

function entry(benefit: Benefit, rung: Rung, used: number) {
  return { benefit: benefit.id, kind: benefit.kind, ...amountOf(benefit, rung), used };
}

function stateOf(
  benefit: Benefit,
  { grade, consents }: EntitleContext,
  sideRuleHolds: () => boolean,
): Pick<EntitledBenefit, 'state' | 'because' | 'opensAt'> {
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
  if (requires.sideRule !== undefined && !sideRuleHolds()) return is('LOCKED', 'sideRule');
  return is('AVAILABLE', null);
}
