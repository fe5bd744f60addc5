// What a bank's developer writes by hand for the shipped policy: no file is read, nothing can be set.
import { checkRow } from './engine-loop-check.mjs';

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

/** Points by factor, knock-outs, score, rung and reasons; whatever the row is, nothing is checked. */
export function gradeUnchecked(row) {
  const points = {
    F01: overdue(row),
    F02: creditActive(row),
    F03: debt(row),
    F04: deposits(row),
    F05: investments(row),
    F06: saving(row),
    F07: row.owns_property === true ? 3 : 0,
    F08: row.owns_vehicle === true ? 1 : 0,
    F09: cardSpend(row),
    F10: isOverThird(row) ? 2 : 0,
    F11: transactions(row),
    F12: products(row),
    F13: occupation(row),
    F14: income(row),
    F15: housingFund(row),
    F16: tenure(row),
    F17: relationship(row),
    F18: education(row),
  };
  const score =
    points.F01 +
    points.F02 +
    points.F03 +
    points.F04 +
    points.F05 +
    points.F06 +
    points.F07 +
    points.F08 +
    points.F09 +
    points.F10 +
    points.F11 +
    points.F12 +
    points.F13 +
    points.F14 +
    points.F15 +
    points.F16 +
    points.F17 +
    points.F18;
  const knockouts = knockoutsOf(row);
  const creditKnown = knockouts.length > 0 || isCreditKnown(row);
  return {
    rung: rungOf(row, score, creditKnown && knockouts.length === 0),
    score,
    neutralScore: Math.floor((200 * (score - points.F13 - points.F18) + 93) / 186),
    points,
    knockouts,
    creditKnown,
    reasons: reasonsOf(points),
  };
}

/** The same without saying why. */
export function decideByHand(row) {
  const kept =
    overdue(row) +
    creditActive(row) +
    debt(row) +
    deposits(row) +
    investments(row) +
    saving(row) +
    (row.owns_property === true ? 3 : 0) +
    (row.owns_vehicle === true ? 1 : 0) +
    cardSpend(row) +
    (isOverThird(row) ? 2 : 0) +
    transactions(row) +
    products(row) +
    income(row) +
    housingFund(row) +
    tenure(row) +
    relationship(row);
  const score = kept + occupation(row) + education(row);
  return {
    rung: rungOf(row, score, !isKnockedOut(row) && isCreditKnown(row)),
    score,
    neutralScore: Math.floor((200 * kept + 93) / 186),
  };
}

function overdue({ overdue_months_24m: months, credit_active_months: active }) {
  if (months === null || active === 0) return 5;
  if (months < 1) return 14;
  if (months < 2) return 9;
  if (months < 3) return 5;
  if (months < 6) return 2;
  return 0;
}

function creditActive({ credit_active_months: months }) {
  if (months === null || months < 1) return 0;
  if (months < 12) return 2;
  if (months < 36) return 5;
  return 8;
}

function debt({ debt_ratio_bp: ratio }) {
  if (ratio === null) return 3;
  if (ratio < 3000) return 8;
  if (ratio < 5000) return 5;
  if (ratio < 7000) return 2;
  return 0;
}

function deposits({ deposit_avg_3m_fen: fen }) {
  if (fen === null || fen < 2_000_000) return 0;
  if (fen < 5_000_000) return 3;
  if (fen < 10_000_000) return 6;
  if (fen < 30_000_000) return 9;
  return 14;
}

function investments({ invest_avg_3m_fen: fen }) {
  if (fen === null || fen < 1) return 0;
  if (fen < 5_000_000) return 2;
  if (fen < 20_000_000) return 4;
  if (fen < 50_000_000) return 6;
  return 8;
}

function saving({ saving_months_12m: months }) {
  if (months === null || months < 3) return 0;
  if (months < 6) return 1;
  if (months < 9) return 3;
  return 4;
}

function cardSpend({ card_spend_12m_fen: fen }) {
  if (fen === null || fen < 1_000_000) return 0;
  if (fen < 4_000_000) return 2;
  if (fen < 5_000_000) return 5;
  return 8;
}

function isOverThird({ card_spend_12m_fen: yearly, card_spend_month_avg_fen, card_limit_fen }) {
  const monthly = card_spend_month_avg_fen ?? (yearly === null ? null : Math.floor(yearly / 12));
  return monthly !== null && card_limit_fen !== null && 3 * monthly > card_limit_fen;
}

function transactions({ txn_month_avg: count }) {
  if (count === null || count < 3) return 0;
  if (count < 10) return 2;
  if (count < 30) return 4;
  return 5;
}

function products({ products_held: count }) {
  if (count === null || count < 2) return 0;
  if (count < 3) return 2;
  if (count < 4) return 3;
  return 5;
}

function occupation({ occupation_group: group }) {
  if (group === 'A') return 5;
  if (group === 'B') return 3;
  return 1;
}

function income({ income_month_fen: fen }) {
  if (fen === null || fen < 500_000) return 0;
  if (fen < 1_000_000) return 1;
  if (fen < 2_000_000) return 3;
  return 4;
}

