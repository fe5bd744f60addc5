import type { Expression } from '../expression.js';
import type { PolicyFiles } from '../files.js';
import { checkExpression } from './expressions.js';
import { sayTwice, takesAll } from './say.js';
import type { Say } from './say.js';
import type { Stage, Vocabulary } from './vocabulary.js';

interface Rule {
  id: string;
  when: Expression;
  out: string;
}

/** Value, needs and risk grades, and the marketing grade of the maintenance matrix. */
export function checkGrades(
  files: PolicyFiles,
  names: Vocabulary,
  sayOf: (file: keyof PolicyFiles) => Say,
): void {
  const check = (
    file: keyof PolicyFiles,
    group: string,
    rules: readonly Rule[],
    stage: Stage,
    /** Where each outcome must stand, by what to call it. */
    known: Record<string, readonly string[]>,
  ) => {
    const say = sayOf(file);
    sayTwice(
      say,
      rules.map(({ id }) => id),
    );
    for (const { id, when, out } of rules) {
      checkExpression(say, id, when, { names, stage });
      for (const [where, outs] of Object.entries(known)) {
        if (!outs.includes(out)) say(id, `gives ${out}, which ${where} doesn't have`);
      }
    }
    if (!takesAll(rules[rules.length - 1]?.when))
      say(group, "the last rule doesn't take the rest (when true)");
  };

  const value = files['value-grade'];
  check('value-grade', 'rules', value.rules, 'grades', { labels: Object.keys(value.labels) });
  const needs = files['needs-grade'];
  check('needs-grade', 'rules', needs.rules, 'grades', {
    labels: Object.keys(needs.labels),
    service: Object.keys(needs.service),
  });
  const risk = files['risk-grade'];
  sayTwice(
    sayOf('risk-grade'),
    risk.dimensions.map(({ id }) => id),
  );
  for (const { id, rules } of risk.dimensions) {
    check('risk-grade', id, rules, 'grades', { labels: Object.keys(risk.labels) });
  }
  if (!risk.dimensions.some(({ id }) => id === 'CREDIT'))
    sayOf('risk-grade')('CREDIT', 'is missing, and benefits rest on this dimension');
  const matrix = files['maintenance-matrix'];
  check('maintenance-matrix', 'assignment', matrix.assignment.marketingGrade, 'assignment', {
    marketingGrade: matrix.marketingGrade.map(({ id }) => id),
  });
}
