import { evaluationOrder } from '../compile-core.js';
import type { Rung } from '../compile-core.js';
import { REASONS } from '../compile-core.js';
import { requiredMetrics } from '../required-metrics.js';
import { conditionSql } from './expression-sql.js';
import type { SqlNames } from './sql-names.js';
import { jsonObject, jsonTexts, quote, textConstant } from './sql-text.js';
import { nthReason } from './stages-sql.js';

/** What the statement can give of a customer: `faults` and the keys of a Grade. */
export const GRADE_COLUMNS = [
  ...(['faults', 'rung', 'class', 'level', 'score', 'neutralScore', 'points', 'bins'] as const),
  ...(['knockouts', 'knockout', 'creditKnown', 'reasons', 'creditRisk'] as const),
  ...(['inputs', 'missing', 'confidenceBp'] as const),
] as const;

export type GradeColumn = (typeof GRADE_COLUMNS)[number];

/** The columns of the statement, over those that the stages have left. */
export function outputs(names: SqlNames): Record<GradeColumn, string> {
  const { files, early } = names;
  const { factors, knockouts, derived } = files.scorecard;
  const points = (id: string) => quote(`${id}.points`);
  const bin = (id: string) => quote(`${id}.bin`);
  const told = [...files.metrics.metrics, ...derived].map(({ id }) => id);
  const idWhere = (condition: string, id: string) =>
    `CASE WHEN ${condition} THEN ${textConstant(id)} END`;
  const attainable = factors.map(
    ({ id, max }) => `CASE WHEN ${bin(id)} >= 0 THEN ${max} ELSE 0 END`,
  );
  const fired = jsonTexts(knockouts.map(({ id, when }) => idWhere(conditionSql(when, early), id)));
  const reasons = Array.from({ length: REASONS }, (_, index) => nthReason(names, index + 1));
  const grade: Record<Exclude<GradeColumn, 'faults'>, string> = {
    rung: ofRung(names, 'text', ({ code }) => textConstant(code)),
    class: ofRung(names, 'text', (rung) => textConstant(rung.class)),
    level: ofRung(names, 'int', ({ level }) => (level === null ? 'NULL' : String(level))),
    score: '"score.plain"',
    neutralScore: '"score.neutral"',
    points: jsonObject(factors.map(({ id }) => [id, points(id)])),
    bins: `to_jsonb(ARRAY[${factors.map(({ id }) => bin(id)).join(', ')}]::int[])`,
    knockouts: `CASE WHEN "is.knocked.out" THEN ${fired} ELSE '[]'::jsonb END`,
    knockout: '"is.knocked.out"',
    creditKnown: '"is.knocked.out" IS NOT NULL',
    reasons: jsonTexts(reasons),
    creditRisk: creditRisk(names),
    inputs: jsonObject(told.map((id) => [id, early.of(id).sql])),
    missing: jsonTexts(
      requiredMetrics(files).map((id) => idWhere(`${early.of(id).sql} IS NULL`, id)),
    ),
    confidenceBp: `100 * (${attainable.join(' + ')})`,
  };
  const ofGood = Object.entries(grade).map(([name, sql]) => {
    return [name, `CASE WHEN "faults.found" IS NULL THEN ${sql} END`] as const;
  });
  return {
    ...(Object.fromEntries(ofGood) as typeof grade),
    faults: '"faults.found"',
  };
}

function ofRung({ files }: SqlNames, type: string, what: (rung: Rung) => string): string {
  const all = evaluationOrder(files['tier-ladder']).map(what);
  return `(ARRAY[${all.join(', ')}]::${type}[])["rung.place"]`;
}

function creditRisk({ files, late }: SqlNames): string {
  const credit = files['risk-grade']?.dimensions.find(({ id }) => id === 'CREDIT');
  const cases = (credit?.rules ?? []).map(
    ({ out, when }) => `WHEN ${conditionSql(when, late)} THEN ${textConstant(out)}`,
  );
  return cases.length === 0 ? 'NULL::text' : `CASE ${cases.join(' ')} END`;
}
