import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Expression } from '@liyu/policy';
import { loadPolicy } from '@liyu/policy/node';
import { BandTable, compileFindBands } from './bands.js';
import { chooser, compileChoice, cutsOf, firstOf } from './choice.js';
import type { Case, Choice } from './choice.js';
import { BandColumns } from './columns/band-columns.js';
import { compileChooseColumns } from './columns/column-choice.js';
import { ColumnGraph } from './columns/column-graph.js';
import { compileCondition } from './condition.js';
import { RegisterFile } from './registers.js';
import { FALSE, TRUE } from './truth.js';

const CUSTOMERS = 100;
const NONE = -1;
const file = new RegisterFile(loadPolicy().files);
const names = {
  numbers: ['deposit_avg_3m_fen', 'invest_avg_3m_fen', 'txn_month_avg'],
  flags: ['owns_property', 'knockout'],
  texts: ['education'],
};

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Expressions of every operator and shape over few values, so that edges are met often. */
function drawExpression(random: (below: number) => number, depth: number): Expression {
  const oneOf = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const args = () => Array.from({ length: 2 + random(2) }, () => drawExpression(random, depth - 1));
  const number = (): Expression => ({ var: oneOf(names.numbers) });
  const op = oneOf(['ge', 'gt', 'le', 'lt', 'eq'] as const);
  switch (depth === 0 ? 3 + random(6) : random(9)) {
    case 0:
      return { op: 'and', args: args() };
    case 1:
      return { op: 'or', args: args() };
    case 2:
      return { op: 'not', args: [drawExpression(random, depth - 1)] };
    case 3:
      return { var: oneOf(names.flags) };
    case 4:
      return { op: 'eq', args: [{ var: 'education' }, oneOf(['BELOW', 'BACHELOR', 'POSTGRAD'])] };
    case 5:
      return { op: 'eq', args: [{ var: oneOf(names.flags) }, random(2) === 1] };
    case 6:
      return { op, args: [random(5), number()] };
    case 7:
      return random(8) === 0 ? { op, args: [number(), number()] } : { op: 'true' };
    default:
      return { op, args: [number(), random(5)] };
  }
}

function drawRegisters(random: (below: number) => number) {
  const registers = file.fresh();
  const draw = (name: string, below: number) => {
    registers[file.of(name).slot] = random(5) === 0 ? NaN : random(below);
  };
  names.numbers.forEach((name) => {
    draw(name, 6);
  });
  names.flags.forEach((name) => {
    draw(name, 2);
  });
  names.texts.forEach((name) => {
    draw(name, 3);
  });
  return registers;
}

function choiceOf(cases: readonly Case[]): { choice: Choice; table: BandTable } {
  const table = new BandTable(cutsOf(cases, file), []);
  return { choice: compileChoice(cases, table, file, firstOf(cases, NONE)), table };
}

function expectedOf(cases: readonly Case[], registers: Float64Array): number {
  const holds = ({ expression, truth }: Case) =>
    compileCondition(expression, file)(registers) === truth;
  return cases.find(holds)?.outcome ?? NONE;
}

function check(cases: readonly Case[], customers: readonly Float64Array[]): Choice {
  const { choice, table } = choiceOf(cases);
  const expected = customers.map((registers) => expectedOf(cases, registers));

  const bands = new Int32Array(table.banded.length);
  const inHand = file.fresh();
  const findBands = compileFindBands(table, inHand, bands);
  const choose = chooser(choice, bands, inHand, file);
  const found = customers.map((registers) => {
    inHand.set(registers);
    findBands(false);
    return choose();
  });
  assert.deepEqual(found, expected, JSON.stringify(cases));

  const graph = new ColumnGraph(file);
  const bandColumns = new BandColumns(table, graph, [], new Map());
  const chooseColumns = compileChooseColumns([choice], bandColumns, graph);
  graph.next(customers.length);
  for (const { slot } of file.all) {
    graph.columns[slot] = Float64Array.from(customers, (registers) => registers[slot]!);
  }
  bandColumns.look(0, table.banded.length);
  assert.deepEqual(
    [...chooseColumns(0).subarray(0, customers.length)],
    expected,
    JSON.stringify(cases),
  );
  return choice;
}

describe('a choice gives the outcome of the first case that holds, by row and by column', () => {
  it('whatever the expressions', () => {
    const random = seeded(4);
    let asTable = 0;
    for (let n = 0; n < 400; n++) {
      const cases = Array.from({ length: 1 + random(5) }, (_, outcome): Case => {
        return {
          expression: drawExpression(random, 3),
          truth: random(3) > 0 ? TRUE : FALSE,
          outcome,
        };
      });
      const customers = Array.from({ length: CUSTOMERS }, () => drawRegisters(random));
      if (check(cases, customers).table !== null) asTable += 1;
    }
    assert.ok(asTable > 100 && asTable < 390, `${asTable} as tables`);
  });

  it('where there would be too many cells', () => {
    const cases = Array.from({ length: 120 }, (_, n): Case => {
      const least = 40 - Math.floor(n / 3);
      const [name] = names.numbers.slice(n % 3);
      return {
        expression: { op: 'ge', args: [{ var: name! }, least] },
        truth: TRUE,
        outcome: n,
      };
    });
    const customers = [NaN, 0, 1, 17, 40, 41].map((value) => {
      const registers = file.fresh();
      names.numbers.forEach((name, n) => (registers[file.of(name).slot] = Math.max(0, value - n)));
      return registers;
    });
    assert.equal(check(cases, customers).table, null);
  });

  it('with a class for the bands that no case tells from each other', () => {
    const least = (value: number, outcome: number): Case => ({
      expression: { op: 'ge', args: [{ var: 'txn_month_avg' }, value] },
      truth: TRUE,
      outcome,
    });
    const random = seeded(5);
    const customers = Array.from({ length: CUSTOMERS }, () => drawRegisters(random));
    const other: Case = { expression: { var: 'owns_property' }, truth: FALSE, outcome: 7 };
    const { table } = check([least(4, 9), least(3, 8), other, least(1, 6)], customers);
    // Below 1 and unknown, below 3, below 4, from 4; FALSE, and what isn't.
    assert.equal(table?.cells, 4 * 2);
  });

  it('where one asks about one register in several ways', () => {
    const name = { var: 'txn_month_avg' };
    const oneOf = (values: number[], outcome: number): Case => ({
      expression: {
        op: 'and',
        args: [
          { op: 'ge', args: [name, 1] },
          { op: 'or', args: values.map((value) => ({ op: 'eq' as const, args: [name, value] })) },
        ],
      },
      truth: TRUE,
      outcome,
    });
    const random = seeded(6);
    const customers = Array.from({ length: CUSTOMERS }, () => drawRegisters(random));
    check([oneOf([2, 4], 1), oneOf([3, 5], 2)], customers);
  });
});
