// The checks of a row (data-quality.json, DQ2 and DQ3) as a bank's developer writes them by hand.

const KNOWN = new Set([
  'id',
  'deposit_avg_3m_fen',
  'invest_avg_3m_fen',
  'aum_avg_3m_fen',
  'card_spend_12m_fen',
  'card_spend_month_avg_fen',
  'card_limit_fen',
  'txn_month_avg',
  'products_held',
  'annual_contribution_fen',
  'overdue_months_24m',
  'overdue_max_run_24m',
  'overdue_max_days_60m',
  'malicious_overdraft',
  'illegal_cash_out',
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
  'age_years',
  'family_status',
  'cash_txn_large_30d',
  'crossborder_txn_30d',
  'misoperation_90d',
  'complex_products_held',
  'customer_type',
]);

/** Throws for a row that can't be graded. */
export function checkRow(row) {
  for (const name in row) if (!KNOWN.has(name)) throw new Error(`${name}: no such metric`);
  const isFine =
    isCount(row.deposit_avg_3m_fen) &&
    isCount(row.invest_avg_3m_fen) &&
    isCount(row.aum_avg_3m_fen) &&
    isCount(row.card_spend_12m_fen) &&
    isCount(row.card_spend_month_avg_fen) &&
    isCount(row.card_limit_fen) &&
    isCount(row.txn_month_avg) &&
    isCount(row.products_held) &&
    isCount(row.annual_contribution_fen) &&
    isCount(row.overdue_months_24m) &&
    isCount(row.overdue_max_run_24m) &&
    isCount(row.overdue_max_days_60m) &&
    isFlag(row.malicious_overdraft) &&
    isFlag(row.illegal_cash_out) &&
    isCount(row.credit_active_months) &&
    isCount(row.debt_ratio_bp) &&
    isCount(row.saving_months_12m) &&
    isFlag(row.owns_property) &&
    isFlag(row.owns_vehicle) &&
    isOneOf(row.occupation_group, OCCUPATIONS) &&
    isCount(row.income_month_fen) &&
    isCount(row.housing_fund_month_fen) &&
    isCount(row.job_tenure_months) &&
    isCount(row.relationship_months) &&
    isOneOf(row.education, DEGREES) &&
    isCount(row.age_years) &&
    !(row.age_years > 120) &&
    isOneOf(row.family_status, FAMILIES) &&
    isCount(row.cash_txn_large_30d) &&
    isCount(row.crossborder_txn_30d) &&
    isCount(row.misoperation_90d) &&
    isCount(row.complex_products_held) &&
    isOneOf(row.customer_type, TYPES) &&
    !(row.deposit_avg_3m_fen + row.invest_avg_3m_fen > Number.MAX_SAFE_INTEGER) &&
    !isAbove(row.deposit_avg_3m_fen, row.aum_avg_3m_fen) &&
    !isAbove(row.overdue_max_run_24m, row.overdue_months_24m) &&
    !(row.card_spend_12m_fen > 0 && row.card_limit_fen === 0);
  if (!isFine) throw new Error("a value that its metric can't have");
}

const OCCUPATIONS = ['A', 'B', 'C'];
const DEGREES = ['BELOW', 'BACHELOR', 'POSTGRAD'];
const FAMILIES = ['SINGLE', 'MARRIED', 'OTHER'];
const TYPES = ['PERSONAL', 'ENTERPRISE'];

function isCount(value) {
  return value === null || value === undefined || (Number.isSafeInteger(value) && value >= 0);
}

function isFlag(value) {
  return value === null || value === undefined || typeof value === 'boolean';
}

function isOneOf(value, list) {
  return value === null || value === undefined || list.includes(value);
}

function isAbove(one, other) {
  return typeof one === 'number' && typeof other === 'number' && one > other;
}
