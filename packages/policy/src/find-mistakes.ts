import { variablesOf } from './variables-of.js';
import type { Expression } from './expression.js';
import type { PolicyFiles } from './files.js';

/** Values beside metrics that a stage may read (metrics.json `evaluationStages`). */
const LATER = ['knockout', 'score', 'class', 'valueGrade', 'creditRisk'];

/**
 * Mistakes of sense in files whose form is right: names that nothing defines, ids that stand twice,
 * points above a factor's maximum, bins that leave a gap. One line each, with file and item.
 */
export function findMistakes(files: PolicyFiles): string[] {
  const { metrics, scorecard, benefits, surveys } = files;
  const ladder = files['tier-ladder'];
  const mistakes: string[] = [];
  const say = (file: string, item: string, reason: string) => {
    mistakes.push(`${file}.json: ${item}: ${reason}`);
  };
  const unique = (file: string, ids: string[]) => {
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) say(file, id, 'this id stands twice');
    });
  };
  const metricIds = metrics.metrics.map((metric) => metric.id);
  const known = new Set([...metricIds, ...scorecard.derived.map((item) => item.id), ...LATER]);
  const names = (file: string, item: string, expression: Expression | undefined) => {
    for (const name of expression === undefined ? [] : variablesOf(expression)) {
      if (!known.has(name)) say(file, item, `reads ${name}, which nothing defines`);
    }
  };

  unique('metrics', metricIds);
  unique(
    'scorecard',
    scorecard.factors.map((factor) => factor.id),
  );
  unique(
    'scorecard',
    scorecard.knockouts.map((knockout) => knockout.id),
  );
  for (const item of scorecard.derived) names('scorecard', item.id, item.expr);
  for (const item of scorecard.knockouts) names('scorecard', item.id, item.when);
  for (const rule of scorecard.sideRules) names('scorecard', rule.id, rule.when);
  const blocks = new Set(scorecard.blocks.map((block) => block.id));
  for (const factor of scorecard.factors) {
    names('scorecard', factor.id, factor.treatAsMissingWhen);
    if (!known.has(factor.metric))
      say('scorecard', factor.id, `scores ${factor.metric}, which nothing defines`);
    if (!blocks.has(factor.block))
      say('scorecard', factor.id, `block ${factor.block} isn't declared`);
    let edge = 0;
    for (const bin of factor.bins) {
      if (bin.points > factor.max)
        say('scorecard', factor.id, `a bin gives ${bin.points} of ${factor.max}`);
      if (!('lo' in bin)) continue;
      if (bin.lo !== edge)
        say(
          'scorecard',
          factor.id,
          `a bin starts at ${bin.lo} where the one before ends at ${edge}`,
        );
      if (bin.hi !== null && bin.hi <= bin.lo)
        say('scorecard', factor.id, `a bin ends at ${bin.hi}, not above ${bin.lo}`);
      edge = bin.hi ?? Infinity;
    }
    if (edge !== 0 && edge !== Infinity)
      say('scorecard', factor.id, `values from ${edge} fit no bin`);
  }
  for (const variant of scorecard.variants) {
    for (const id of variant.drop) {
      if (!scorecard.factors.some((factor) => factor.id === id))
        say('scorecard', variant.id, `drops ${id}, which is no factor`);
    }
  }

  const classes = new Set(ladder.classes.map((item) => item.id));
  unique(
    'tier-ladder',
    ladder.rungs.map((rung) => rung.code),
  );
  unique(
    'tier-ladder',
    ladder.rungs.map((rung) => `rank ${rung.rank}`),
  );
  for (const rung of ladder.rungs) {
    names('tier-ladder', rung.code, rung.criterion);
    if (!classes.has(rung.class))
      say('tier-ladder', rung.code, `class ${rung.class} isn't declared`);
  }
  if (
    !ladder.rungs.some(
      (rung) =>
        typeof rung.criterion === 'object' &&
        'op' in rung.criterion &&
        rung.criterion.op === 'true',
    )
  ) {
    say('tier-ladder', 'rungs', 'no rung takes everyone (criterion true)');
  }
  for (const item of ladder.classes) {
    if (ladder.reevaluation.downgradeAfterMonths[item.id] === undefined) {
      say('tier-ladder', item.id, 'reevaluation.downgradeAfterMonths has no number for it');
    }
  }

  unique(
    'benefits',
    benefits.benefits.map((benefit) => benefit.id),
  );
  const sideRules = new Set(scorecard.sideRules.map((rule) => rule.id));
  for (const benefit of benefits.benefits) {
    names('benefits', benefit.id, benefit.alsoWhen);
    if (!benefits.kinds.includes(benefit.kind))
      say('benefits', benefit.id, `kind ${benefit.kind} isn't declared`);
    for (const grant of benefit.grants) {
      if (!classes.has(grant.class))
        say('benefits', benefit.id, `grants to ${grant.class}, which is no class`);
    }
    const sideRule = benefit.requires?.sideRule;
    if (sideRule !== undefined && !sideRules.has(sideRule))
      say('benefits', benefit.id, `requires ${sideRule}, which is no side rule`);
  }

  unique(
    'surveys',
    surveys.templates.map((template) => template.id),
  );
  for (const template of surveys.templates) {
    if (template.items.filter((item) => item.score === true).length !== 1) {
      say('surveys', template.id, 'needs exactly one item with score');
    }
  }
  for (const dimension of files['risk-grade'].dimensions) {
    for (const rule of dimension.rules) names('risk-grade', rule.id, rule.when);
  }
  const { owners, channelLabels, rules } = files['care-playbook'];
  for (const rule of rules) {
    if (!(rule.owner in owners))
      say('care-playbook', rule.id, `owner ${rule.owner} isn't declared`);
    for (const channel of rule.channels) {
      if (!(channel in channelLabels))
        say('care-playbook', rule.id, `channel ${channel} has no label`);
    }
  }
  return mistakes;
}
