import { wan } from './assets.js';
import type { Random } from './random.js';

export interface Product {
  kind: 'DEPOSIT' | 'LOAN' | 'CARD' | 'WEALTH';
  name: string;
  name_en: string;
  /** Months to maturity; null where there is none. */
  term: number | null;
  /** Whether it counts in `complex_products_held`. */
  complex?: true;
}

const product = (
  kind: Product['kind'],
  name: string,
  name_en: string,
  term: number | null = null,
): Product => ({ kind, name, name_en, term });
const complex = (name: string, name_en: string, term: number | null = null): Product => ({
  ...product('WEALTH', name, name_en, term),
  complex: true,
});

/** What 江海银行 sells. */
export const PRODUCTS = {
  DEMAND: product('DEPOSIT', '活期储蓄', 'Savings account'),
  TIME_12: product('DEPOSIT', '整存整取一年期', 'One-year time deposit', 12),
  TIME_24: product('DEPOSIT', '整存整取两年期', 'Two-year time deposit', 24),
  TIME_36: product('DEPOSIT', '整存整取三年期', 'Three-year time deposit', 36),
  CERTIFICATE: product('DEPOSIT', '大额存单三年期', 'Three-year certificate of deposit', 36),
  CARD: product('CARD', '江海信用卡', 'Jianghai credit card'),
  CARD_GOLD: product('CARD', '江海金卡', 'Jianghai gold card'),
  CARD_PLATINUM: product('CARD', '江海白金卡', 'Jianghai platinum card'),
  MORTGAGE: product('LOAN', '个人住房贷款', 'Home loan', 240),
  CAR_LOAN: product('LOAN', '汽车消费贷款', 'Car loan', 36),
  CONSUMER_LOAN: product('LOAN', '个人消费贷款', 'Personal loan', 24),
  CASH_PLUS: product('WEALTH', '现金管理理财', 'Cash management product'),
  STEADY: product('WEALTH', '稳健理财半年期', 'Steady wealth product, six months', 6),
  BOND: product('WEALTH', '储蓄国债三年期', 'Savings bond, three years', 36),
  FUND: complex('混合型基金', 'Balanced fund'),
  INSURANCE: complex('终身寿险', 'Whole life insurance'),
  STRUCTURED: complex('结构性存款一年期', 'Structured deposit, one year', 12),
} satisfies Record<string, Product>;

export type ProductId = keyof typeof PRODUCTS;

export const isComplex = (id: ProductId): boolean => productOf(id).complex === true;

export function productOf(id: ProductId): Product {
  return PRODUCTS[id];
}

export interface Situation {
  deposit: number;
  invest: number;
  cardLimit: number | null;
  owes: boolean;
  /** Whether they hold several products of a kind. */
  eager: boolean;
}

/** Distinct products for what somebody has; `products_held` is their number. */
export function productsFor(random: Random, situation: Situation): ProductId[] {
  const { deposit, invest, cardLimit, owes, eager } = situation;
  const held: ProductId[] = ['DEMAND'];
  if (deposit >= wan(2) && random.chance(eager ? 90 : 55)) {
    held.push(random.pick(['TIME_12', 'TIME_24', 'TIME_36'] as const));
  }
  if (deposit >= wan(40) && random.chance(eager ? 80 : 40)) held.push('CERTIFICATE');
  if (cardLimit !== null && cardLimit > 0) held.push(cardFor(cardLimit));
  if (invest > 0) {
    held.push(random.pick(['CASH_PLUS', 'STEADY', 'BOND'] as const));
    if (invest >= wan(1) && random.chance(eager ? 75 : 35)) {
      held.push(random.pick(['FUND', 'INSURANCE', 'STRUCTURED'] as const));
    }
  }
  if (owes && random.chance(eager ? 70 : 45)) {
    held.push(
      random.weighted([
        ['MORTGAGE', 6],
        ['CAR_LOAN', 2],
        ['CONSUMER_LOAN', 2],
      ] as const),
    );
  }
  return held;
}

export function cardFor(limit: number): ProductId {
  if (limit >= wan(10)) return 'CARD_PLATINUM';
  return limit >= wan(5) ? 'CARD_GOLD' : 'CARD';
}
