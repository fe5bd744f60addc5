import type { Expression, Operator } from '@liyu/policy';
import { encode } from '../registers.js';
import type { Register, RegisterFile } from '../registers.js';
import { FALSE, TRUE, UNKNOWN, flagOf } from '../truth.js';
import type { Truth } from '../truth.js';
import { unknownIn } from './metric-column.js';
import type { MetricColumn, NarrowColumn } from './metric-column.js';

/** Customers whose values are in hand at a time: all columns of a chunk stay near the processor. */
export const CHUNK = 4096;

/** Unknown for everyone. */
export const UNKNOWN_COLUMN = new Float64Array(CHUNK).fill(NaN);

/** One register for every customer of the chunk. */
export type Column = Float64Array;

/** A condition for every customer of the chunk, worked out when it is first read there. */
export interface Kernel {
  /** Truth by customer; of this chunk once `read` was called. */
  read: () => Uint8Array;
}

type Comparison = Exclude<Operator, 'and' | 'or' | 'not' | 'mul' | 'true'>;

/**
 * The expressions of a policy over columns. Terms that stand in several of them are worked out once a chunk.
 */
export class ColumnGraph {
  /** By slot; a column may be a part of what the caller gave. */
  readonly columns: MetricColumn[];
  /** By slot: what the unknown of a narrow column stands for, NaN or what metrics.json `nullMeans` says. */
  readonly unknownMeans: Float64Array;
  /** Customers in the chunk. */
  count = 0;
  #chunk = 0;
  /** By slot: a narrow column of this chunk as numbers, once it was asked for. */
  readonly #widened = new Map<number, { column: Column; chunk: number }>();
  readonly #kernels = new Map<string, Kernel>();

  constructor(private readonly file: RegisterFile) {
    this.columns = file.all.map(() => UNKNOWN_COLUMN);
    this.unknownMeans = file.fresh();
  }

  register(name: string): Register {
    return this.file.of(name);
  }

  /** Begins another chunk: nothing that was worked out holds any more. */
  next(count: number): void {
    this.count = count;
    this.#chunk += 1;
  }

  /** The register's numbers, NaN where unknown. */
  numbers(slot: number): Column {
    const column = this.columns[slot]!;
    if (column instanceof Float64Array) return column;
    let own = this.#widened.get(slot);
    if (own === undefined) {
      own = { column: new Float64Array(CHUNK), chunk: 0 };
      this.#widened.set(slot, own);
    }
    if (own.chunk !== this.#chunk) {
      own.chunk = this.#chunk;
      widen(column, unknownIn(column), this.unknownMeans[slot]!, own.column, this.count);
    }
    return own.column;
  }

  condition(expression: Expression): Kernel {
    const key = JSON.stringify(expression);
    const known = this.#kernels.get(key);
    if (known !== undefined) return known;
    const out = new Uint8Array(CHUNK);
    const run = this.#condition(expression, out);
    let done = 0;
    const kernel: Kernel = {
      read: () => {
        if (done !== this.#chunk) {
          done = this.#chunk;
          run();
        }
        return out;
      },
    };
    this.#kernels.set(key, kernel);
    return kernel;
  }

  /** A number by customer: a register, a constant, a product, or a condition as a flag. */
  quantity(expression: Expression): () => Column {
    if (typeof expression !== 'object') {
      const constant = new Float64Array(CHUNK).fill(Number(expression));
      return () => constant;
    }
    if ('var' in expression) {
      const { slot } = this.file.of(expression.var);
      return () => this.numbers(slot);
    }
    if (expression.op !== 'mul') {
      const kernel = this.condition(expression);
      const numbers = new Float64Array(CHUNK);
      return () => {
        const truths = kernel.read();
        for (let i = 0; i < this.count; i++) numbers[i] = flagOf(truths[i]! as Truth);
        return numbers;
      };
    }
    const args = expression.args ?? [];
    const constant = args.reduce<number>(
      (product, arg) => (typeof arg === 'object' ? product : product * Number(arg)),
      1,
    );
    const factors = args.filter((arg) => typeof arg === 'object').map((arg) => this.quantity(arg));
    const [first, ...others] = factors;
    if (first === undefined) return this.quantity(constant);
    const out = new Float64Array(CHUNK);
    return () => {
      scale(first(), constant, out, this.count);
      for (const other of others) multiply(other(), out, this.count);
      return out;
    };
  }

  /** A condition as a column of flags. */
  flags(expression: Expression): () => Uint8Array {
    const kernel = this.condition(expression);
    const out = new Uint8Array(CHUNK);
    return () => {
      setFlags(kernel.read(), out, this.count);
      return out;
    };
  }

