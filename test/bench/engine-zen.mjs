// @gorules/zen-engine: points and knock-outs as expressions, the ladder as a decision table.
import { ZenEngine } from '@gorules/zen-engine';

const SYMBOLS = { ge: '>=', gt: '>', le: '<=', lt: '<', eq: '==' };
/** Evaluations under way at a time. */
const BATCH = 100;

export function zen(files) {
  const { factors, knockouts } = files.scorecard;
  const clean = knockouts.map(({ when }) => opposite(when)).join(' and ');
  const decision = new ZenEngine().createDecision(
    chain([
      node('derived', 'expressionNode', {
        expressions: expressions({
          aum_avg_3m_fen: '(deposit_avg_3m_fen ?? 0) + (invest_avg_3m_fen ?? 0)',
          card_spend_over_third:
            'card_spend_12m_fen == null or card_limit_fen == null ? null : ' +
            '3 * floor(card_spend_12m_fen / 12) > card_limit_fen',
        }),
      }),
      node('points', 'expressionNode', {
        expressions: expressions({
          ...Object.fromEntries(factors.map((factor) => [factor.id, points(factor)])),
          score: factors.map(({ id }) => `$.${id}`).join(' + '),
          ...Object.fromEntries(knockouts.map(({ id, when }) => [id, text(when)])),
        }),
      }),
      node('rung', 'decisionTableNode', {
        hitPolicy: 'first',
        inputs: [{ id: 'criterion', name: 'Criterion' }],
        outputs: [{ id: 'code', name: 'Rung', field: 'rung' }],
        rules: ladder(files).map(({ code, criterion }) => ({
          _id: code,
          criterion: criterion.op === 'true' ? '' : text(criterion, clean),
          code: JSON.stringify(code),
        })),
      }),
    ]),
  );
  const run = async (row) => (await decision.evaluate(row)).result;
  return {
    id: 'zen-engine',
    what: '@gorules/zen-engine: rung, score, points and knock-outs, no neutral score, no reasons',
    customers: 1000,
    async gradeAll(rows) {
      const results = await Promise.all(rows.map(run));
      return results.map((result) => ({
        rung: result.rung,
        score: result.score,
        points: Object.fromEntries(factors.map(({ id }) => [id, result[id]])),
        knockouts: knockouts.filter(({ id }) => result[id]).map(({ id }) => id),
      }));
    },
    async pass(rows) {
      let sum = 0;
      for (let from = 0; from < rows.length; from += BATCH) {
        const results = await Promise.all(rows.slice(from, from + BATCH).map(run));
        for (const { score } of results) sum += score;
      }
      return sum;
    },
  };
}

function points({ metric, bins, missingPoints, treatAsMissingWhen }) {
  const isMissing = treatAsMissingWhen ? ` or ${text(treatAsMissingWhen)}` : '';
  const cases = bins.slice(0, -1).map(({ eq, hi, points }) => {
    const condition = eq === undefined ? `< ${hi}` : `== ${JSON.stringify(eq)}`;
    return `${metric} ${condition} ? ${points} : `;
  });
  const last = bins.at(-1).points;
  return `${metric} == null${isMissing} ? ${missingPoints} : (${cases.join('')}${last})`;
}

function text({ op, args }, clean) {
  if (op === 'and' || op === 'or')
    return `(${args.map((arg) => text(arg, clean)).join(` ${op} `)})`;
  // Only `not knockout` is negated.
  if (op === 'not') return `(${clean})`;
  const [{ var: name }, constant] = args;
  return `(${name} != null and ${name} ${SYMBOLS[op]} ${JSON.stringify(constant)})`;
}

/** TRUE only where the metric is known; a null flag means no record. */
function opposite({ op, args: [{ var: name }, constant] }) {
  return op === 'ge'
    ? `(${name} != null and ${name} < ${constant})`
    : `${name} != ${JSON.stringify(constant)}`;
}

function ladder(files) {
  const isLast = ({ criterion }) => criterion.op === 'true';
  const { rungs } = files['tier-ladder'];
  return [...rungs].sort((a, b) => isLast(a) - isLast(b) || b.rank - a.rank);
}

function expressions(values) {
  return Object.entries(values).map(([key, value]) => ({ id: key, key, value }));
}

/** A node whose output is its input and what it adds. */
function node(id, type, content) {
  const whole = { passThrough: true, inputField: null, outputPath: null, executionMode: 'single' };
  return { id, name: id, type, content: { ...content, ...whole } };
}

function chain(nodes) {
  const all = [{ id: 'in', name: 'in', type: 'inputNode' }, ...nodes];
  all.push({ id: 'out', name: 'out', type: 'outputNode' });
  const edges = all.slice(1).map(({ id }, i) => ({
    id: `to-${id}`,
    type: 'edge',
    sourceId: all[i].id,
    targetId: id,
  }));
  return { nodes: all, edges };
}
