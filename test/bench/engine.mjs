// How fast grading is, beside what else a bank could grade with: `npm run bench -- engine [--quick]`.
import { compilePolicy } from '@liyu/engine';
import { loadPolicy } from '@liyu/policy/node';
import { checkEqual, checkRefusals, median, time } from './engine-timing.mjs';
import { customers } from './engine-rows.mjs';
import { columns, columnsExplained, columnsFromRows } from './engine-columns.mjs';
import { jsonLogic } from './engine-json-logic.mjs';
import { jsonRules } from './engine-json-rules.mjs';
import { decide, grade } from './engine-liyu.mjs';
import { shortLoop, uncheckedLoop } from './engine-lean-loop.mjs';
import { loop } from './engine-loop.mjs';
import { row, writeRows } from './report.mjs';
import { sqlRows } from './engine-sql.mjs';
import { zen } from './engine-zen.mjs';

const isQuick = process.argv.includes('--quick');
const { files } = loadPolicy();
const SIZES = isQuick
  ? { customers: 2_000, runs: 3, ms: 50, postgres: 20_000, pglite: 5_000, rounds: 1 }
  : { customers: 20_000, runs: 5, ms: 400, postgres: 1_000_000, pglite: 100_000, rounds: 3 };

/** What is measured, against what, as how many times as fast, and the least that it has to be. */
const COMPARED = [
  ['grade', 'loop', 0.65],
  ['grade', 'unchecked-loop', null],
  ['decide', 'short-loop', null],
  ['columns', 'loop', 8],
  ['columns', 'short-loop', null],
  ['columns-explained', 'loop', null],
  ['columns-from-rows', 'loop', null],
  ['grade', 'json-rules-engine', 700],
  ['grade', 'zen-engine', 100],
  ['grade', 'json-logic-engine', null],
  ['decide', 'json-rules-engine', null],
  ['decide', 'zen-engine', null],
];

const rows = customers(SIZES.customers);
// One for all, as an application has.
const grader = compilePolicy(files);
const contenders = [
  ...[loop(), uncheckedLoop(), shortLoop(), grade(grader), decide(grader)],
  ...[columns, columnsExplained, columnsFromRows].map((make) => make(files, rows, grader)),
  ...[jsonLogic, zen, jsonRules].map((make) => make(files)),
];
const times = await time(contenders, rows, SIZES);
// Afterwards: it keeps what they give, and V8 would make such objects where the long-lived ones are, at
// twice the cost for all of them.
await checkEqual(contenders, rows);
checkRefusals([loop(), grade(grader)], rows[0]);
const byId = new Map(contenders.map((one) => [one.id, one]));
for (const { id, what } of contenders) {
  console.log(`${median(times[id]).toFixed(0).padStart(9)} ns a customer  ${what}`);
}

const measured = COMPARED.filter(([id, against]) => byId.has(id) && byId.has(against)).map(
  ([id, against, target]) =>
    row({
      what: byId.get(id).what,
      against: byId.get(against).what,
      ratios: times[against].map((ns, run) => ns / times[id][run]),
      target,
    }),
);
measured.push(...(await sqlRows(files, SIZES)));
await writeRows('engine', measured, { isQuick });
