import type { PolicyFiles } from '../files.js';
import { binFaults } from './bins.js';
import { checkExpression } from './expressions.js';
import { sayTwice } from './say.js';
import type { Say } from './say.js';
import type { Vocabulary } from './vocabulary.js';

/** What all factors together give at best: a score is 0 to 100. */
const BEST_SCORE = 100;

export function checkScorecard({ scorecard }: PolicyFiles, names: Vocabulary, say: Say): void {
  const { blocks, derived, factors, knockouts, sideRules, variants } = scorecard;
  for (const list of [blocks, derived, factors, knockouts, sideRules, variants]) {
    sayTwice(
      say,
      list.map(({ id }) => id),
    );
  }
  for (const { id, expr } of derived) {
    const gives = names.get(id)?.kind === 'int' ? 'int' : 'bool';
    checkExpression(say, id, expr, { names, stage: 'derived', gives });
  }
  for (const { id, when } of knockouts)
    checkExpression(say, id, when, { names, stage: 'knockouts' });
  // Benefits ask them of the metrics alone.
  for (const { id, when } of sideRules)
    checkExpression(say, id, when, { names, stage: 'knockouts' });
  for (const factor of factors) {
    const { id, metric, treatAsMissingWhen } = factor;
    checkExpression(say, id, treatAsMissingWhen, { names, stage: 'points' });
    const known = names.get(metric);
    if (known === undefined) say(id, `scores ${metric}, which nothing defines`);
    else for (const fault of binFaults(factor, known.kind)) say(id, fault);
  }
  checkMaxima(scorecard, say);
  for (const { id, drop } of variants) {
    const kept = factors.filter((factor) => !drop.includes(factor.id));
    if (!kept.some(({ max }) => max > 0)) say(id, 'drops every factor');
    for (const name of drop) {
      if (!factors.some((factor) => factor.id === name))
        say(id, `drops ${name}, which is no factor`);
    }
  }
}

/** The maxima of factors add up to that of their block, those of blocks to 100. */
function checkMaxima({ blocks, factors }: PolicyFiles['scorecard'], say: Say): void {
  for (const { id, block } of factors) {
    if (!blocks.some((one) => one.id === block)) say(id, `block ${block} isn't declared`);
  }
  const sum = (items: readonly { max: number }[]) => items.reduce((all, { max }) => all + max, 0);
  for (const { id, max } of blocks) {
    const own = sum(factors.filter(({ block }) => block === id));
    if (own !== max) say(id, `its max is ${max}, but those of its factors add up to ${own}`);
  }
  if (sum(blocks) !== BEST_SCORE)
    say('blocks', `their max add up to ${sum(blocks)}, not to ${BEST_SCORE}`);
}
