import { droppedFactors } from '../compile-core.js';
import type { GradingFiles } from '../compile-core.js';
import { RegisterFile } from '../registers.js';
import type { Register } from '../registers.js';
import type { Names } from './expression-sql.js';
import { quote } from './sql-text.js';

/** A policy, and how SQL reads the names of its expressions. */
export interface SqlNames {
  files: GradingFiles;
  /** Whether all rows are graded neutrally; null where a column says, row by row. */
  isNeutral: boolean | null;
  dropped: ReadonlySet<string>;
  register: (name: string) => Register;
  /** What stages before the score may read: metrics and derived values. */
  early: Names;
  /** With the knock-out and the score as well. */
  late: Names;
  /** The term of the variant that grades the row. */
  either: (neutral: string, plain: string) => string;
}

const TYPES: Record<Register['type'], string> = { int: 'bigint', bool: 'boolean', enum: 'text' };

export function sqlNames(files: GradingFiles, isNeutral: boolean | null): SqlNames {
  const file = new RegisterFile(files);
  const register = (name: string) => file.of(name);
  const columns = new Set(
    [...files.metrics.metrics, ...files.scorecard.derived].map(({ id }) => id),
  );
  const either = (neutral: string, plain: string) => {
    if (isNeutral !== null) return isNeutral ? neutral : plain;
    return neutral === plain ? plain : `(CASE WHEN "is.neutral" THEN ${neutral} ELSE ${plain} END)`;
  };
  const later: Readonly<Record<string, string>> = {
    knockout: '"is.knocked.out"',
    score: either('"score.neutral"', '"score.plain"'),
  };
  const read = (isLate: boolean): Names => {
    const of = (name: string) => {
      const known = register(name);
      // What no stage has set yet is unknown.
      const unset = `NULL::${TYPES[known.type]}`;
      const sql = columns.has(name) ? quote(name) : ((isLate ? later[name] : undefined) ?? unset);
      return { sql, register: known };
    };
    return { of, isBounded: false };
  };
  return {
    ...{ files, isNeutral, register, either },
    dropped: droppedFactors(files.scorecard),
    early: read(false),
    late: read(true),
  };
}

/** The type of a column that holds such a register. */
export function sqlType({ type }: Register): string {
  return TYPES[type];
}