function housingFund({ housing_fund_month_fen: fen }) {
  if (fen === null || fen < 1) return 0;
  return fen < 100_000 ? 1 : 2;
}

function tenure({ job_tenure_months: months }) {
  if (months === null || months < 12) return 0;
  if (months < 36) return 1;
  if (months < 60) return 2;
  return 3;
}

function relationship({ relationship_months: months }) {
  if (months === null || months < 12) return 0;
  if (months < 36) return 1;
  if (months < 60) return 2;
  return 4;
}

function education({ education: degree }) {
  if (degree === 'POSTGRAD') return 2;
  return degree === 'BACHELOR' ? 1 : 0;
}

function knockoutsOf(row) {
  const fired = [];
  if (row.overdue_max_run_24m >= 3) fired.push('K1');
  if (row.overdue_months_24m >= 6) fired.push('K2');
  if (row.overdue_max_days_60m >= 90) fired.push('K3');
  if (row.malicious_overdraft === true) fired.push('K4');
  if (row.illegal_cash_out === true) fired.push('K5');
  return fired;
}

function isKnockedOut(row) {
  return (
    row.overdue_max_run_24m >= 3 ||
    row.overdue_months_24m >= 6 ||
    row.overdue_max_days_60m >= 90 ||
    row.malicious_overdraft === true ||
    row.illegal_cash_out === true
  );
}

function isCreditKnown(row) {
  return (
    row.overdue_max_run_24m !== null &&
    row.overdue_months_24m !== null &&
    row.overdue_max_days_60m !== null
  );
}

function rungOf(row, score, isClean) {
  const deposit = row.deposit_avg_3m_fen ?? 0;
  if (deposit >= 10_000_000_000) return 'LARGE-5';
  if (deposit >= 5_000_000_000) return 'LARGE-4';
  if (deposit >= 3_000_000_000) return 'LARGE-3';
  if (deposit >= 1_000_000_000) return 'LARGE-2';
  if (deposit >= 600_000_000) return 'LARGE-1';
  const total = deposit + (row.invest_avg_3m_fen ?? 0);
  if (total >= 500_000_000) return 'VIP-3';
  if (total >= 200_000_000) return 'VIP-2';
  if (total >= 50_000_000) return 'VIP-1';
  if (
    isClean &&
    (deposit >= 30_000_000 ||
      row.card_spend_12m_fen >= 5_000_000 ||
      (row.card_spend_12m_fen >= 4_000_000 && row.overdue_months_24m === 0) ||
      row.occupation_group === 'A')
  ) {
    if (score >= 88) return 'QUALITY-3';
    if (score >= 75) return 'QUALITY-2';
    if (score >= 60) return 'QUALITY-1';
  }
  return row.relationship_months !== null && row.relationship_months < 6 ? 'NEW' : 'ORDINARY';
}

const IDS = Array.from({ length: 18 }, (_, i) => `F${String(i + 1).padStart(2, '0')}`);
const MAX = [14, 8, 8, 14, 8, 4, 3, 1, 8, 2, 5, 5, 5, 4, 2, 3, 4, 2];

/** The four largest losses; of equal ones the first factor. */
function reasonsOf(points) {
  const losses = [
    MAX[0] - points.F01,
    MAX[1] - points.F02,
    MAX[2] - points.F03,
    MAX[3] - points.F04,
    MAX[4] - points.F05,
    MAX[5] - points.F06,
    MAX[6] - points.F07,
    MAX[7] - points.F08,
    MAX[8] - points.F09,
    MAX[9] - points.F10,
    MAX[10] - points.F11,
    MAX[11] - points.F12,
    MAX[12] - points.F13,
    MAX[13] - points.F14,
    MAX[14] - points.F15,
    MAX[15] - points.F16,
    MAX[16] - points.F17,
    MAX[17] - points.F18,
  ];
  const reasons = [];
  for (let nth = 0; nth < 4; nth++) {
    let worst = 0;
    for (let i = 1; i < losses.length; i++) if (losses[i] > losses[worst]) worst = i;
    if (losses[worst] === 0) break;
    reasons.push(IDS[worst]);
    losses[worst] = 0;
  }
  return reasons;
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

function sumOfKept(points) {
  return (
    points.F01 +
    points.F02 +
    points.F03 +
    points.F04 +
    points.F05 +
    points.F06 +
    points.F07 +
    points.F08 +
    points.F09 +
    points.F10 +
    points.F11 +
    points.F12 +
    points.F14 +
    points.F15 +
    points.F16 +
    points.F17
  );
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

export const uncheckedLoop = () => ({
  id: 'unchecked-loop',
  what: 'hand-written loop, points and reasons, nothing checked',
  gradeAll: (rows) => rows.map(gradeUnchecked),
  pass: (rows) => {
    let sum = 0;
    for (const row of rows) sum += gradeUnchecked(row).score;
    return sum;
  },
});

export const shortLoop = () => ({
  id: 'short-loop',
  what: 'hand-written loop, the decision alone, nothing checked',
  gradeAll: (rows) => rows.map(decideByHand),
  pass: (rows) => {
    let sum = 0;
    for (const row of rows) sum += decideByHand(row).score;
    return sum;
  },
});
