// The least that a bank's developer writes by hand for the shipped policy: nothing is checked, little is told.
import {
  isCreditKnown,
  isKnockedOut,
  knockoutsOf,
  reasonsOf,
  rungOf,
  sumOfKept,
} from './engine-loop-rules.mjs';

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
  const kept = sumOfKept(points);
  const score = kept + points.F13 + points.F18;
  const knockouts = knockoutsOf(row);
  const creditKnown = knockouts.length > 0 || isCreditKnown(row);
  return {
    rung: rungOf(row, score, creditKnown && knockouts.length === 0),
    score,
    neutralScore: Math.floor((200 * kept + 93) / 186),
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
