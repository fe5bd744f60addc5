import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MetricsError, compilePolicy } from '@liyu/engine';
import type { Grade, GradeOptions } from '@liyu/engine';
import { DEFAULT_POLICY_DIR, loadPolicy } from '@liyu/policy/node';
import { EdgeRows } from '../../../engine/src/edge-rows.testing.js';
import type { EdgeRow } from '../../../engine/src/edge-rows.testing.js';
import { thresholdsOf } from '../../../engine/src/edges.testing.js';
import type { Database } from '../db/database.js';
import { PAGE, addMetrics, latestMetrics, stored } from '../db/metrics-table.js';
import { onEveryEngine } from '../testing/engines.js';
import { NEUTRAL_BY_CONSENT, SqlGrader } from './sql-grader.js';
import type { Graded } from './sql-grader.js';

// `LIYU_ROWS=100000 node --conditions=source --import tsx --test FILE` is the long form.

const ROWS = Number(process.env.LIYU_ROWS ?? 8_000);
const IS_LONG = ROWS >= 100_000;
const SEED = Number(process.env.LIYU_SEED ?? 1);
/** How often each thing has to be met. */
const OFTEN = IS_LONG ? 100 : 8;
const BATCH = 5_000;
/** Of the real customers, every tenth in the short form. */
const REAL_STEP = IS_LONG ? 1 : 10;
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const DATA = process.env.LIYU_TEST_DATA ?? join(ROOT, '../shared/data');
const REAL = 'UCI_Credit_Card.csv';

const policy = loadPolicy();
const { files } = policy;
const grader = compilePolicy(files);
const { assess: golden } = JSON.parse(
  readFileSync(join(DEFAULT_POLICY_DIR, 'golden.json'), 'utf8'),
) as { assess: { id: string; input: EdgeRow; expect: Partial<Grade> }[] };

let drawn: EdgeRow[] = [];
before(() => {
  drawn = [...new EdgeRows(files, SEED).take(ROWS)];
});

type Variant = GradeOptions['variant'];
const VARIANTS: readonly Variant[] = [undefined, 'neutral'];

function gradedHere(row: EdgeRow, variant: Variant): Graded {
  try {
    return { grade: grader.grade(row, { variant }) };
  } catch (error) {
    if (!(error instanceof MetricsError)) throw error;
    return { faults: error.faults };
  }
}

/** Rows that the two engines grade differently, to the byte, with the order of keys. */
class Differences {
  count = 0;
  readonly #first: object[] = [];

