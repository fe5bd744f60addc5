// What a bank's developer writes by hand for the shipped policy: no file is read, nothing can be set.
import { checkRow } from './engine-loop-check.mjs';
import {
  MAX,
  isCreditKnown,
  knockoutsOf,
  reasonsOf,
  rungOf,
  sumOfKept,
} from './engine-loop-rules.mjs';

/** All that `grade` gives, of rows that `grade` takes: others are refused. */
export function gradeByHand(row) {
  checkRow(row);
  const deposits = row.deposit_avg_3m_fen ?? null;
  const invested = row.invest_avg_3m_fen ?? null;
  const yearly = row.card_spend_12m_fen ?? null;
  const inputs = {
    deposit_avg_3m_fen: deposits,
    invest_avg_3m_fen: invested,
    aum_avg_3m_fen: deposits === null ? invested : deposits + (invested ?? 0),
    card_spend_12m_fen: yearly,
    card_spend_month_avg_fen:
      row.card_spend_month_avg_fen ?? (yearly === null ? null : Math.floor(yearly / 12)),
    card_limit_fen: row.card_limit_fen ?? null,
    txn_month_avg: row.txn_month_avg ?? null,
    products_held: row.products_held ?? null,
    annual_contribution_fen: row.annual_contribution_fen ?? null,
    overdue_months_24m: row.overdue_months_24m ?? null,
    overdue_max_run_24m: row.overdue_max_run_24m ?? null,
    overdue_max_days_60m: row.overdue_max_days_60m ?? null,
    malicious_overdraft: row.malicious_overdraft ?? false,
    illegal_cash_out: row.illegal_cash_out ?? false,
    credit_active_months: row.credit_active_months ?? null,
    debt_ratio_bp: row.debt_ratio_bp ?? null,
    saving_months_12m: row.saving_months_12m ?? null,
    owns_property: row.owns_property ?? null,
    owns_vehicle: row.owns_vehicle ?? null,
    occupation_group: row.occupation_group ?? null,
    income_month_fen: row.income_month_fen ?? null,
    housing_fund_month_fen: row.housing_fund_month_fen ?? null,
    job_tenure_months: row.job_tenure_months ?? null,
    relationship_months: row.relationship_months ?? null,
    education: row.education ?? null,
    age_years: row.age_years ?? null,
    family_status: row.family_status ?? null,
    cash_txn_large_30d: row.cash_txn_large_30d ?? null,
    crossborder_txn_30d: row.crossborder_txn_30d ?? null,
    misoperation_90d: row.misoperation_90d ?? null,
    complex_products_held: row.complex_products_held ?? null,
    customer_type: row.customer_type ?? null,
    card_spend_over_third: null,
  };
  const monthly = inputs.card_spend_month_avg_fen;
  if (monthly !== null && inputs.card_limit_fen !== null) {
    inputs.card_spend_over_third = 3 * monthly > inputs.card_limit_fen;
  }
  const bins = binsOf(inputs);
  const points = pointsOf(bins);
  const kept = sumOfKept(points);
  const score = kept + points.F13 + points.F18;
  const fired = knockoutsOf(inputs);
  const creditKnown = fired.length > 0 || isCreditKnown(inputs);
  const knockout = fired.length > 0 ? true : creditKnown ? false : null;
  const rung = RUNGS[rungOf(inputs, score, knockout === false)];
  return {
    rung: rung.code,
    class: rung.class,
    level: rung.level,
    score,
    neutralScore: Math.floor((200 * kept + 93) / 186),
    points,
    bins,
    knockouts: fired,
    knockout,
    creditKnown,
    reasons: reasonsOf(points),
    creditRisk: creditRiskOf(inputs, knockout),
    inputs,
    missing: missingIn(inputs),
    confidenceBp: 100 * attainableIn(bins),
  };
}

const CODES = ['LARGE-5', 'LARGE-4', 'LARGE-3', 'LARGE-2', 'LARGE-1', 'VIP-3', 'VIP-2', 'VIP-1'];
CODES.push('QUALITY-3', 'QUALITY-2', 'QUALITY-1', 'NEW', 'ORDINARY');
const RUNGS = Object.fromEntries(
  CODES.map((code) => {
    const [name, level] = code.split('-');
    return [code, { code, class: name, level: level === undefined ? null : Number(level) }];
  }),
);

/** Place of the bin of each factor; -1 where nothing is known. */
function binsOf(inputs) {
  return [
    overdueBin(inputs),
    binIn(inputs.credit_active_months, 1, 12, 36),
    binIn(inputs.debt_ratio_bp, 3000, 5000, 7000),
    depositBin(inputs.deposit_avg_3m_fen),
    investmentBin(inputs.invest_avg_3m_fen),
    binIn(inputs.saving_months_12m, 3, 6, 9),
    flagBin(inputs.owns_property),
    flagBin(inputs.owns_vehicle),
    binIn(inputs.card_spend_12m_fen, 1_000_000, 4_000_000, 5_000_000),
    flagBin(inputs.card_spend_over_third),
    binIn(inputs.txn_month_avg, 3, 10, 30),
    binIn(inputs.products_held, 2, 3, 4),
    inputs.occupation_group === null ? -1 : 'ABC'.indexOf(inputs.occupation_group),
    binIn(inputs.income_month_fen, 500_000, 1_000_000, 2_000_000),
    binIn(inputs.housing_fund_month_fen, 1, 100_000, Infinity),
    binIn(inputs.job_tenure_months, 12, 36, 60),
    binIn(inputs.relationship_months, 12, 36, 60),
    educationBin(inputs.education),
  ];
}

