import type { Expression, Operator } from '@liyu/policy';
import { encode } from '../registers.js';
import type { Register } from '../registers.js';
import { textConstant } from './sql-text.js';

/** A name as SQL reads it: a column or a term in parentheses, null where unknown. */
export interface Named {
  sql: string;
  register: Register;
}

export interface Names {
  /** Throws a RangeError for a name that nothing defines. */
  of: (name: string) => Named;
  /** Whether integers are sure to be below 2^53, so that some products fit a bigint. */
  isBounded: boolean;
}

/**
 * A condition as a boolean of SQL, whose AND, OR, NOT and comparisons are the three-valued logic of
 * metrics.json `nullRule`: null is UNKNOWN. The twin of compileCondition, case by case.
 */
export function conditionSql(expression: Expression, names: Names): string {
  if (typeof expression === 'boolean') return expression ? 'TRUE' : 'FALSE';
  if (typeof expression !== 'object') throw new RangeError(`${expression} is no condition`);
  if ('var' in expression) return truthSql(names.of(expression.var));
  const args = expression.args ?? [];
  const joined = (operator: string) =>
    `(${args.map((arg) => conditionSql(arg, names)).join(` ${operator} `)})`;
  switch (expression.op) {
    case 'true':
      return 'TRUE';
    case 'not':
      return `(NOT ${conditionSql(args[0]!, names)})`;
    case 'and':
      return joined('AND');
    case 'or':
      return joined('OR');
    case 'mul':
      throw new RangeError('mul gives a number, not a condition');
    default:
      return comparisonSql(expression.op, args[0]!, args[1]!, names);
  }
}

/** A number, null where unknown: the twin of compileQuantity. A product that may overflow a bigint is numeric. */
export function quantitySql(
  expression: Expression,
  names: Names,
  like: Register | null = null,
): string {
  if (typeof expression === 'object') {
    if ('var' in expression) return codeSql(names.of(expression.var));
    if (expression.op === 'mul') {
      const type = names.isBounded && mostOf(expression) < 2 ** 63 ? 'bigint' : 'numeric';
      const factors = (expression.args ?? []).map((arg) => quantitySql(arg, names));
      return `(${factors.map((factor) => `${factor}::${type}`).join(' * ')})`;
    }
    return `${conditionSql(expression, names)}::int`;
  }
  if (like !== null) return `(${encode(like, expression)})`;
  return `(${typeof expression === 'string' ? -1 : Number(expression)})`;
}

/** What a number can't be above, of either sign, where metrics are below 2^53. */
function mostOf(expression: Expression): number {
  if (typeof expression === 'number') return Math.abs(expression);
  if (typeof expression !== 'object') return 1;
  if ('var' in expression) return Number.MAX_SAFE_INTEGER;
  if (expression.op !== 'mul') return 1;
  return (expression.args ?? []).reduce<number>((product, arg) => product * mostOf(arg), 1);
}

type Comparison = Exclude<Operator, 'and' | 'or' | 'not' | 'mul' | 'true'>;

const MIRROR: Record<Comparison, Comparison> = { ge: 'le', le: 'ge', gt: 'lt', lt: 'gt', eq: 'eq' };
const SIGN: Record<Comparison, string> = { ge: '>=', le: '<=', gt: '>', lt: '<', eq: '=' };

function comparisonSql(op: Comparison, left: Expression, right: Expression, names: Names): string {
  if (typeof left !== 'object' && typeof right === 'object') {
    return comparisonSql(MIRROR[op], right, left, names);
  }
  const named = typeof left === 'object' && 'var' in left ? names.of(left.var) : null;
  if (named !== null && op === 'eq') {
    const { sql, register } = named;
    if (typeof right === 'boolean' && register.type === 'bool') return right ? sql : `(NOT ${sql})`;
    if (typeof right === 'string' && register.values.includes(right)) {
      return `(${sql} = ${textConstant(right)})`;
    }
  }
  const [a, b] = [quantitySql(left, names), quantitySql(right, names, named?.register ?? null)];
  return `(${a} ${SIGN[op]} ${b})`;
}

/** What a register would hold. */
function codeSql({ sql, register }: Named): string {
  if (register.type === 'int') return sql;
  if (register.type === 'bool') return `${sql}::int`;
  const places = register.values.map((value, place) => `WHEN ${textConstant(value)} THEN ${place}`);
  return places.length === 0 ? 'NULL::int' : `CASE ${sql} ${places.join(' ')} END`;
}

function truthSql(named: Named): string {
  if (named.register.type === 'bool') return named.sql;
  return `CASE ${codeSql(named)} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END`;
}
