import type { Expression, PolicyFiles } from '@liyu/policy';
import { BandTable } from './bands.js';
import { compileChoice, cutsOf, firstOf } from './choice.js';
import type { Case, Choice } from './choice.js';
import type { Core } from './compile-core.js';
import { FALSE, TRUE, UNKNOWN } from './truth.js';
import type { Truth } from './truth.js';

/** The conditions of a policy over one table of bands. */
export interface Rules {
  table: BandTable;
  /** See knockoutIn and firedIn. */
  knockouts: Choice;
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

const TRUTH_BITS = 2;
const MOST_KNOCKOUTS = 29;

/** TRUE where any knock-out is, FALSE where all are (scorecard `knockoutRule`). */
export const knockoutIn = (knockouts: number) => (knockouts & 3) as Truth;
/** Bit n is set where the nth knock-out, in file order, is TRUE. */
export const firedIn = (knockouts: number) => knockouts >> TRUTH_BITS;

export type RiskRules = PolicyFiles['risk-grade']['dimensions'][number]['rules'];

export function compileRules(core: Core, creditRules: RiskRules): Rules {
  const { file, factors, slots } = core;
  const inOrder = (expressions: readonly Expression[]) =>
    expressions.map((expression, outcome): Case => ({ expression, truth: TRUE, outcome }));
  const fired = inOrder(core.knockouts.map(({ expression }) => expression));
  if (fired.length > MOST_KNOCKOUTS) throw new RangeError('more knock-outs than bits for them');
  const anyKnockout: Expression = {
    op: 'or',
    args: [false, ...fired.map((one) => one.expression)],
  };
  const noKnockout: Case = { expression: anyKnockout, truth: FALSE, outcome: FALSE };
  const exceptions = factors.flatMap(({ missingWhen }, factor) =>
    missingWhen === null ? [] : [{ factor, when: inOrder([missingWhen]) }],
  );
  const rungs = inOrder(core.rungs.map(({ criterion }) => criterion));
  const neutralRungs = inOrder(core.rungs.map(({ neutralCriterion }) => neutralCriterion));
  const creditRisk = inOrder(creditRules.map(({ when }) => when));

  const all = [
    [...fired, noKnockout],
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
  const choice = (cases: readonly Case[]) =>
    compileChoice(cases, table, file, firstOf(cases, NONE));
  return {
    table,
    knockouts: compileChoice([...fired, noKnockout], table, file, (holds) => {
      const mask = fired.reduce(
        (bits, { outcome }) => bits | (Number(holds(outcome)) << outcome),
        0,
      );
      const truth = mask !== 0 ? TRUE : holds(fired.length) ? FALSE : UNKNOWN;
      return (mask << TRUTH_BITS) | truth;
    }),
    exceptions: exceptions.map(({ factor, when }) => ({ factor, when: choice(when) })),
    rungs: choice(rungs),
    neutralRungs: choice(neutralRungs),
    creditRisk: choice(creditRisk),
  };
}
