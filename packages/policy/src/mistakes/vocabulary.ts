import type { PolicyFiles } from '../files.js';

/** What a name holds: a number, a yes or no, or one of some values. */
export type Kind = 'int' | 'bool' | readonly string[];

/** Stages of metrics.json `evaluationStages`; an expression reads what is known before its own. */
export const STAGES = {
  metrics: 2,
  derived: 3,
  knockouts: 4,
  points: 5,
  rung: 6,
  grades: 7,
  assignment: 8,
} as const;

export type Stage = keyof typeof STAGES;

/** Every name that an expression may read, with what it holds and the stage that makes it known. */
export type Vocabulary = ReadonlyMap<string, { kind: Kind; since: number }>;

export function vocabularyOf(files: PolicyFiles): Vocabulary {
  const { metrics, scorecard } = files;
  const credit = files['risk-grade'].dimensions.find(({ id }) => id === 'CREDIT');
  const outs = (rules: readonly { out: string }[] = []) => [...new Set(rules.map((r) => r.out))];
  const names: [name: string, kind: Kind, stage: Stage][] = [
    ...metrics.metrics.map(({ id, type, values = [] }): [string, Kind, Stage] => {
      return [id, type === 'enum' ? values : type, 'metrics'];
    }),
    ...scorecard.derived.map(({ id, expr }): [string, Kind, Stage] => {
      const isNumber =
        typeof expr === 'number' || (typeof expr === 'object' && 'op' in expr && expr.op === 'mul');
      return [id, isNumber ? 'int' : 'bool', 'derived'];
    }),
    ['knockout', 'bool', 'knockouts'],
    ['score', 'int', 'points'],
    ['class', files['tier-ladder'].classes.map(({ id }) => id), 'rung'],
    ['valueGrade', outs(files['value-grade'].rules), 'grades'],
    ['creditRisk', outs(credit?.rules), 'grades'],
  ];
  return new Map(names.map(([name, kind, stage]) => [name, { kind, since: STAGES[stage] }]));
}
