import { PROFILES, amount, wan } from './assets.js';
import type { Gender } from './names.js';
import { isComplex, productsFor } from './products.js';
import type { ProductId } from './products.js';
import type { Trouble } from './quotas.js';
import type { Random } from './random.js';

/** A row of metrics.json without the total of deposits and investments, which is always computed. */
export type Metrics = Readonly<Record<string, number | boolean | string | null>>;

export interface Life {
  rung: string;
  trouble: Trouble | null;
  age: number;
  gender: Gender;
  /** Full months with the bank. */
  months: number;
  /** Whether the bank was ever told the birthday. */
  ageKnown: boolean;
}

export interface Drawn {
  metrics: Metrics;
  products: ProductId[];
}

/**
 * Metrics that somebody on `life.rung` may have, with gaps as real data have them: people without a
 * card, without an employer, who never told their income. They often, not always, grade to that rung.
 */
export function metricsOf(random: Random, life: Life): Drawn {
  const profile = PROFILES[life.rung]!;
  const good = () => random.chance(profile.solidity);
  const deposit = amount(random, profile.deposit);
  const invest = random.chance(45 + profile.solidity / 2) ? amount(random, profile.invest) : 0;
  const card = cardOf(random, profile.spend, good);
  const work = workOf(random, life, profile.income, good);
  const borrows = random.chance(50 + profile.solidity / 2);
  const debt = borrows
    ? good()
      ? random.between(200, 2_990)
      : random.between(3_000, 6_700)
    : random.chance(40)
      ? null
      : random.between(0, 900);
  const months = Math.max(1, life.months);
  const products = productsFor(random, {
    deposit,
    invest,
    cardLimit: card.card_limit_fen,
    owes: borrows && debt !== null && debt > 1_200,
    eager: good(),
  });
  const metrics: Metrics = {
    deposit_avg_3m_fen: random.chance(1) && life.rung === 'ORDINARY' ? null : deposit,
    invest_avg_3m_fen: invest > 0 ? invest : random.chance(35) ? null : 0,
    ...card,
    txn_month_avg: good() ? random.between(10, 56) : random.skewed(0, 22, 1),
    products_held: products.length,
    annual_contribution_fen: random.chance(4)
      ? null
      : Math.floor(
          (deposit * 11) / 1000 + (invest * 7) / 1000 + ((card.card_spend_12m_fen ?? 0) * 9) / 1000,
        ),
    ...creditOf(random, life.trouble, good),
    credit_active_months: borrows
      ? Math.min(good() ? random.between(36, 132) : random.between(1, 35), months + 90)
      : 0,
    debt_ratio_bp: life.trouble === 'DEBT' ? random.between(7_000, 9_600) : debt,
    saving_months_12m: Math.min(good() ? random.between(9, 12) : random.between(0, 9), months),
    owns_property: random.chance(5) ? null : random.chance(30 + 0.65 * profile.solidity),
    owns_vehicle: random.chance(8) ? null : random.chance(15 + 0.6 * profile.solidity),
    ...work,
    relationship_months: life.months,
    education: educationOf(random, life.age, good),
    age_years: life.ageKnown ? life.age : null,
    family_status: random.chance(7) ? null : familyOf(random, life.age),
    cash_txn_large_30d: rareCount(random, 95, 8),
    crossborder_txn_30d: rareCount(random, 94, 14),
    misoperation_90d: rareCount(random, life.age >= 65 ? 88 : 95, 5),
    complex_products_held: products.filter(isComplex).length,
    customer_type: random.chance(0.7) ? 'ENTERPRISE' : 'PERSONAL',
  };
  return { metrics, products };
}

function cardOf(
  random: Random,
  spend: readonly [from: number, to: number, power: number],
  good: () => boolean,
) {
  const spent = random.chance(38) && !good() ? null : amount(random, spend);
  if (spent === null) {
    const known = random.chance(40) ? 0 : null;
    return {
      card_spend_12m_fen: known,
      card_spend_month_avg_fen: known,
      card_limit_fen: known,
    };
  }
  const month = Math.floor(spent / 12);
  const share = good() ? random.between(20, 29) : random.between(34, 120);
  // Limits are whole thousands of yuan, the lowest 3,000.
  const limit = Math.max(300_000, Math.ceil((month * share) / 10 / 100_000) * 100_000);
  return { card_spend_12m_fen: spent, card_spend_month_avg_fen: month, card_limit_fen: limit };
}

