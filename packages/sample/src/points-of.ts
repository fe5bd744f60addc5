import type { Entitlement, PointsEntry, Redemption } from '@liyu/model';
import { addDays, firstOfMonth } from './calendar.js';
import { zhEn } from './bank.js';
import type { EventRow } from './events.js';
import { Ledger } from './ledger.js';
import type { Person, Setting } from './person.js';
import { spending } from './redemptions-of.js';

const PURCHASE = zhEn('信用卡消费', 'Credit card spend');
const EARLIER = zhEn('信用卡消费（往年合计）', 'Credit card spend (earlier total)');
const SURVEY = zhEn('完成满意度调查', 'Completed a survey');
const REFERRAL = zhEn('推荐亲友成功', 'Referral accepted');

/** Surveys that earn points in a calendar year (points.json P2). */
const SURVEYS_A_YEAR = 2;

export interface Points {
  entries: PointsEntry[];
  /** Redemptions that spent points. */
  redemptions: Redemption[];
  /** What expires in the next 60 days. */
  expiring: { points: number; on: string } | null;
}

/**
 * The points that a customer's events earned by the rules P1 to P3, what is left of earlier years, and
 * what was spent and expired since. Only who may exchange points (B-V2) spends any.
 */
export function pointsOf(
  { policy, today }: Setting,
  person: Person,
  events: readonly EventRow[],
  entitlement: Entitlement | null,
): Points {
  const random = person.random('points');
  const ledger = new Ledger(person.id);
  const redemptions: Redemption[] = [];
  const exchange = entitlement?.benefits.find(
    ({ kind, state }) => kind === 'points' && state === 'AVAILABLE',
  );
  const label = policy.files.benefits.benefits.find(({ id }) => id === exchange?.benefit)?.label;
  const spendOn =
    exchange !== undefined && label !== undefined && random.chance(60)
      ? addDays(today, -random.between(3, 300))
      : null;
  const spend = (day: string) => {
    const points = random.pick([500, 800, 1_000, 2_000, 3_000]);
    const request = spending(random, person.id, exchange!.benefit, points, day);
    const title = zhEn(label!['zh-CN'], label!.en);
    if (ledger.spend(request.id, points, day, title)) redemptions.push(request);
  };
  earnEarlier(ledger, person, today);
  let spent = spendOn === null;
  const surveys = new Map<string, number>();
  for (const event of events) {
    const { type, on_date: on, id, body } = event;
    if (!spent && on > spendOn!) {
      spent = true;
      spend(spendOn!);
    }
    const entry = `${person.id}:points:${id}`;
    if (type === 'CARD_PURCHASE') {
      ledger.earn(entry, Math.floor((body.fen as number) / 100), on, 'P1', PURCHASE);
    } else if (type === 'CARD_REFUND') {
      const points = Math.floor((body.fen as number) / 100);
      ledger.reverse(entry, `${person.id}:points:${String(body.of)}`, points, on);
    } else if (type === 'SURVEY_DONE') {
      const year = on.slice(0, 4);
      const before = surveys.get(year) ?? 0;
      surveys.set(year, before + 1);
      if (before < SURVEYS_A_YEAR) ledger.earn(entry, 50, on, 'P2', SURVEY);
    } else if (type === 'REFERRAL_QUALIFIED') {
      ledger.earn(entry, 2_000, on, 'P3', REFERRAL);
    }
  }
  if (!spent) spend(spendOn!);
  ledger.expire(today);
  return { entries: ledger.entries, redemptions, expiring: ledger.expiring(addDays(today, 60)) };
}

/** Of those who use a card for long: points about to expire, and some that expired last month. */
function earnEarlier(ledger: Ledger, { metrics, id, n }: Person, today: string): void {
  const spent = metrics.card_spend_12m_fen as number | null;
  const months = metrics.relationship_months as number;
  if (spent === null || spent < 100_000 || months < 30) return;
  const earned = Math.floor(spent / 2_000);
  if (n % 3 === 0) {
    ledger.earn(
      `${id}:points:earlier-1`,
      earned,
      addDays(firstOfMonth(today, -25), 16),
      'P1',
      EARLIER,
    );
  }
  if (n % 2 === 0) {
    const on = addDays(firstOfMonth(today, n % 4 === 0 ? -24 : -23), 9);
    ledger.earn(`${id}:points:earlier-2`, Math.floor(earned / 2), on, 'P1', EARLIER);
  }
}
