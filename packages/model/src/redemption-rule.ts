import type { Doc, DocRef, Rule, RuleContext, Verdict } from './define-collection.js';
import type { Entitlement } from './entitlement.js';
import { pointsBalance } from './points-balance.js';
import type { PointsEntry } from './points-entry.js';
import type { Redemption } from './redemption.js';
import { POLICY, rulePolicy } from './rule-policy.js';
import { daysAfter, shanghaiDate } from './shanghai.js';
import { shortCode } from './short-code.js';
import { isUuidV7 } from './uuid-v7.js';

/** Days on which a confirmed redemption can be used after the day of its confirmation (own default). */
export const REDEMPTION_DAYS = 30;

/** Why a request is kept as `rejected`; the code is its `reason`. */
export const REDEMPTION_REASONS = [
  /** The catalogue has no such benefit. */
  'benefit_unknown',
  /** A benefit of kind points is asked for without points, or another one with them. */
  'kind_mismatch',
  /** Not a positive whole number of points. */
  'points_invalid',
  /** There are no entitlements for the year yet. */
  'no_entitlement',
  /** The entitlements of the year don't list the benefit. */
  'not_entitled',
  /** The benefit is locked: by the rung, the age, a consent or a rule of its own. */
  'locked',
  /** The benefit is suspended, for a reason of credit. */
  'suspended',
  /** Nothing is left of the quota. */
  'quota_used',
  /** Fewer points can be spent than asked for. */
  'points_short',
] as const;
export type RedemptionReason = (typeof REDEMPTION_REASONS)[number];

/** Why a write is refused and nothing is kept of it. */
export const REDEMPTION_REJECTS = [
  /** Another customer's, or staff without the duty counter. */
  'forbidden',
  /** The id of a request is no UUIDv7. */
  'not_uuid',
  /** A request never changes once it is sent. */
  'already_decided',
  /** Only a confirmed redemption can be used. */
  'not_confirmed',
  /** The last day of the redemption has passed. */
  'lapsed',
] as const;
export type RedemptionReject = (typeof REDEMPTION_REJECTS)[number];

/** The entitlements of all years, for the year is that of the receipt; the ledger for points. */
export function relatedToRedemption(next: Doc): DocRef[] {
  const { customer, kind } = next as unknown as Redemption;
  const scope = `c:${customer}`;
  const refs: DocRef[] = [POLICY, { coll: 'entitlements', scope, id: null }];
  return kind === 'points' ? [...refs, { coll: 'points', scope, id: null }] : refs;
}

/**
 * A customer asks, and the answer is final at once: confirmed, and then counted against the quota or
 * the ledger, or kept as rejected with the reason. The year is that of the server's receipt in
 * Asia/Shanghai. Staff at the counter turn a confirmed redemption into a used one; the server alone
 * lets it expire.
 */
export const redemptionRule: Rule = (master, next, context) =>
  context.actor.role === 'staff' ? use(master, next, context) : request(master, next, context);

function request(master: Doc | null, next: Doc, { actor, now, related }: RuleContext): Verdict {
  const asked = next as unknown as Redemption;
  if (actor.customer !== asked.customer) return refuse('forbidden');
  if (master !== null) return refuse('already_decided');
  if (!isUuidV7(asked.id)) return refuse('not_uuid');

  const day = shanghaiDate(now);
  const period = day.slice(0, 4);
  const decided = { ...next, period, decidedAt: now, reason: null, code: null, validUntil: null };
  const outcome = decide(asked, day, related);
  if (typeof outcome === 'string') {
    return { reject: outcome, master: { ...decided, state: 'rejected', reason: outcome } };
  }
  return {
    master: {
      ...decided,
      state: 'confirmed',
      code: shortCode(asked.id),
      validUntil: daysAfter(day, REDEMPTION_DAYS),
    },
    also: outcome,
  };
}

type Also = { coll: string; doc: Doc }[];

/** What changes with a confirmation, or why there is none. */
function decide(
  asked: Redemption,
  day: string,
  related: ReadonlyMap<string, Doc>,
): Also | RedemptionReason {
  const spends = asked.kind === 'points';
  const catalogue = rulePolicy(related).benefits?.benefits ?? [];
  const benefit = catalogue.find(({ id, kind }) =>
    asked.benefit === null ? spends && kind === 'points' : id === asked.benefit,
  );
  if (benefit === undefined) return 'benefit_unknown';
  if ((benefit.kind === 'points') !== spends) return 'kind_mismatch';
  if (spends ? !(Number.isSafeInteger(asked.points) && asked.points! > 0) : asked.points !== null) {
    return 'points_invalid';
  }

  const entitlement = related.get(`entitlements/${asked.customer}:${day.slice(0, 4)}`);
  if (entitlement === undefined) return 'no_entitlement';
  const { benefits } = entitlement as unknown as Entitlement;
  const entitled = benefits.find((item) => item.benefit === benefit.id);
  if (entitled === undefined) return 'not_entitled';
  if (entitled.state === 'LOCKED') return 'locked';
  if (entitled.state === 'SUSPENDED') return 'suspended';
  if (entitled.quota !== null && entitled.used >= entitled.quota) return 'quota_used';

  const also: Also = [];
  if (entitled.quota !== null) {
    const counted = benefits.map((item) =>
      item === entitled ? { ...item, used: item.used + 1 } : item,
    );
    also.push({ coll: 'entitlements', doc: { ...entitlement, benefits: counted } });
  }
  if (spends) {
    if (pointsBalance(ledgerIn(related), day).balance < asked.points!) return 'points_short';
    const spent: PointsEntry = {
      // Of its own: a device chooses the id of a redemption, and must not name a bank's entry by it.
      id: `spend:${asked.id}`,
      rev: 0,
      customer: asked.customer,
      type: 'SPEND',
      points: -asked.points!,
      on: day,
      expiresOn: null,
      rule: null,
      of: asked.id,
      title: { 'zh-CN': benefit.label['zh-CN'], en: benefit.label.en },
    };
    also.push({ coll: 'points', doc: spent });
  }
  return also;
}

function use(master: Doc | null, next: Doc, { actor, now }: RuleContext): Verdict {
  if (master === null || !actor.duties.includes('counter') || next.state !== 'used') {
    return refuse('forbidden');
  }
  const held = master as unknown as Redemption;
  if (held.state === 'expired') return refuse('lapsed');
  if (held.state !== 'confirmed') return refuse('not_confirmed');
  if (held.validUntil !== null && held.validUntil < shanghaiDate(now)) return refuse('lapsed');
  return { master: next, also: [] };
}

function refuse(code: RedemptionReject): Verdict {
  return { reject: code };
}

function ledgerIn(related: ReadonlyMap<string, Doc>): PointsEntry[] {
  return [...related]
    .filter(([key]) => key.startsWith('points/'))
    .map(([, doc]) => doc as unknown as PointsEntry);
}
