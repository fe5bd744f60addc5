// What both hand-written loops decide alike: knock-outs, rung, reasons.

export function knockoutsOf(row) {
  const fired = [];
  if (row.overdue_max_run_24m >= 3) fired.push('K1');
  if (row.overdue_months_24m >= 6) fired.push('K2');
  if (row.overdue_max_days_60m >= 90) fired.push('K3');
  if (row.malicious_overdraft === true) fired.push('K4');
  if (row.illegal_cash_out === true) fired.push('K5');
  return fired;
}

export function isKnockedOut(row) {
  return (
    row.overdue_max_run_24m >= 3 ||
    row.overdue_months_24m >= 6 ||
    row.overdue_max_days_60m >= 90 ||
    row.malicious_overdraft === true ||
    row.illegal_cash_out === true
  );
}

export function isCreditKnown(row) {
  return (
    row.overdue_max_run_24m !== null &&
    row.overdue_months_24m !== null &&
    row.overdue_max_days_60m !== null
  );
}

export function rungOf(row, score, isClean) {
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
export const MAX = [14, 8, 8, 14, 8, 4, 3, 1, 8, 2, 5, 5, 5, 4, 2, 3, 4, 2];

/** The four largest losses; of equal ones the first factor. */
export function reasonsOf(points) {
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

export function sumOfKept(points) {
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
