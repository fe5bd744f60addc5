// json-rules-engine: a rule a bin, a knock-out and a rung, tried by priority; made once, run a customer.
import { Engine } from 'json-rules-engine';

const NUMBERS = { ge: 'greaterThanInclusive', gt: 'greaterThan', le: 'lessThanInclusive' };
const OPERATORS = { ...NUMBERS, lt: 'lessThan', eq: 'equal' };
const PRIORITY = { points: 300, knockout: 200, rung: 100 };

export function jsonRules(files) {
  const { scorecard } = files;
  const engine = new Engine();
  addDerived(engine);
  const add = (conditions, type, params, priority = PRIORITY[type]) =>
    engine.addRule({ conditions, event: { type, params }, priority });
  for (const factor of scorecard.factors) addFactor(factor, add);
  for (const { id, when } of scorecard.knockouts)
    add({ all: [condition(when)] }, 'knockout', { id });
  const clean = scorecard.knockouts.map(({ when }) => opposite(when));
  ladder(files).forEach(({ code, criterion }, place) => {
    const all = criterion.op === 'true' ? [] : [condition(criterion, clean)];
    add({ all }, 'rung', { code }, PRIORITY.rung - place);
  });
  engine.on('rung', () => engine.stop());

  const run = async (row) => {
    const { events } = await engine.run(row);
    const points = {};
    for (const { type, params } of events)
      if (type === 'points') points[params.factor] = params.points;
    return {
      rung: events.at(-1).params.code,
      score: sum(points),
      points,
      knockouts: events.filter(({ type }) => type === 'knockout').map(({ params }) => params.id),
    };
  };
  return {
    id: 'json-rules-engine',
    what: 'json-rules-engine: rung, score, points and knock-outs, no neutral score, no reasons',
    customers: 200,
    async gradeAll(rows) {
      const grades = [];
      for (const row of rows) grades.push(await run(row));
      // Rules of a priority run at the same time, in no order of their own.
      for (const grade of grades) grade.knockouts.sort();
      return grades;
    },
    async pass(rows) {
      let total = 0;
      for (const row of rows) total += (await run(row)).score;
      return total;
    },
  };
}

function addDerived(engine) {
  engine.addFact('aum_avg_3m_fen', async (_, almanac) => {
    const deposits = await almanac.factValue('deposit_avg_3m_fen');
    return (deposits ?? 0) + ((await almanac.factValue('invest_avg_3m_fen')) ?? 0);
  });
  engine.addFact('card_spend_over_third', async (_, almanac) => {
    const yearly = await almanac.factValue('card_spend_12m_fen');
    const limit = await almanac.factValue('card_limit_fen');
    return yearly === null || limit === null ? null : 3 * Math.floor(yearly / 12) > limit;
  });
  engine.addFact('score', (_, almanac) =>
    almanac
      .getEvents('success')
      .reduce((all, { type, params }) => all + (type === 'points' ? params.points : 0), 0),
  );
}

function addFactor({ id, metric, bins, missingPoints, treatAsMissingWhen }, add) {
  const unknown = { fact: metric, operator: 'equal', value: null };
  const any = [unknown, ...(treatAsMissingWhen ? [condition(treatAsMissingWhen)] : [])];
  add({ any }, 'points', { factor: id, points: missingPoints });
  const known = treatAsMissingWhen ? [{ not: condition(treatAsMissingWhen) }] : [];
  for (const { lo, hi, eq, points } of bins) {
    const of = (operator, value) => ({ fact: metric, operator, value });
    const bounds =
      eq !== undefined
        ? [of('equal', eq)]
        : [of(OPERATORS.ge, lo), ...(hi === null ? [] : [of(OPERATORS.lt, hi)])];
    add({ all: [...known, ...bounds] }, 'points', { factor: id, points });
  }
}

function condition({ op, args }, clean) {
  if (op === 'and') return { all: args.map((arg) => condition(arg, clean)) };
  if (op === 'or') return { any: args.map((arg) => condition(arg, clean)) };
  // Only `not knockout` is negated: TRUE where every knock-out is known not to hold.
  if (op === 'not') return { all: clean };
  return { fact: args[0].var, operator: OPERATORS[op], value: args[1] };
}

function opposite({ op, args }) {
  const fact = args[0].var;
  return op === 'ge'
    ? { fact, operator: OPERATORS.lt, value: args[1] }
    : { fact, operator: 'notEqual', value: args[1] };
}

function ladder(files) {
  const isLast = ({ criterion }) => criterion.op === 'true';
  const { rungs } = files['tier-ladder'];
  return [...rungs].sort((a, b) => isLast(a) - isLast(b) || b.rank - a.rank);
}

function sum(points) {
  return Object.values(points).reduce((all, one) => all + one, 0);
}
