import { localize } from '@liyu/model';
import type { EntitledBenefit, Entitlement, Locale, PolicyDocument, Redemption } from '@liyu/model';
import type { CustomerPolicyFiles } from '@liyu/policy';
import type { IconName } from '../foundation/icon.js';
import { usesOf } from './benefit-uses.js';
import type { BenefitUses } from './benefit-uses.js';

/** Kinds in the order of the panel: what is used most first. Two stand as one group. */
const GROUPS: readonly { kinds: readonly string[]; icon: IconName }[] = [
  { kinds: ['facility'], icon: 'lounge' },
  { kinds: ['gift'], icon: 'gift' },
  { kinds: ['event'], icon: 'event' },
  { kinds: ['club'], icon: 'club' },
  { kinds: ['rate'], icon: 'rate' },
  { kinds: ['card', 'credit'], icon: 'card' },
  { kinds: ['service'], icon: 'service' },
  { kinds: ['priority'], icon: 'priority' },
  { kinds: ['insurance'], icon: 'insurance' },
  { kinds: ['points'], icon: 'points' },
  { kinds: ['care'], icon: 'letter' },
  { kinds: ['base'], icon: 'branch' },
];
const STATE_ORDER = { AVAILABLE: 0, SUSPENDED: 1, LOCKED: 2 } as const;

type BenefitRule = CustomerPolicyFiles['benefits']['benefits'][number];

/** A benefit of the customer with what the policy says of it. */
export interface NamedBenefit {
  held: EntitledBenefit;
  name: string;
  /** What stands behind the colon of its name; empty without one. */
  detail: string;
  rule: BenefitRule;
  /** Name of the rung that opens it; null when no rung does. */
  opensAt: string | null;
  /** Name of the side rule that opens it; null when none does. */
  sideRule: string | null;
  uses: BenefitUses;
}

export interface BenefitGroup {
  icon: IconName;
  /** Names of its kinds: one, or two that stand together. */
  labels: readonly string[];
  benefits: readonly NamedBenefit[];
}

export interface Benefits {
  groups: readonly BenefitGroup[];
  /** Locked by a higher rung, the nearest first. */
  others: readonly NamedBenefit[];
}

/** The benefits of an entitlement by group, under the names of the policy. One without a name is left out. */
export function groupBenefits(
  entitlement: Entitlement,
  policy: PolicyDocument,
  {
    redemptions,
    today,
    locale,
  }: { redemptions: readonly Redemption[]; today: string; locale: Locale },
): Benefits {
  const files = policy.files as unknown as CustomerPolicyFiles;
  const rules = new Map(files.benefits.benefits.map((rule) => [rule.id, rule]));
  const rungs = new Map(files['tier-ladder'].rungs.map((rung) => [rung.code, rung]));
  const named: NamedBenefit[] = [];
  for (const held of entitlement.benefits) {
    const rule = rules.get(held.benefit);
    if (rule === undefined) continue;
    const { name, detail } = splitLabel(localize(rule.label, locale));
    const sideRule = files.scorecard.sideRules.find(({ id }) => id === rule.requires?.sideRule);
    const rung = rungs.get(held.opensAt ?? '');
    named.push({
      held,
      rule,
      name,
      detail,
      opensAt: rung === undefined ? null : localize(rung.label, locale),
      sideRule: sideRule === undefined ? null : localize(sideRule.label, locale),
      uses: usesOf(held, redemptions, today),
    });
  }
  const isOther = ({ held }: NamedBenefit) => held.state === 'LOCKED' && held.because === 'rung';
  const rank = ({ held }: NamedBenefit) => rungs.get(held.opensAt ?? '')?.rank ?? Infinity;
  return {
    groups: GROUPS.map(({ kinds, icon }) => {
      const benefits = named.filter((one) => kinds.includes(one.held.kind) && !isOther(one));
      const present = kinds.filter((kind) => benefits.some(({ held }) => held.kind === kind));
      return {
        icon,
        labels: present.map((kind) => localize(files.benefits.kindLabels[kind], locale)),
        benefits: benefits.sort((a, b) => order(a, kinds) - order(b, kinds)),
      };
    }).filter(({ benefits }) => benefits.length > 0),
    others: named.filter(isOther).sort((a, b) => rank(a) - rank(b)),
  };
}

/**
 * The first `limit` of the held benefits, without their groups: what has uses left or was asked for, what
 * needs no count, and last the rest. Null where that is nothing or everything.
 */
export function firstBenefits(benefits: Benefits, limit: number): NamedBenefit[] | null {
  const first = benefits.groups
    .flatMap((group) => group.benefits)
    .filter(({ held }) => held.state !== 'LOCKED')
    .sort((a, b) => usability(a) - usability(b))
    .slice(0, limit);
  return first.length === 0 || first.length === countOf(benefits) ? null : first;
}

/** How many benefits are the customer's own: those of other levels don't count. */
export function countOf({ groups }: Benefits): number {
  return groups.reduce((sum, { benefits }) => sum + benefits.length, 0);
}

function usability({ held, uses }: NamedBenefit): 0 | 1 | 2 {
  if (uses.isFirst) return 0;
  if (held.state !== 'AVAILABLE') return 2;
  if (held.quota === null) return 1;
  return held.used < held.quota ? 0 : 2;
}

/** What can be used stands first; in a group of two kinds, the first kind. */
function order({ held }: NamedBenefit, kinds: readonly string[]): number {
  return STATE_ORDER[held.state] * kinds.length + kinds.indexOf(held.kind);
}

/** The sign of a kind of benefits. */
export function iconOfKind(kind: string): IconName {
  return GROUPS.find(({ kinds }) => kinds.includes(kind))?.icon ?? 'branch';
}

/** A name such as `VIP客户活动：高端理财讲座` says what it is after the colon. */
export function splitLabel(label: string): { name: string; detail: string } {
  const [, name = label, detail = ''] = /^(.+?)(?:：|: )(.+)$/s.exec(label) ?? [];
  return { name, detail: detail.charAt(0).toUpperCase() + detail.slice(1) };
}
