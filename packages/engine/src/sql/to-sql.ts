import { REASONS } from '../compile-core.js';
import type { GradingFiles } from '../compile-core.js';
import { GRADE_COLUMNS, outputs } from './output-sql.js';
import type { GradeColumn } from './output-sql.js';
import {
  derivedValues,
  factorsAndKnockouts,
  losses,
  nthLoss,
  read,
  sums,
  tried,
} from './stages-sql.js';
import type { Columns } from './stages-sql.js';
import { sqlNames } from './sql-names.js';
import { quote } from './sql-text.js';

export interface SqlOptions {
  /**
   * A FROM item whose columns are `customer`, every metric that metrics.json doesn't derive (bigint,
   * boolean or text) and those of `carry`.
   */
  source: string;
  /**
   * A boolean over the columns of the source: where it is TRUE the row is graded as by the variant
   * `neutral`. By default none is.
   */
  neutral?: string;
  /** What to give beside `customer`, by default all. What isn't asked for costs nothing. */
  columns?: readonly GradeColumn[];
  /** Columns of the source to give as they are, before the others. */
  carry?: readonly string[];
  /** Whether the source has `aum_avg_3m_fen` too, the core system's total, which only DQ3 reads. */
  totalled?: boolean;
}

/**
 * Grading as one SELECT for PostgreSQL 15 and PGlite, a row a customer: the twin of `grade`. Lists and
 * objects are jsonb; `faults` is what checkMetrics says, null for a good row, and where it isn't null
 * all else is. The text holds nothing but the policy and the SQL of `source` and `neutral`, for which
 * the caller answers. Throws a RangeError for a policy that grading can't use.
 *
 * OFFSET 0 has a stage computed once a row: without it PostgreSQL puts terms in place of their names,
 * each time that they are read.
 */
export function toSql(files: GradingFiles, options: SqlOptions): string {
  const {
    source,
    neutral = 'FALSE',
    columns = GRADE_COLUMNS,
    carry = [],
    totalled = false,
  } = options;
  const isSame = /^(true|false)$/i.test(neutral);
  const names = sqlNames(files, isSame ? neutral.toLowerCase() === 'true' : null);
  const carried = carry.map(quote);
  const first: Columns = isSame ? [] : [['is.neutral', `coalesce(${neutral}, FALSE)`]];
  const given = [
    'customer',
    ...carried,
    ...[...read(names, totalled), ...first].map(([name, sql]) => `${sql} AS ${quote(name)}`),
  ];
  let sql = `SELECT ${given.join(',\n  ')}\nFROM ${source} OFFSET 0`;
  const then = (stage: Columns) => {
    if (stage.length === 0) return;
    const list = ['*', ...stage.map(([name, term]) => `${term} AS ${quote(name)}`)];
    sql = `SELECT ${list.join(',\n  ')}\nFROM (${sql}) AS stage OFFSET 0`;
  };
  then(derivedValues(names));
  then(factorsAndKnockouts(names));
  then(sums(names));
  then(tried(names));
  if (columns.includes('reasons')) {
    then(losses(names));
    for (let nth = 1; nth <= REASONS; nth++) then(nthLoss(names, nth));
  }
  const all = outputs(names);
  const told = columns.map((name) => `${all[name]} AS ${quote(name)}`);
  return `SELECT ${['customer', ...carried, ...told].join(',\n  ')}\nFROM (${sql}) AS stage`;
}
