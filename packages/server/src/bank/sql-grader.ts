import { checkMetrics, toSql } from '@liyu/engine';
import type { Grade, GradingFiles, MetricFault } from '@liyu/engine';
import type { Database, Queryable } from '../db/database.js';
import { COLUMN_TYPES, latestOfSql, latestSql, quote, stored } from '../db/metrics-table.js';
import type { MetricsRow } from '../db/metrics-table.js';
import { isStorable } from '../sync/storable.js';

/** Why a row has no grade; no field where the policy's bins leave out a value. */
export type GradeFault = MetricFault | { field: null; rule: null; message: string };

/** A grade as the engine gives it, its keys in the engine's order; or why there is none. */
export type Graded = { grade: Grade } | { faults: readonly GradeFault[] };

export interface SqlGraderOptions {
  /**
   * SQL over the columns of `latest` (customer, as_of and the metrics), TRUE for customers whom the
   * variant `neutral` grades: a constant, by default FALSE, or NEUTRAL_BY_CONSENT.
   */
  neutral?: string;
}

/** Those of whom the bank says what they agreed to, when profiling by occupation isn't part of it. */
export const NEUTRAL_BY_CONSENT = `(SELECT NOT 'PROFILE_OCCUPATION' = ANY (c.consents)
  FROM customers AS c WHERE c.customer = latest.customer)`;

/** Largest whole number that surely fits a bigint, far above what a metric can be. */
const MOST = 2 ** 62;

/** Metrics by name, as found in a file. */
type Given = Readonly<Record<string, unknown>>;
type Row = Record<string, unknown>;

/** Grades in the database, many customers a statement: the twin of `compilePolicy(files).grade`. */
export class SqlGrader {
  readonly #files: GradingFiles;
  readonly #page: string;
  readonly #of: string;
  readonly #given: string;
  readonly #createGiven: string;
  readonly #types: ReadonlyMap<string, keyof typeof COLUMN_TYPES>;

  constructor(files: GradingFiles, { neutral = 'FALSE' }: SqlGraderOptions = {}) {
    const { metrics } = files;
    this.#files = files;
    this.#types = new Map(metrics.metrics.map(({ id, type }) => [id, type]));
    const kept = stored(metrics).map(({ id }) => `given.${id}`);
    const columns = stored(metrics).flatMap(({ id }) => [
      quote(id),
      `${quote(id)} AS "given.${id}"`,
    ]);
    const latest = (source: string) => {
      const options = { source: `(${source}) AS latest`, neutral, carry: ['as_of', ...kept] };
      return `${toSql(files, options)} ORDER BY customer`;
    };
    this.#page = latest(latestSql(columns));
    this.#of = latest(latestOfSql(columns));
    const options = { source: 'given AS latest', neutral, carry: ['place'], totalled: true };
    this.#given = `${toSql(files, options)} ORDER BY place`;
    const typed = metrics.metrics.map(({ id, type }) => `${quote(id)} ${COLUMN_TYPES[type]}`);
    this.#createGiven = `CREATE TEMPORARY TABLE given (customer text, place int, ${typed.join(', ')})
      ON COMMIT DROP`;
  }

  /** The latest metrics, of days up to `until`, of the customers after `after`: at most PAGE, in order. */
  async page(db: Queryable, after: string, until: string): Promise<(MetricsRow & Graded)[]> {
    return (await db.query<Row>(this.#page, [after, until])).map((row) => this.#latest(row));
  }

  /** The same of these customers; those without metrics are left out. */
  async of(
    db: Queryable,
    customers: readonly string[],
    until: string,
  ): Promise<(MetricsRow & Graded)[]> {
    const rows = await db.query<Row>(this.#of, [JSON.stringify(customers), until]);
    return rows.map((row) => this.#latest(row));
  }

  /**
   * Rows of a file, in their order, over a temporary table that ends with the transaction. What no
   * column could hold is told without the database. `id` names the customer and isn't read.
   */
  async given(db: Database, rows: readonly Given[]): Promise<Graded[]> {
    const graded = rows.map((row): Graded | null => {
      const faults = this.#fits(row) ? [] : checkMetrics(this.#files.metrics, row);
      return faults.length > 0 ? { faults } : null;
    });
    const records = rows.flatMap(({ id: _, ...values }, place) => {
      return graded[place] === null ? [{ ...values, place }] : [];
    });
    if (records.length === 0) return graded as Graded[];
    const found = await db.transaction(async (tx) => {
      await tx.query(this.#createGiven);
      await tx.query(
        `INSERT INTO given SELECT * FROM jsonb_populate_recordset(NULL::given, $1::jsonb)`,
        [JSON.stringify(records)],
      );
      return await tx.query<Row & { place: number }>(this.#given);
    });
    for (const row of found) graded[row.place] = inOrderOf(rows[row.place]!, this.#graded(row));
    return graded as Graded[];
  }

  /** Whether columns of the metrics' types can hold a row. */
  #fits(row: Given): boolean {
    return Object.entries(row).every(([name, value]) => {
      if (name === 'id') return true;
      const type = this.#types.get(name);
      if (type === undefined) return false;
      if (value === null || value === undefined) return true;
      if (type === 'bool') return typeof value === 'boolean';
      if (type === 'enum') return typeof value === 'string' && isStorable(value);
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MOST;
    });
  }

  #latest(row: Row): MetricsRow & Graded {
    const metrics = stored(this.#files.metrics).map(({ id }) => [id, row[`given.${id}`]] as const);
    return {
      customer: String(row.customer),
      asOf: String(row.as_of),
      metrics: Object.fromEntries(metrics) as MetricsRow['metrics'],
      ...this.#graded(row),
    };
  }

  #graded(row: Row): Graded {
    const { metrics, scorecard } = this.#files;
    if (row.faults !== null) {
      const faults = row.faults as GradeFault[];
      // jsonb keeps keys in an order of its own.
      return {
        faults: faults.map(({ field, rule, message }) => ({ field, rule, message }) as GradeFault),
      };
    }
    const points = row.points as Grade['points'];
    const inputs = row.inputs as Grade['inputs'];
    const told = [...metrics.metrics, ...scorecard.derived];
    const grade: Grade = {
      rung: row.rung as string,
      class: row.class as string,
      level: row.level as number | null,
      score: row.score as number,
      neutralScore: row.neutralScore as number,
      points: Object.fromEntries(scorecard.factors.map(({ id }) => [id, points[id]!])),
      bins: row.bins as number[],
      knockouts: row.knockouts as string[],
      knockout: row.knockout as boolean | null,
      creditKnown: row.creditKnown as boolean,
      reasons: row.reasons as string[],
      creditRisk: row.creditRisk as string | null,
      inputs: Object.fromEntries(told.map(({ id }) => [id, inputs[id]!])),
      missing: row.missing as string[],
      confidenceBp: row.confidenceBp as number,
    };
    return { grade };
  }
}

/** Faults of single values in the order of the row's keys, as checkMetrics finds them. */
function inOrderOf(row: Given, graded: Graded): Graded {
  if ('grade' in graded || graded.faults.some(({ rule }) => rule !== 'DQ2')) return graded;
  const keys = Object.keys(row);
  const place = ({ field }: GradeFault) => keys.indexOf(field ?? '');
  return { faults: [...graded.faults].sort((a, b) => place(a) - place(b)) };
}
