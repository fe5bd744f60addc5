import type { PolicyFiles } from '../files.js';
import { checkExpression } from './expressions.js';
import { sayTwice, takesAll } from './say.js';
import type { Say } from './say.js';
import type { Vocabulary } from './vocabulary.js';

const EVENTS = ['UPGRADE', 'KEEP', 'WATCH', 'DOWNGRADE'];

export function checkLadder(files: PolicyFiles, names: Vocabulary, say: Say): void {
  const { classes, reevaluation, rungs } = files['tier-ladder'];
  sayTwice(
    say,
    classes.map(({ id }) => id),
  );
  sayTwice(
    say,
    rungs.map(({ code }) => code),
  );
  sayTwice(
    say,
    classes.map(({ rank }) => `class rank ${rank}`),
  );
  sayTwice(
    say,
    rungs.map(({ rank }) => `rank ${rank}`),
  );
  for (const { code, class: own, criterion } of rungs) {
    checkExpression(say, code, criterion, { names, stage: 'rung' });
    if (!classes.some(({ id }) => id === own)) say(code, `class ${own} isn't declared`);
  }
  if (!rungs.some(({ criterion }) => takesAll(criterion)))
    say('rungs', 'no rung takes everyone (criterion true)');
  for (const { id } of classes) {
    if (reevaluation.downgradeAfterMonths[id] === undefined)
      say(id, 'reevaluation.downgradeAfterMonths has no number for it');
  }
  for (const event of EVENTS) {
    if (reevaluation.eventLabels[event] === undefined)
      say(event, 'reevaluation.eventLabels has no label for it');
  }
  checkLevels(files, say);
  checkLevers(files, names, say);
}

/** A class has the levels it declares, and rungs rank by class, then by level. */
function checkLevels(files: PolicyFiles, say: Say): void {
  const { classes, rungs } = files['tier-ladder'];
  for (const { id, levels } of classes) {
    const found = rungs.filter((rung) => rung.class === id).map(({ level }) => level);
    const wanted: (number | null)[] =
      levels === 0 ? [null] : Array.from({ length: levels }, (_, n) => n + 1);
    for (const level of wanted) {
      if (!found.includes(level))
        say(id, level === null ? 'has no rung' : `level ${level} has no rung`);
    }
    for (const level of found) {
      if (!wanted.includes(level)) say(id, `level ${level} isn't one of its ${levels}`);
    }
    sayTwice((level, reason) => say(id, `level ${level}: ${reason}`), found.map(String));
  }
  const rankOf = (id: string) => classes.find((one) => one.id === id)?.rank ?? 0;
  const order = [...rungs].sort(
    (a, b) => rankOf(a.class) - rankOf(b.class) || (a.level ?? 0) - (b.level ?? 0),
  );
  order.slice(1).forEach((rung, place) => {
    const below = order[place]!;
    if (rung.rank < below.rank)
      say(rung.code, `rank ${rung.rank} is below ${below.rank} of ${below.code}, a lower rung`);
  });
}

function checkLevers(files: PolicyFiles, names: Vocabulary, say: Say): void {
  const { levers } = files['tier-ladder'];
  sayTwice(
    (metric, reason) => say(`lever ${metric}`, reason),
    levers.map(({ metric }) => metric),
  );
  for (const { metric, barredWhen } of levers) {
    const item = `lever ${metric}`;
    const found = files.metrics.metrics.find(({ id }) => id === metric);
    if (found === undefined) say(item, 'is on no metric');
    else if (found.type !== 'int') say(item, `is on ${metric}, which is no number`);
    else if (found.derived !== undefined) say(item, `is on ${metric}, which is computed`);
    checkExpression(say, item, barredWhen, { names, stage: 'points' });
  }
}
