import type { Expression, PolicyFiles } from '@liyu/policy';
import { droppedMetrics, evaluationOrder, without } from '../compile-core.js';
import type { Factor } from '../compile-core.js';
import { encode } from '../registers.js';
import { conditionSql, quantitySql } from './expression-sql.js';
import type { Names } from './expression-sql.js';
import { faultsSql } from './faults-sql.js';
import { sqlType } from './sql-names.js';
import type { SqlNames } from './sql-names.js';
import { jsonObject, quote, textConstant } from './sql-text.js';

/** Columns that a stage adds. Those with a dot are between stages; no metric's name has one. */
export type Columns = readonly (readonly [name: string, sql: string])[];

type Metric = PolicyFiles['metrics']['metrics'][number];

const MOST = String(Number.MAX_SAFE_INTEGER);

/** A sum only of what can be summed: a faulty row must not overflow. */
const TOTAL = `CASE WHEN "deposit_avg_3m_fen" BETWEEN 0 AND ${MOST}
      AND "invest_avg_3m_fen" BETWEEN 0 AND ${MOST}
    THEN "deposit_avg_3m_fen" + "invest_avg_3m_fen"
    ELSE coalesce("deposit_avg_3m_fen", "invest_avg_3m_fen") END`;

/** The faults, and stages 1 and 2 of metrics.json `evaluationStages`. */
export function read({ files, register }: SqlNames, isTotalled: boolean): Columns {
  const { metrics } = files.metrics;
  const given = metrics.filter(
    ({ id, derived }) => derived === undefined || (isTotalled && id === 'aum_avg_3m_fen'),
  );
  const settled = ({ id, nullMeans, derived }: Metric): string => {
    const name = quote(id);
    const { type, values } = register(id);
    if (id === 'aum_avg_3m_fen') return TOTAL;
    if (derived !== undefined) return `NULL::${sqlType(register(id))}`;
    if (id === 'card_spend_month_avg_fen') return `coalesce(${name}, "card_spend_12m_fen" / 12)`;
    if (nullMeans === undefined) return name;
    const meant = { bool: nullMeans ? 'TRUE' : 'FALSE', int: String(Number(nullMeans)) };
    const value = type === 'enum' ? textConstant(values[Number(nullMeans)] ?? '') : meant[type];
    return `coalesce(${name}, ${value})`;
  };
  return [
    ['faults.given', faultsSql(given)],
    ...metrics.map((metric) => [metric.id, settled(metric)] as const),
  ];
}

/** Stage 3, for rows without a fault. A derived value may read those before it. */
export function derivedValues({ files, register, early }: SqlNames): Columns {
  const { derived } = files.scorecard;
  const terms = new Map<string, string>();
  const isDerived = new Set(derived.map(({ id }) => id));
  const of = (name: string) => {
    if (!isDerived.has(name)) return early.of(name);
    const known = register(name);
    return { sql: terms.get(name) ?? `NULL::${sqlType(known)}`, register: known };
  };
  const names: Names = { of, isBounded: true };
  for (const { id, expr } of derived) {
    const isFlag = register(id).type === 'bool';
    const term = isFlag ? conditionSql(expr, names) : quantitySql(expr, names);
    terms.set(id, `(CASE WHEN "faults.given" IS NULL THEN ${term} END)`);
  }
  return [...terms];
}

/** The points of stage 5, with the places of their bins. */
export function factorsOf(names: SqlNames): Columns {
  return names.files.scorecard.factors.flatMap((factor) => [
    [
      `${factor.id}.points`,
      byBin(names, factor, factor.missingPoints, (place) => factor.bins[place]!.points),
    ] as const,
    [`${factor.id}.bin`, byBin(names, factor, -1, (place) => place)] as const,
  ]);
}

/** A number by the bin of a factor's value; null where it fits none. */
function byBin(
  names: SqlNames,
  factor: Factor,
  missing: number,
  valueOf: (place: number) => number,
): string {
  const { early, register } = names;
  const { metric, treatAsMissingWhen } = factor;
  const { sql } = early.of(metric);
  const isWhole = hasNoGap(names, factor);
  const bins = factor.bins.map((bin, place) => ({ ...bin, value: valueOf(place) }));
  const ranges = bins.filter((bin) => 'lo' in bin);
  const values = bins
    .filter((bin) => 'eq' in bin)
    .filter(({ eq }) => encode(register(metric), eq) >= 0);
  const equals = ({ eq, value }: (typeof values)[number]) =>
    `WHEN ${conditionSql({ op: 'eq', args: [{ var: metric }, eq] }, early)} THEN ${value}`;
  const cases: string[] = [];
  if (treatAsMissingWhen !== undefined) {
    cases.push(`WHEN ${conditionSql(treatAsMissingWhen, early)} THEN ${missing}`);
  }
  // An unknown value fulfils no comparison: where it counts as what is left over does, it isn't asked for.
  if (isWhole && ranges.length === 0) {
    cases.push(...values.filter(({ value }) => value !== missing).map(equals), `ELSE ${missing}`);
  } else if (isWhole && ranges[0]!.value === missing) {
    const [, ...above] = ranges;
    cases.push(...above.reverse().map(({ lo, value }) => `WHEN ${sql} >= ${lo} THEN ${value}`));
    cases.push(`ELSE ${missing}`);
  } else {
    cases.push(`WHEN ${sql} IS NULL THEN ${missing}`, ...values.map(equals));
    for (const { hi, value } of ranges) {
      cases.push(hi === null ? `ELSE ${value}` : `WHEN ${sql} < ${hi} THEN ${value}`);
    }
  }
  return cases[0] === `ELSE ${missing}` ? String(missing) : `CASE ${cases.join(' ')} END`;
}

