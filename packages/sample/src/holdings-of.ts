import { wan } from './assets.js';
import { addDays, addMonths, daysBetween } from './calendar.js';
import type { Person } from './person.js';
import { productOf } from './products.js';
import type { Product, ProductId } from './products.js';
import type { Random } from './random.js';

/** A row of the table `holdings`. */
export interface HoldingRow {
  customer: string;
  id: string;
  kind: Product['kind'];
  name: string;
  name_en: string | null;
  /** Balance, or what is owed on a loan or card, in fen. */
  amount_fen: number | null;
  opened: string | null;
  matures: string | null;
  auto_renew: boolean | null;
  as_of: string;
}

/** A thousand yuan, which time deposits are whole multiples of. */
const ROUND = 100_000;

/**
 * A customer's products: the deposits come to about the average of the metrics, and so do the
 * investments. Of those with a term one in three matures within 90 days.
 */
export function holdingsOf(person: Person, today: string): HoldingRow[] {
  const random = person.random('holdings');
  const amounts = amountsOf(random, person);
  return person.products.map((id, i) => {
    const product = productOf(id);
    const ending =
      product.kind === 'WEALTH' || id === 'DEMAND' ? null : random.between(1_000, 9_999);
    const { opened, matures } = datesOf(random, person, product, today);
    const row: HoldingRow = {
      customer: person.id,
      id: `${person.id}-h${String(i + 1)}`,
      kind: product.kind,
      name: ending === null ? product.name : `${product.name}（尾号${String(ending)}）`,
      name_en: ending === null ? product.name_en : `${product.name_en} ending ${String(ending)}`,
      amount_fen: amounts.get(id) ?? null,
      opened,
      matures,
      auto_renew: product.kind === 'DEPOSIT' && product.term !== null ? renewal(random) : null,
      as_of: addDays(today, -1),
    };
    const days = id === 'TIME_36' ? person.named?.maturesIn : undefined;
    return days === undefined ? row : { ...row, ...maturingIn(days, product, today) };
  });
}

function amountsOf(random: Random, { products, metrics }: Person): Map<ProductId, number | null> {
  const of = (kind: Product['kind']) => products.filter((id) => productOf(id).kind === kind);
  const amounts = new Map<ProductId, number | null>();
  share(random, metrics.deposit_avg_3m_fen as number | null, of('DEPOSIT'), amounts);
  share(random, metrics.invest_avg_3m_fen as number | null, of('WEALTH'), amounts);
  const month = (metrics.card_spend_month_avg_fen as number | null) ?? 0;
  const limit = (metrics.card_limit_fen as number | null) ?? 0;
  for (const id of of('CARD')) {
    amounts.set(id, Math.min(limit, Math.floor((month * random.between(20, 130)) / 100)));
  }
  for (const id of of('LOAN')) {
    const most = { MORTGAGE: 180, CAR_LOAN: 18, CONSUMER_LOAN: 20 }[id as string] ?? 10;
    amounts.set(id, random.skewed(wan(most / 12), wan(most), 1));
  }
  return amounts;
}

/** Splits today's balance, within five percent of the average; the first product takes what is left. */
function share(
  random: Random,
  average: number | null,
  ids: readonly ProductId[],
  amounts: Map<ProductId, number | null>,
): void {
  const [first, ...others] = ids;
  if (first === undefined) return;
  if (average === null) {
    for (const id of ids) amounts.set(id, null);
    return;
  }
  const total = Math.floor((average * random.between(960, 1_045)) / 1_000);
  let left = total;
  for (const id of others) {
    const part = (total / others.length) * (random.between(50, 85) / 100);
    const amount = Math.max(ROUND, Math.floor(part / ROUND) * ROUND);
    amounts.set(id, amount);
    left -= amount;
  }
  amounts.set(first, Math.max(0, left));
}

function datesOf(
  random: Random,
  { since }: Person,
  { term }: Product,
  today: string,
): Pick<HoldingRow, 'opened' | 'matures'> {
  const yesterday = addDays(today, -1);
  const days = (from: string, to: string) => random.between(0, Math.max(0, daysBetween(from, to)));
  if (term === null) {
    return {
      opened: random.chance(45) ? since : addDays(since, days(since, yesterday)),
      matures: null,
    };
  }
  // What is opened on this day matures tomorrow.
  const first = addDays(addMonths(today, -term), 4);
  const earliest = first > since ? first : since;
  const soon = addDays(first, 86);
  const latest =
    soon > since && random.chance(34) ? (soon < yesterday ? soon : yesterday) : yesterday;
  const opened = addDays(earliest, days(earliest, latest));
  return { opened, matures: addMonths(opened, term) };
}

function renewal(random: Random): boolean | null {
  return random.weighted([
    [true, 9],
    [false, 8],
    [null, 3],
  ] as const);
}

function maturingIn(days: number, product: Product, today: string): Partial<HoldingRow> {
  const matures = addDays(today, days);
  return {
    name: `${product.name}（尾号2046）`,
    name_en: `${product.name_en} ending 2046`,
    opened: addMonths(matures, -product.term!),
    matures,
    auto_renew: false,
  };
}