function pointsOf(bins) {
  return {
    F01: bins[0] < 0 ? 5 : OVERDUE[bins[0]],
    F02: bins[1] < 0 ? 0 : CREDIT_ACTIVE[bins[1]],
    F03: bins[2] < 0 ? 3 : DEBT[bins[2]],
    F04: bins[3] < 0 ? 0 : DEPOSITS[bins[3]],
    F05: bins[4] < 0 ? 0 : INVESTMENTS[bins[4]],
    F06: bins[5] < 0 ? 0 : SAVING[bins[5]],
    F07: bins[6] === 0 ? 3 : 0,
    F08: bins[7] === 0 ? 1 : 0,
    F09: bins[8] < 0 ? 0 : CARD_SPEND[bins[8]],
    F10: bins[9] === 0 ? 2 : 0,
    F11: bins[10] < 0 ? 0 : TRANSACTIONS[bins[10]],
    F12: bins[11] < 0 ? 0 : PRODUCTS[bins[11]],
    F13: bins[12] < 0 ? 1 : OCCUPATION[bins[12]],
    F14: bins[13] < 0 ? 0 : INCOME[bins[13]],
    F15: bins[14] < 0 ? 0 : bins[14],
    F16: bins[15] < 0 ? 0 : bins[15],
    F17: bins[16] < 0 ? 0 : RELATIONSHIP[bins[16]],
    F18: bins[17] < 0 ? 0 : bins[17],
  };
}

const OVERDUE = [14, 9, 5, 2, 0];
const CREDIT_ACTIVE = [0, 2, 5, 8];
const DEBT = [8, 5, 2, 0];
const DEPOSITS = [0, 3, 6, 9, 14];
const INVESTMENTS = [0, 2, 4, 6, 8];
const SAVING = [0, 1, 3, 4];
const CARD_SPEND = [0, 2, 5, 8];
const TRANSACTIONS = [0, 2, 4, 5];
const PRODUCTS = [0, 2, 3, 5];
const OCCUPATION = [5, 3, 1];
const INCOME = [0, 1, 3, 4];
const RELATIONSHIP = [0, 1, 2, 4];

function overdueBin({ overdue_months_24m: months, credit_active_months: active }) {
  if (months === null || active === 0) return -1;
  if (months < 3) return months;
  return months < 6 ? 3 : 4;
}

function binIn(value, low, middle, high) {
  if (value === null) return -1;
  if (value < low) return 0;
  if (value < middle) return 1;
  return value < high ? 2 : 3;
}

function depositBin(fen) {
  if (fen !== null && fen >= 30_000_000) return 4;
  return binIn(fen, 2_000_000, 5_000_000, 10_000_000);
}

function investmentBin(fen) {
  if (fen !== null && fen >= 50_000_000) return 4;
  return binIn(fen, 1, 5_000_000, 20_000_000);
}

function flagBin(flag) {
  return flag === null ? -1 : flag ? 0 : 1;
}

function educationBin(degree) {
  if (degree === null) return -1;
  return degree === 'BELOW' ? 0 : degree === 'BACHELOR' ? 1 : 2;
}

function attainableIn(bins) {
  let sum = 0;
  for (let i = 0; i < bins.length; i++) if (bins[i] >= 0) sum += MAX[i];
  return sum;
}

function creditRiskOf({ debt_ratio_bp: debt, overdue_months_24m: months }, knockout) {
  if (knockout === true || (debt !== null && debt >= 7000)) return 'HIGH';
  if ((months !== null && months >= 1) || (debt !== null && debt >= 5000)) return 'MEDIUM';
  return knockout === false && debt !== null && months === 0 ? 'LOW' : 'MEDIUM';
}

const REQUIRED = [
  'deposit_avg_3m_fen',
  'invest_avg_3m_fen',
  'card_spend_12m_fen',
  'card_spend_month_avg_fen',
  'card_limit_fen',
  'txn_month_avg',
  'products_held',
  'overdue_months_24m',
  'overdue_max_run_24m',
  'overdue_max_days_60m',
  'credit_active_months',
  'debt_ratio_bp',
  'saving_months_12m',
  'owns_property',
  'owns_vehicle',
  'occupation_group',
  'income_month_fen',
  'housing_fund_month_fen',
  'job_tenure_months',
  'relationship_months',
  'education',
];

function missingIn(inputs) {
  const missing = [];
  for (const name of REQUIRED) if (inputs[name] === null) missing.push(name);
  return missing;
}

export const loop = () => ({
  id: 'loop',
  what: 'hand-written loop, explained',
  gradeAll: (rows) => rows.map(gradeByHand),
  pass: (rows) => {
    let sum = 0;
    for (const row of rows) sum += gradeByHand(row).score;
    return sum;
  },
});
