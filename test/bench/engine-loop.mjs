// What a bank's developer writes by hand for the shipped policy: no file is read, nothing can be set.

/** Points by factor, knock-outs, score, rung and reasons. */
export function gradeByHand(row) {
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

export const shortLoop = () => ({
  id: 'short-loop',
  what: 'hand-written loop, the decision alone',
  gradeAll: (rows) => rows.map(decideByHand),
  pass: (rows) => {
    let sum = 0;
    for (const row of rows) sum += decideByHand(row).score;
    return sum;
  },
});
