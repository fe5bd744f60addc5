import type { PolicyFiles } from '../files.js';
import { checkExpression } from './expressions.js';
import { sayTwice } from './say.js';
import type { Say } from './say.js';
import type { Vocabulary } from './vocabulary.js';

export function checkBenefits(files: PolicyFiles, names: Vocabulary, say: Say): void {
  const { benefits, kinds, kindLabels, periodLabels } = files.benefits;
  const { classes, rungs } = files['tier-ladder'];
  const { sideRules } = files.scorecard;
  sayTwice(
    say,
    benefits.map(({ id }) => id),
  );
  for (const kind of kinds) if (!(kind in kindLabels)) say(kind, 'kindLabels has no label for it');
  const levels = new Set([...classes.map(({ id }) => id), ...rungs.map(({ code }) => code)]);

  for (const benefit of benefits) {
    const { id, alsoWhen, grants, kind, quota, quotaByLevel, paramsByLevel, requires } = benefit;
    // Asked of the metrics alone, whatever rung is held.
    checkExpression(say, id, alsoWhen, { names, stage: 'knockouts' });
    if (!kinds.includes(kind)) say(id, `kind ${kind} isn't declared`);
    if (grants.length === 0 && alsoWhen === undefined) say(id, 'nobody is granted it');
    for (const grant of grants) {
      const granted = classes.find((one) => one.id === grant.class);
      if (granted === undefined) say(id, `grants to ${grant.class}, which is no class`);
      else if (grant.minLevel > Math.max(1, granted.levels))
        say(id, `grants from level ${grant.minLevel} of ${grant.class}, which has none so high`);
    }
    for (const [key, given] of Object.entries({ quotaByLevel, paramsByLevel })) {
      for (const level of Object.keys(given ?? {})) {
        if (!levels.has(level)) say(id, `${key} names ${level}, which is no rung and no class`);
      }
    }
    if (quotaByLevel !== undefined && quota === null)
      say(id, 'quotaByLevel without a quota, which says per what');
    if (quota !== null && !(quota.per in periodLabels))
      say(id, `periodLabels has no label for ${quota.per}`);
    const sideRule = requires?.sideRule;
    if (sideRule !== undefined && !sideRules.some((rule) => rule.id === sideRule))
      say(id, `requires ${sideRule}, which is no side rule`);
  }
}
