import { REASONS } from '../compile-core.js';
import type { GradingFiles } from '../compile-core.js';
import { GRADE_COLUMNS, outputs } from './output-sql.js';
import type { GradeColumn } from './output-sql.js';
import { staged } from './staged.js';
import {
  derivedValues,
  factorsOf,
  losses,
  nthLoss,
  read,
  scores,
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
  const first: Columns = isSame ? [] : [['is.neutral', `coalesce(${neutral}, FALSE)`]];
  const stages: Columns[] = [
    [...read(names, totalled), ...first],
    derivedValues(names),
    factorsOf(names),
    sums(names),
    scores(names),
    tried(names),
    losses(names),
    ...ordinals.map((nth) => nthLoss(names, nth)),
  ];
  const all = outputs(names);
  const own = ['customer', ...carry.map(quote)];
  return staged(
    source,
    own,
    stages,
    columns.map((name) => [name, all[name]]),
  );
}

const ordinals = Array.from({ length: REASONS }, (_, index) => index + 1);