function creditOf(random: Random, trouble: Trouble | null, good: () => boolean) {
  const late = good() || random.chance(72) ? 0 : random.between(1, 2);
  const record = {
    overdue_months_24m: late as number | null,
    overdue_max_run_24m: Math.min(late, 1) as number | null,
    overdue_max_days_60m: (late > 0 ? random.between(2, 31) : random.skewed(0, 9, 3)) as
      number | null,
    malicious_overdraft: random.chance(12) ? null : false,
    illegal_cash_out: random.chance(12) ? null : false,
  };
  const changes: Record<Trouble, object> = {
    K1: { overdue_months_24m: 4, overdue_max_run_24m: 3, overdue_max_days_60m: 78 },
    K2: { overdue_months_24m: 7, overdue_max_run_24m: 2, overdue_max_days_60m: 47 },
    K3: { overdue_months_24m: 0, overdue_max_run_24m: 0, overdue_max_days_60m: 126 },
    K4: { malicious_overdraft: true },
    K5: { illegal_cash_out: true },
    ALL: {
      overdue_months_24m: 9,
      overdue_max_run_24m: 5,
      overdue_max_days_60m: 171,
      malicious_overdraft: true,
      illegal_cash_out: true,
    },
    UNKNOWN: { overdue_months_24m: null, overdue_max_run_24m: null, overdue_max_days_60m: null },
    DEBT: {},
  };
  return trouble === null ? record : { ...record, ...changes[trouble] };
}

/** Occupation group by occupations.assignRule, income, housing fund and months with the employer. */
function workOf(
  random: Random,
  { age, gender }: Life,
  income: readonly [from: number, to: number, power: number],
  good: () => boolean,
) {
  const works =
    age < (gender === 'female' ? 55 : 60) ? age >= 23 || random.chance(45) : random.chance(9);
  if (!works) {
    const pension = age >= 50;
    return {
      occupation_group: random.chance(80) ? null : 'C',
      income_month_fen: random.chance(28)
        ? null
        : pension
          ? random.between(wan(0.26), wan(0.95))
          : random.between(0, wan(0.2)),
      housing_fund_month_fen: random.chance(25) ? null : 0,
      job_tenure_months: null,
    };
  }
  const most = Math.max(2, (age - 21) * 12);
  const tenure = Math.min(good() ? random.between(36, 260) : random.between(1, 58), most);
  const listed = good() && random.chance(42);
  const earned = amount(random, income);
  return {
    occupation_group: random.chance(9) ? null : listed ? 'A' : tenure >= 12 ? 'B' : 'C',
    income_month_fen: random.chance(10) ? null : earned,
    housing_fund_month_fen: random.chance(7)
      ? null
      : good() || listed
        ? Math.min(Math.floor((earned * random.between(10, 24)) / 100), 430_000)
        : 0,
    job_tenure_months: random.chance(6) ? null : tenure,
  };
}

function educationOf(random: Random, age: number, good: () => boolean): string | null {
  if (random.chance(8)) return null;
  if (random.chance(age >= 60 ? 84 : age >= 45 ? 58 : 36) && !good()) return 'BELOW';
  return good() && random.chance(30) ? 'POSTGRAD' : 'BACHELOR';
}

function familyOf(random: Random, age: number): string {
  const married = age < 24 ? 4 : age < 30 ? 42 : 83;
  if (random.chance(married)) return 'MARRIED';
  return age >= 35 && random.chance(70) ? 'OTHER' : 'SINGLE';
}

/** Zero for `percent`, unknown for one in 60, else a small number. */
function rareCount(random: Random, percent: number, most: number): number | null {
  if (random.between(1, 60) === 1) return null;
  return random.chance(percent) ? 0 : random.skewed(1, most, 2);
}
