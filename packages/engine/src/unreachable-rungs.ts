import type { Expression } from '@liyu/policy';
import { variablesOf } from '@liyu/policy';
import { compileCore } from './compile-core.js';
import type { Core, GradingFiles } from './compile-core.js';
import { compileCondition } from './condition.js';
import { situationsOf } from './situations.js';
import type { Atom } from './situations.js';
import { constantsOf } from './thresholds.js';
import { FALSE, TRUE, flagOf } from './truth.js';
import type { Truth } from './truth.js';

/** A criterion over what is known of a situation: truths of atoms; score and knock-out in registers. */
type Criterion = (truths: readonly Truth[]) => Truth;

/**
 * Codes of rungs that no customer can reach: whatever the metrics, a rung that is tried earlier holds,
 * or the criterion doesn't. Found by trying every situation that the criteria tell apart (see
 * situations.ts) with every score that can be attained in it. Derived values of the scorecard are taken
 * as free; so is a comparison of score or knockout with a metric.
 */
export function unreachableRungs(files: GradingFiles): string[] {
  const core = compileCore(files);
  const registers = core.file.fresh();
  const atoms: Atom[] = [];
  const criteria = core.rungs.map(({ rung }) => ({
    code: rung.code,
    holds: outline(rung.criterion, core, registers, atoms),
  }));
  const cuts = scoreCuts(core.rungs.map(({ rung }) => rung.criterion));
  const unreached = new Set(criteria.map(({ code }) => code));
  for (const { truths, knockout, scores } of situationsOf(files, core, atoms)) {
    registers[core.slots.knockout] = flagOf(knockout);
    for (const [place, from] of cuts.entries()) {
      const until = cuts[place + 1];
      if (!hasBetween(scores, from, until)) continue;
      registers[core.slots.score] = from;
      const first = criteria.find(({ holds }) => holds(truths) === TRUE);
      if (first !== undefined) unreached.delete(first.code);
    }
    if (unreached.size === 0) break;
  }
  return criteria.map(({ code }) => code).filter((code) => unreached.has(code));
}

/** The criterion with its comparisons of metrics put into `atoms`, each once. */
function outline(
  expression: Expression,
  core: Core,
  registers: Float64Array,
  atoms: Atom[],
): Criterion {
  if (typeof expression === 'object' && 'op' in expression) {
    const terms = () => (expression.args ?? []).map((arg) => outline(arg, core, registers, atoms));
    if (expression.op === 'and') return conjunction(terms());
    if (expression.op === 'or') return disjunction(terms());
    if (expression.op === 'not') {
      const [term] = terms();
      return (truths) => (TRUE - term!(truths)) as Truth;
    }
  }
  const names = new Set(variablesOf(expression));
  const known = ['score', 'knockout'].filter((name) => names.delete(name));
  if (names.size === 0) {
    const holds = compileCondition(expression, core.file);
    return () => holds(registers);
  }
  const place = placeOf(atoms, {
    key: JSON.stringify(expression),
    expression,
    names: [...names],
    holds: known.length > 0 ? null : compileCondition(expression, core.file),
  });
  return (truths) => truths[place] ?? FALSE;
}

function placeOf(atoms: Atom[], atom: Atom): number {
  const found = atoms.findIndex(({ key }) => key === atom.key);
  return found >= 0 ? found : atoms.push(atom) - 1;
}

function conjunction(terms: readonly Criterion[]): Criterion {
  return (truths) => {
    let least = TRUE;
    for (const term of terms) {
      const truth = term(truths);
      if (truth === FALSE) return FALSE;
      if (truth < least) least = truth;
    }
    return least;
  };
}

function disjunction(terms: readonly Criterion[]): Criterion {
  return (truths) => {
    let most = FALSE;
    for (const term of terms) {
      const truth = term(truths);
      if (truth === TRUE) return TRUE;
      if (truth > most) most = truth;
    }
    return most;
  };
}

/** Scores from which on a criterion may say something else, ascending from 0. */
function scoreCuts(criteria: readonly Expression[]): number[] {
  const constants = criteria.flatMap((criterion) => constantsOf(criterion, 'score'));
  const cuts = new Set([0, ...constants, ...constants.map((constant) => constant + 1)]);
  if (criteria.some(multipliesScore)) for (let score = 0; score <= 101; score++) cuts.add(score);
  return [...cuts].filter((cut) => cut >= 0).sort((a, b) => a - b);
}

function multipliesScore(expression: Expression): boolean {
  if (typeof expression !== 'object' || !('op' in expression)) return false;
  if (expression.op === 'mul') return variablesOf(expression).includes('score');
  return (expression.args ?? []).some(multipliesScore);
}

/** Whether a score of the set lies in [from, until). */
function hasBetween(scores: bigint, from: number, until: number | undefined): boolean {
  const above = scores >> BigInt(from);
  return until === undefined ? above > 0n : (above & ((1n << BigInt(until - from)) - 1n)) > 0n;
}
