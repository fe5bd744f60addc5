import { assessmentOf, entitlementOf } from '@liyu/engine';
import { seal } from '@liyu/engine/node';
import type { Grade } from '@liyu/engine';
import type { Assessment, Entitlement } from '@liyu/model';
import { addDays, firstOfMonth, monthsBetween } from './calendar.js';
import type { Metrics } from './metrics-of.js';
import { gradeOf, variantOf } from './person.js';
import type { Person, Setting } from './person.js';
import { moveFor } from './quotas.js';

export interface Standing {
  assessment: Assessment;
  /** Of the calendar year of today, nothing used yet. */
  entitlement: Entitlement;
}

/**
 * What the evaluation of the month before left, from which the next one goes on: most hold the rung
 * that they qualify for, some are about to rise, some are watched. Null for who came since. Who
 * withdrew the consent to be assessed has an assessment of half a year ago.
 */
export function standingOf(setting: Setting, person: Person): Standing | null {
  const back = person.consents.includes('TIERING') ? 1 : 6;
  const assessedOn = firstOfMonth(setting.today, -back);
  const asOf = addDays(assessedOn, -1);
  if (person.since > asOf) return null;
  const { policy, entitle, assessedOn: thisMonth } = setting;
  const metrics = metricsOn(person, asOf);
  const grade = gradeOf(setting, metrics, person.consents);
  const watched = watchedRung(setting, person, grade);
  const held = watched?.rung ?? grade.rung;
  const standing = {
    customer: person.id,
    assessedOn,
    asOf,
    held,
    since: heldSince(person, held, assessedOn, setting.today),
    failStreak: watched?.failStreak ?? 0,
    status: watched === null ? ('KEEP' as const) : ('WATCH' as const),
    previous: null,
    variant: variantOf(person.consents),
  };
  const newYear = `${thisMonth.slice(0, 4)}-01-01`;
  const entitled = { ...standing, assessedOn: [assessedOn, newYear].sort()[1]! };
  const consents = new Set(person.consents);
  const risen = standing.since === assessedOn && watched === null;
  return {
    assessment: seal(
      assessmentOf(policy, grade, risen ? { ...standing, status: 'UPGRADE' } : standing),
      null,
    ),
    entitlement: entitlementOf(policy, entitle, grade, entitled, consents, new Map()),
  };
}

/** The metrics as they were then: fewer months, and half the money for who is about to rise. */
function metricsOn(person: Person, asOf: string): Metrics {
  const { metrics, named, since, n } = person;
  const months = named === null ? monthsBetween(since, asOf) : named.months - 1;
  const before = { ...metrics, relationship_months: months };
  if (named !== null || moveFor(n) !== 'UPGRADE') return before;
  const half = (value: unknown) => (typeof value === 'number' ? Math.floor(value / 2) : null);
  return {
    ...before,
    deposit_avg_3m_fen: half(metrics.deposit_avg_3m_fen),
    invest_avg_3m_fen: half(metrics.invest_avg_3m_fen),
  };
}

/** The rung above, with the evaluations failed so far, for who is watched; null for the others. */
function watchedRung(
  { policy }: Setting,
  { named, n }: Person,
  grade: Grade,
): { rung: string; failStreak: number } | null {
  if (named !== null || moveFor(n) !== 'WATCH' || grade.rung === 'NEW') return null;
  const { rungs, reevaluation } = policy.files['tier-ladder'];
  const qualified = rungs.find(({ code }) => code === grade.rung);
  const above = rungs.find(({ rank }) => rank === qualified!.rank + 1);
  if (above === undefined) return null;
  // A knock-out ends a rung of QUALITY at once.
  if (above.class === 'QUALITY' && grade.knockout === true) return null;
  const tolerated = reevaluation.downgradeAfterMonths[above.class] ?? 0;
  return tolerated === 0 ? null : { rung: above.code, failStreak: 1 + (n % tolerated) };
}

/** First of the month from which the rung is held, at the earliest the one after the first account. */
function heldSince(person: Person, held: string, assessedOn: string, today: string): string {
  if (person.named !== null) return firstOfMonth(today, -person.named.heldMonths);
  const first = firstOfMonth(person.since, 1);
  const random = person.random('standing');
  const months = Math.max(0, monthsBetween(first, assessedOn));
  if (held === 'NEW') return first < assessedOn ? first : assessedOn;
  // A new customer is one for six months.
  const most = held === 'ORDINARY' ? Math.max(0, months - 6) : months;
  return firstOfMonth(assessedOn, -random.skewed(0, Math.min(most, 84), 2));
}
