// gradeColumns, whose customers come as columns.
import { toColumns } from '@liyu/engine';

export function columns(files, rows, grader) {
  const one = columnar(files, rows, grader, false);
  return { ...one, id: 'columns', what: 'gradeColumns, the decision alone, columns at hand' };
}

export function columnsExplained(files, rows, grader) {
  const one = columnar(files, rows, grader, true);
  return { ...one, id: 'columns-explained', what: 'gradeColumns, explained, columns at hand' };
}

export function columnsFromRows(files, _, grader) {
  return {
    id: 'columns-from-rows',
    what: 'toColumns and gradeColumns, the decision alone',
    gradeAll: (rows) => read(files, grader.gradeColumns(toColumns(grader, rows).columns), rows),
    pass: (rows) => sum(grader.gradeColumns(toColumns(grader, rows).columns).score),
  };
}

function columnar(files, rows, grader, explain) {
  const ready = toColumns(grader, rows).columns;
  return {
    gradeAll: (some) => read(files, grader.gradeColumns(ready, { explain }), some),
    pass: () => sum(grader.gradeColumns(ready, { explain }).score),
  };
}

function sum(scores) {
  let total = 0;
  for (const score of scores) total += score;
  return total;
}

/** As the others give it, a customer an object. */
function read({ scorecard }, graded, rows) {
  const { factors, knockouts } = scorecard;
  return rows.map((_, i) => ({
    rung: graded.rungs[graded.rung[i]],
    score: graded.score[i],
    neutralScore: graded.neutralScore[i],
    knockouts: knockouts.filter((_, n) => (graded.knockouts[i] >> n) & 1).map(({ id }) => id),
    creditKnown: graded.creditUnknown[i] === 0,
    ...(graded.points && {
      points: Object.fromEntries(factors.map(({ id }) => [id, graded.points[id][i]])),
      reasons: [...graded.reasons.subarray(4 * i, 4 * i + 4)]
        .filter((place) => place < 255)
        .map((place) => factors[place].id),
    }),
  }));
}