  #condition(expression: Expression, out: Uint8Array): () => void {
    if (typeof expression === 'boolean') return () => out.fill(expression ? TRUE : FALSE);
    if (typeof expression !== 'object') throw new RangeError(`${expression} is no condition`);
    if ('var' in expression) {
      const { slot } = this.file.of(expression.var);
      return () => {
        const flags = this.numbers(slot);
        for (let i = 0; i < this.count; i++) {
          const flag = flags[i]!;
          out[i] = flag === 1 ? TRUE : flag === 0 ? FALSE : UNKNOWN;
        }
      };
    }
    const args = expression.args ?? [];
    switch (expression.op) {
      case 'true':
        return () => out.fill(TRUE);
      case 'not': {
        const term = this.condition(args[0]!);
        return () => {
          const truth = term.read();
          for (let i = 0; i < this.count; i++) out[i] = TRUE - truth[i]!;
        };
      }
      case 'and':
        return this.#junction(args, out, least);
      case 'or':
        return this.#junction(args, out, greatest);
      case 'mul':
        throw new RangeError('mul gives a number, not a condition');
      default:
        return this.#comparison(expression.op, args[0]!, args[1]!, out);
    }
  }

  /** `and` is the least truth, `or` the greatest. */
  #junction(args: readonly Expression[], out: Uint8Array, merge: typeof least): () => void {
    const [first, ...others] = args.map((arg) => this.condition(arg));
    return () => {
      out.set(first!.read());
      for (const other of others) {
        merge(other.read(), out, this.count);
      }
    };
  }

  #comparison(op: Comparison, left: Expression, right: Expression, out: Uint8Array): () => void {
    if (typeof left === 'object' && 'var' in left && typeof right !== 'object' && op === 'ge') {
      // Nearly all of them.
      const register = this.file.of(left.var);
      const constant = encode(register, right);
      const { slot } = register;
      return () => reaches(this.numbers(slot), constant, out, this.count);
    }
    const a = this.quantity(this.#coded(left, right));
    const b = this.quantity(this.#coded(right, left));
    const compare = COMPARE[op];
    return () => compare(a(), b(), out, this.count);
  }

  /** A constant as the register that it is compared with holds it. */
  #coded(expression: Expression, other: Expression): Expression {
    if (typeof expression === 'object') return expression;
    return typeof other === 'object' && 'var' in other
      ? encode(this.file.of(other.var), expression)
      : Number(expression);
  }
}

// Comparisons are added up as numbers: a branch on values that nobody can foresee costs more than both sides
// of it. TRUE is 2, UNKNOWN 1, FALSE 0. Each loop stands for itself, since a comparison passed in is a call.

function scale(column: Column, by: number, out: Column, count: number): void {
  for (let i = 0; i < count; i++) out[i] = by * column[i]!;
}

function multiply(column: Column, out: Column, count: number): void {
  for (let i = 0; i < count; i++) out[i] = out[i]! * column[i]!;
}

function setFlags(truths: Uint8Array, flags: Uint8Array, count: number): void {
  for (let i = 0; i < count; i++) flags[i] = flagByteOf(truths[i]!);
}

/** Without a branch: 1, 0, and all bits where unknown. */
export function flagByteOf(truth: number): number {
  return (truth >> 1) | -(truth & UNKNOWN);
}

function widen(
  column: NarrowColumn,
  unknown: number,
  means: number,
  out: Column,
  count: number,
): void {
  for (let i = 0; i < count; i++) out[i] = column[i] === unknown ? means : column[i]!;
}

function reaches(column: Column, constant: number, out: Uint8Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const value = column[i]!;
    out[i] = UNKNOWN + Number(value >= constant) - Number(value < constant);
  }
}

type Compare = (a: Column, b: Column, out: Uint8Array, count: number) => void;

const COMPARE: Record<Comparison, Compare> = {
  ge: (a, b, out, count) => {
    for (let i = 0; i < count; i++) {
      out[i] = UNKNOWN + Number(a[i]! >= b[i]!) - Number(a[i]! < b[i]!);
    }
  },
  gt: (a, b, out, count) => {
    for (let i = 0; i < count; i++) {
      out[i] = UNKNOWN + Number(a[i]! > b[i]!) - Number(a[i]! <= b[i]!);
    }
  },
  le: (a, b, out, count) => {
    for (let i = 0; i < count; i++) {
      out[i] = UNKNOWN + Number(a[i]! <= b[i]!) - Number(a[i]! > b[i]!);
    }
  },
  lt: (a, b, out, count) => {
    for (let i = 0; i < count; i++) {
      out[i] = UNKNOWN + Number(a[i]! < b[i]!) - Number(a[i]! >= b[i]!);
    }
  },
  eq: (a, b, out, count) => {
    for (let i = 0; i < count; i++) {
      const x = a[i]!;
      const y = b[i]!;
      out[i] = UNKNOWN + Number(x === y) - Number(x < y) - Number(x > y);
    }
  },
};

function least(truth: Uint8Array, out: Uint8Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = Math.min(out[i]!, truth[i]!);
}

function greatest(truth: Uint8Array, out: Uint8Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = Math.max(out[i]!, truth[i]!);
}
