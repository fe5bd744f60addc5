import type { Expression, PolicyFiles } from '@liyu/policy';
import { BandTable } from './bands.js';
import { compileChoice, cutsOf } from './choice.js';
import type { Case, Choice } from './choice.js';
import type { Core } from './compile-core.js';
import { FALSE, TRUE, UNKNOWN } from './truth.js';

/** The conditions of a policy over one table of bands. */
export interface Rules {
  table: BandTable;
  /** A truth: TRUE where any knock-out is, FALSE where all are (scorecard `knockoutRule`). */
  isKnockedOut: Choice;
  /** Each alone, in file order. */
  knockouts: readonly Choice[];
  /** Factors whose missingPoints apply though their metric is known. */
  exceptions: readonly { factor: number; when: Choice }[];
  /** Place of the rung in core.rungs. */
  rungs: Choice;
  neutralRungs: Choice;
  /** Place of the rule. */
  creditRisk: Choice;
}

/** The outcome where no case holds. */
export const NONE = -1;

export type RiskRules = PolicyFiles['risk-grade']['dimensions'][number]['rules'];

export function compileRules(core: Core, creditRules: RiskRules): Rules {
  const { file, factors, slots } = core;
  const inOrder = (expressions: readonly Expression[]) =>
    expressions.map((expression, outcome): Case => ({ expression, truth: TRUE, outcome }));
  const anyKnockout: Expression = {
    op: 'or',
    args: [false, ...core.knockouts.map(({ expression }) => expression)],
  };
  const isKnockedOut: Case[] = [
    { expression: anyKnockout, truth: TRUE, outcome: TRUE },
    { expression: anyKnockout, truth: FALSE, outcome: FALSE },
  ];
  const knockouts = core.knockouts.map(({ expression }) => inOrder([expression]));
  const exceptions = factors.flatMap(({ missingWhen }, factor) =>
    missingWhen === null ? [] : [{ factor, when: inOrder([missingWhen]) }],
  );
  const rungs = inOrder(core.rungs.map(({ criterion }) => criterion));
  const neutralRungs = inOrder(core.rungs.map(({ neutralCriterion }) => neutralCriterion));
  const creditRisk = inOrder(creditRules.map(({ when }) => when));

  const all = [
    isKnockedOut,
    ...exceptions.map(({ when }) => when),
    rungs,
    neutralRungs,
    creditRisk,
  ];
  const cuts = [
    ...factors.map(({ slot, ends }) => ({ slot, edges: ends })),
    ...cutsOf(all.flat(), file),
  ];
  const table = new BandTable(cuts, [slots.knockout, slots.score]);
  const choice = (cases: readonly Case[], otherwise = NONE) =>
    compileChoice(cases, table, file, otherwise);
  return {
    table,
    isKnockedOut: choice(isKnockedOut, UNKNOWN),
    knockouts: knockouts.map((own) => choice(own)),
    exceptions: exceptions.map(({ factor, when }) => ({ factor, when: choice(when) })),
    rungs: choice(rungs),
    neutralRungs: choice(neutralRungs),
    creditRisk: choice(creditRisk),
  };
}
