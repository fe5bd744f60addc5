import { addDays, addMonths, daysBetween } from './calendar.js';
import type { EventRow } from './events.js';
import type { Person, Setting } from './person.js';

const WHERE = [
  'SUPERMARKET',
  'RESTAURANT',
  'ONLINE',
  'TRAVEL',
  'FUEL',
  'HEALTH',
  'CLOTHES',
  'HOME',
];

/**
 * Posted purchases of the twelve months before the date of the metrics, at most a dozen, which come to
 * `card_spend_12m_fen` when what was refunded is taken off. In order of their days.
 */
export function purchasesOf(setting: Setting, person: Person): EventRow[] {
  const spent = person.metrics.card_spend_12m_fen as number | null;
  if (spent === null || spent <= 0) return [];
  const random = person.random('purchases');
  const from = [addMonths(setting.asOf, -12), person.since].sort()[1]!;
  const days = daysBetween(from, setting.asOf);
  const dates = Array.from({ length: random.between(4, 9) }, () =>
    addDays(from, random.between(days > 0 ? 1 : 0, days)),
  ).sort();
  const weights = dates.map(() => random.between(1, 10));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = spent;
  const purchases = dates.map((on, i): EventRow => {
    const last = i === dates.length - 1;
    const fen = last ? left : Math.floor((spent / total) * weights[i]!);
    left -= fen;
    return event(person, `purchase-${String(i + 1)}`, 'CARD_PURCHASE', on, {
      fen,
      where: random.pick(WHERE),
    });
  });
  const refunded = random.chance(5) ? purchases[0] : undefined;
  if (refunded === undefined) return purchases;
  const fen = random.between(1_000, 60_000);
  refunded.body.fen = (refunded.body.fen as number) + fen;
  const untilEnd = Math.min(12, daysBetween(refunded.on_date, setting.asOf));
  const on = addDays(refunded.on_date, random.between(0, untilEnd));
  const refund = event(person, 'refund-1', 'CARD_REFUND', on, { fen, of: refunded.id });
  return [...purchases, refund].sort((a, b) =>
    a.on_date < b.on_date ? -1 : a.on_date > b.on_date ? 1 : 0,
  );
}

function event(
  { id: customer }: Person,
  id: string,
  type: string,
  on_date: string,
  body: EventRow['body'],
): EventRow {
  return { customer, id, type, on_date, body };
}