/** The knock-out of stage 4, the sums of stage 5, and the faults that a policy with gaps adds. */
export function sums(names: SqlNames): Columns {
  const { files, early, dropped } = names;
  const { factors, knockouts } = files.scorecard;
  const points = (isDropped: boolean) => {
    const some = factors.filter(({ id }) => dropped.has(id) === isDropped);
    return ['0', ...some.map(({ id }) => quote(`${id}.points`))].join(' + ');
  };
  const holds = knockouts.map(({ when }) => conditionSql(when, early));
  const faults = unfit(names);
  return [
    ['is.knocked.out', `(${['FALSE', ...holds].join(' OR ')})`],
    ['points.kept', points(false)],
    ['points.dropped', points(true)],
    [
      'faults.found',
      faults.length === 0
        ? '"faults.given"'
        : `coalesce(${['"faults.given"', ...faults].join(', ')})`,
    ],
  ];
}

export function scores({ files, dropped }: SqlNames): Columns {
  const kept = files.scorecard.factors.filter(({ id }) => !dropped.has(id));
  const most = kept.reduce((sum, { max }) => sum + max, 0);
  return [
    ['score.plain', '"points.kept" + "points.dropped"'],
    ['score.neutral', `(200 * "points.kept" + ${most}) / ${2 * most}`],
  ];
}

/** A fault for each factor whose bins leave out a value, where it fits none. */
function unfit(names: SqlNames): string[] {
  const { early, register } = names;
  return names.files.scorecard.factors.flatMap((factor) => {
    if (hasNoGap(names, factor)) return [];
    const { id, metric } = factor;
    const { type } = register(metric);
    const value = type === 'int' ? `${early.of(metric).sql}::text` : `'a value'`;
    const message = [textConstant(`${id}: `), value, textConstant(` of ${metric} fits no bin`)];
    const fault = jsonObject([
      ['field', 'NULL::text'],
      ['rule', 'NULL::text'],
      ['message', message.join(' || ')],
    ]);
    return [`CASE WHEN ${quote(`${id}.bin`)} IS NULL THEN jsonb_build_array(${fault}) END`];
  });
}

/** Whether each known value fits a bin. */
function hasNoGap({ register }: SqlNames, { metric, bins }: Factor): boolean {
  const { type, values } = register(metric);
  const all = type === 'bool' ? [true, false] : type === 'enum' ? values : [null];
  const fits = new Set(bins.map((bin) => ('eq' in bin ? bin.eq : bin.hi)));
  return all.every((value) => fits.has(value));
}

/** Stage 6: the place of the rung in the order of evaluation, from 1. */
export function tried({ files, late, either }: SqlNames): Columns {
  const unread = droppedMetrics(files.scorecard);
  const placeBy = (criterionOf: (criterion: Expression) => Expression) => {
    const cases = evaluationOrder(files['tier-ladder']).map(
      ({ criterion }, index) =>
        `WHEN ${conditionSql(criterionOf(criterion), late)} THEN ${index + 1}`,
    );
    return `CASE ${cases.join('\n    ')} END`;
  };
  const plain = placeBy((criterion) => criterion);
  const neutral = placeBy((criterion) => without(criterion, unread));
  return [['rung.place', either(neutral, plain)]];
}

/** Factors that can be told apart. */
const PLACES = 1_000;

/** Ids of factors, the last first: of equal losses the larger place is the first reason. */
function placesOf({ files }: SqlNames): string[] {
  return files.scorecard.factors
    .map(({ id }) => id)
    .sort()
    .reverse();
}

/** What each factor lacks, with its place, as one number. */
export function losses(names: SqlNames): Columns {
  const places = placesOf(names);
  return names.files.scorecard.factors.map(({ id, max }) => {
    const loss = `(${max} - ${quote(`${id}.points`)}) * ${PLACES} + ${places.indexOf(id)}`;
    return [`${id}.loss`, names.dropped.has(id) ? names.either('0', loss) : loss];
  });
}

/** The nth largest of them. */
export function nthLoss({ files }: SqlNames, nth: number): Columns {
  const above = quote(`loss.${nth - 1}`);
  const rest = files.scorecard.factors.map(({ id }) => {
    const loss = quote(`${id}.loss`);
    return nth === 1 ? loss : `CASE WHEN ${loss} < ${above} THEN ${loss} END`;
  });
  return [[`loss.${nth}`, `GREATEST(${rest.join(', ')})`]];
}

/** The id of the factor with the nth largest loss; null when there is none. */
export function nthReason(names: SqlNames, nth: number): string {
  const ids = placesOf(names).map(textConstant).join(', ');
  const loss = quote(`loss.${nth}`);
  return `CASE WHEN ${loss} >= ${PLACES} THEN (ARRAY[${ids}])[${loss} % ${PLACES} + 1] END`;
}
