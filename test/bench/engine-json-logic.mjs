// json-logic-engine: the scorecard and the ladder, each compiled to one function.
import { LogicEngine } from 'json-logic-engine';

const SYMBOLS = { ge: '>=', gt: '>', le: '<=', lt: '<', eq: '===' };
const of = (name) => ({ var: name });
const known = (name) => ({ '!==': [of(name), null] });

export function jsonLogic(files) {
  const engine = new LogicEngine();
  const { factors, knockouts } = files.scorecard;
  const scoreOf = engine.build({ '+': factors.map(pointsOf) });
  const isClean = { and: knockouts.map(({ when }) => opposite(when)) };
  const rungOf = engine.build({ if: ladder(files, isClean) });
  const run = (row) => {
    const data = {
      ...row,
      aum_avg_3m_fen: (row.deposit_avg_3m_fen ?? 0) + (row.invest_avg_3m_fen ?? 0),
      card_spend_over_third: overThird(row),
      score: 0,
    };
    data.score = scoreOf(data);
    return { rung: rungOf(data), score: data.score };
  };
  return {
    id: 'json-logic-engine',
    what: 'json-logic-engine, compiled: rung and score alone',
    gradeAll: (rows) => rows.map(run),
    pass: (rows) => {
      let sum = 0;
      for (const row of rows) sum += run(row).score;
      return sum;
    },
  };
}

function overThird({ card_spend_12m_fen: yearly, card_limit_fen: limit }) {
  return yearly === null || limit === null ? null : 3 * Math.floor(yearly / 12) > limit;
}

function pointsOf({ metric, bins, missingPoints, treatAsMissingWhen }) {
  const isMissing = { '===': [of(metric), null] };
  const cases = [
    treatAsMissingWhen ? { or: [isMissing, logic(treatAsMissingWhen)] } : isMissing,
    missingPoints,
  ];
  for (const { eq, hi, points } of bins.slice(0, -1)) {
    cases.push(eq === undefined ? { '<': [of(metric), hi] } : { '===': [of(metric), eq] }, points);
  }
  return { if: [...cases, bins.at(-1).points] };
}

function logic({ op, args }, isClean) {
  if (op === 'and' || op === 'or') return { [op]: args.map((arg) => logic(arg, isClean)) };
  // Only `not knockout` is negated.
  if (op === 'not') return isClean;
  const [{ var: name }, constant] = args;
  const compared = { [SYMBOLS[op]]: [of(name), constant] };
  return op === 'lt' || op === 'le' ? { and: [known(name), compared] } : compared;
}

/** TRUE only where the metric is known; a null flag means no record. */
function opposite({ op, args: [{ var: name }, constant] }) {
  return op === 'ge'
    ? { and: [known(name), { '<': [of(name), constant] }] }
    : { '!==': [of(name), constant] };
}

/** Conditions and codes by turns, then the code of the rung that takes everyone. */
function ladder(files, isClean) {
  const rungs = [...files['tier-ladder'].rungs].sort((a, b) => b.rank - a.rank);
  const last = rungs.find(({ criterion }) => criterion.op === 'true');
  const others = rungs.filter((rung) => rung !== last);
  return [...others.flatMap((rung) => [logic(rung.criterion, isClean), rung.code]), last.code];
}