  compare(row: object, there: Graded, here: Graded): void {
    if (JSON.stringify(there) === JSON.stringify(here)) return;
    this.count += 1;
    if (this.#first.length < 2) this.#first.push({ row, there, here });
  }

  assertNone(): void {
    const first = JSON.stringify(this.#first, null, 1);
    assert.equal(this.count, 0, `${this.count} rows are graded differently, such as ${first}`);
  }
}

/** Of a file of real data: a reason to skip a test, which is also said aloud. */
function missing(file: string): string | false {
  if (existsSync(join(DATA, file))) return false;
  const reason = `${file} is not in ${DATA}; LIYU_TEST_DATA names another directory`;
  console.log(`SKIPPED: both engines on real data: ${reason}`);
  return reason;
}

/** Compares what a page after the other gives with the engine over the same metrics. */
async function compareBook(
  db: Database,
  sql: SqlGrader,
  variantOf: (customer: string) => Variant,
): Promise<number> {
  const differences = new Differences();
  let count = 0;
  let page = await sql.page(db, '', 'infinity');
  for await (const { customer, asOf, metrics } of latestMetrics(db, files.metrics)) {
    const { customer: name, asOf: day, metrics: same, ...graded } = page[count % PAGE]!;
    assert.deepEqual([name, day, same], [customer, asOf, metrics]);
    differences.compare(metrics, graded, gradedHere(metrics, variantOf(customer)));
    if (++count % PAGE === 0) page = await sql.page(db, customer, 'infinity');
  }
  differences.assertNone();
  assert.equal(page.length, count % PAGE);
  return count;
}

it('draws rows that meet everything that the policy tells apart', () => {
  const met = new Map<string, number>();
  const meet = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);
  const edges = files.metrics.metrics.flatMap((metric) =>
    thresholdsOf(files, metric.id).map((edge) => [metric.id, edge] as const),
  );
  const meetGrade = (grade: Grade) => {
    const { inputs, knockout, score } = grade;
    meet(`knockout ${knockout}`);
    meet(`score ${score}`);
    const registers = grader.core.file.load(inputs);
    for (const { id, when } of grader.core.knockouts) meet(`${id} is ${when(registers)}`);
    for (const name of Object.keys(inputs)) if (inputs[name] === null) meet(`${name} unknown`);
    for (const [name, edge] of edges) {
      if (inputs[name] === edge) meet(`${name} at ${edge}`);
      if (inputs[name] === edge - 1) meet(`${name} below ${edge}`);
    }
    for (const place of grade.bins.keys()) meet(`factor ${place} in bin ${grade.bins[place]}`);
  };
  for (const row of drawn) {
    for (const variant of VARIANTS) {
      const graded = gradedHere(row, variant);
      if ('faults' in graded) {
        for (const { message } of graded.faults) meet(`fault ${message}`);
      } else {
        meet(`rung ${graded.grade.rung} ${variant}`);
        if (variant === undefined) meetGrade(graded.grade);
      }
    }
  }
  const isMeant = new Set(
    files.metrics.metrics.flatMap(({ id, nullMeans }) => (nullMeans === undefined ? [] : [id])),
  );
  const unknowable = files.scorecard.knockouts.filter(({ when }) =>
    [...isMeant].some((name) => JSON.stringify(when).includes(`"${name}"`)),
  );
  const wanted = [
    ...files['tier-ladder'].rungs.flatMap(({ code }) =>
      VARIANTS.map((one) => `rung ${code} ${one}`),
    ),
    ...['true', 'false', 'null'].map((truth) => `knockout ${truth}`),
    ...files.scorecard.knockouts.flatMap((knockout) =>
      [0, 1, 2]
        .filter((truth) => truth !== 1 || !unknowable.includes(knockout))
        .map((truth) => `${knockout.id} is ${truth}`),
    ),
    ...edges.flatMap(([name, edge]) => [
      `${name} at ${edge}`,
      ...(edge > 0 ? [`${name} below ${edge}`] : []),
    ]),
    ...thresholdsOf(files, 'score').flatMap((score) => [`score ${score}`, `score ${score - 1}`]),
    ...files.metrics.metrics.flatMap(({ id }) => (isMeant.has(id) ? [] : [`${id} unknown`])),
    ...files.scorecard.derived.map(({ id }) => `${id} unknown`),
    ...files.scorecard.factors.flatMap(({ bins }, place) =>
      [-1, ...bins.keys()].map((bin) => `factor ${place} in bin ${bin}`),
    ),
    ...['must not be negative', 'must be below 2^53'].map((message) => `fault ${message}`),
  ];
  const rare = wanted.filter((what) => (met.get(what) ?? 0) < OFTEN);
  assert.deepEqual(
    rare.map((what) => `${what}: ${met.get(what) ?? 0} times`),
    [],
  );
});

onEveryEngine((fresh) => {
  it('grades the golden cases in the database', async () => {
    const graded = await new SqlGrader(files).given(
      await fresh(),
      golden.map(({ input }) => input),
    );
    golden.forEach(({ id, expect }, place) => {
      const one = graded[place]!;
      assert.ok('grade' in one, id);
      const told = (Object.keys(expect) as (keyof Grade)[]).map((key) => [key, one.grade[key]]);
      assert.deepEqual(Object.fromEntries(told), expect, id);
    });
  });

  for (const variant of VARIANTS) {
    it(`grades rows thick with edges as the engine does, ${variant ?? 'plain'}`, async () => {
      const db = await fresh();
      const sql = new SqlGrader(files, { neutral: variant === 'neutral' ? 'TRUE' : 'FALSE' });
      const differences = new Differences();
      // In the short form each variant has its half.
      const half = variant === 'neutral' ? drawn.slice(ROWS / 2) : drawn.slice(0, ROWS / 2);
      const some = IS_LONG ? drawn : half;
      for (let at = 0; at < some.length; at += BATCH) {
        const rows = some.slice(at, at + BATCH);
        const there = await sql.given(db, rows);
        rows.forEach((row, place) => {
          differences.compare(row, there[place]!, gradedHere(row, variant));
        });
      }
      differences.assertNone();
    });
  }

  it('grades the book by page, neutrally whom consent asks for', async () => {
    const db = await fresh();
    const consents: Record<string, string[] | null> = {
      a: null,
      b: [],
      c: ['TIERING'],
      d: ['TIERING', 'PROFILE_OCCUPATION'],
    };
    const kept = stored(files.metrics).map(({ id }) => id);
    const rows = drawn.slice(0, 1_500).map((row, place) => ({
      customer: `${'abcde'[place % 5]}-${String(place).padStart(6, '0')}`,
      asOf: '2026-10-31',
      metrics: Object.fromEntries(kept.map((id) => [id, row[id] ?? null])),
    }));
    const older = rows.map((row) => ({ ...row, asOf: '2026-09-30', metrics: {} }));
    await addMetrics(db, files.metrics, [...older, ...rows]);
    const said = rows.filter(({ customer }) => !customer.startsWith('e'));
    await db.query(
      `INSERT INTO customers (customer, as_of, consents)
       SELECT customer, '2026-10-31', consents
       FROM jsonb_to_recordset($1::jsonb) AS r (customer text, consents text[])`,
      [
        JSON.stringify(
          said.map(({ customer }) => ({ customer, consents: consents[customer[0]!] })),
        ),
      ],
    );
    const sql = new SqlGrader(files, { neutral: NEUTRAL_BY_CONSENT });
    const variantOf = (customer: string) => (/^[bc]/.test(customer) ? 'neutral' : undefined);
    assert.equal(await compareBook(db, sql, variantOf), rows.length);

    const some = ['c-000002', 'nobody', 'a-000000'];
    const named = await sql.of(db, some, '2026-09-30');
    assert.deepEqual(
      named.map(({ customer, asOf }) => [customer, asOf]),
      ['a-000000', 'c-000002'].map((customer) => [customer, '2026-09-30']),
    );
  });

  it('grades real data as the engine does', { skip: missing(REAL) }, async () => {
    const db = await fresh();
    await addRealCustomers(db);
    const count = await compareBook(db, new SqlGrader(files), () => undefined);
    assert.equal(count, 30_000 / REAL_STEP);
  });
});

/** The customers of the file as its import maps them to metrics, without the rest of the import. */
async function addRealCustomers(db: Database): Promise<void> {
  const [head = '', ...lines] = readFileSync(join(DATA, REAL), 'utf8')
    .trim()
    .split(/\r\n?|\n/);
  const names = head.split(',').map((name) => name.toLowerCase());
  const columns = names.filter((name) => /^[a-z_0-9]+$/.test(name));
  const rows = lines
    .filter((_, place) => place % REAL_STEP === 0)
    .map((line) => line.split(','))
    .map((cells) => Object.fromEntries(cells.map((cell, place) => [names[place], cell])) as object);
  await db.query(`CREATE TABLE uci (${columns.map((name) => `${name} text`).join(', ')})`);
  for (let at = 0; at < rows.length; at += BATCH) {
    await db.query('INSERT INTO uci SELECT * FROM jsonb_populate_recordset(NULL::uci, $1::jsonb)', [
      JSON.stringify(rows.slice(at, at + BATCH)),
    ]);
  }
  const script = readFileSync(join(ROOT, 'test/import/uci-credit-card/import.sql'), 'utf8');
  for (const statement of script.replaceAll(/--.*$/gm, '').split(';')) {
    if (statement.trim() !== '') await db.query(statement);
  }
}
