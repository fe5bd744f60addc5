import type { Expression, PolicyFiles } from '@liyu/policy';

/** A metric or derived value; null is unknown. */
export type Value = number | boolean | string | null;

/**
 * The values of one customer as numbers, one register a name: an integer as it is, a flag as 1 or 0, a
 * value of an enumeration as its place in the list, NaN where unknown. Any comparison with NaN fails,
 * which is what SQL's null does to a WHERE.
 */
export type Registers = Float64Array;

/** What a name can be. */
export interface Register {
  name: string;
  slot: number;
  type: 'int' | 'bool' | 'enum';
  /** Of an enumeration. */
  values: readonly string[];
}

export interface RegisterFiles
  extends
    Pick<PolicyFiles, 'metrics' | 'scorecard' | 'tier-ladder'>,
    Partial<Pick<PolicyFiles, 'value-grade' | 'risk-grade'>> {}

/**
 * Gives every name that an expression may read (metrics.json `exprRule`) a register: metrics, derived
 * values, and what later stages leave.
 */
export class RegisterFile {
  readonly all: readonly Register[];
  readonly #byName: ReadonlyMap<string, Register>;

  constructor(files: RegisterFiles) {
    const { metrics, scorecard } = files;
    const credit = files['risk-grade']?.dimensions.find(({ id }) => id === 'CREDIT');
    const outs = (rules: readonly { out: string }[] = []) => [...new Set(rules.map((r) => r.out))];
    const names: Omit<Register, 'slot'>[] = [
      ...metrics.metrics.map(({ id, type, values }) => ({ name: id, type, values: values ?? [] })),
      ...scorecard.derived.map(({ id, expr }) => ({ name: id, type: typeOf(expr), values: [] })),
      { name: 'knockout', type: 'bool', values: [] },
      { name: 'score', type: 'int', values: [] },
      { name: 'class', type: 'enum', values: files['tier-ladder'].classes.map(({ id }) => id) },
      { name: 'valueGrade', type: 'enum', values: outs(files['value-grade']?.rules) },
      { name: 'creditRisk', type: 'enum', values: outs(credit?.rules) },
    ];
    this.all = names.map(({ name, type, values }, slot) => {
      // Written out, so that all have one shape, which spread doesn't give.
      return { name: asKey(name), slot, type, values };
    });
    this.#byName = new Map(this.all.map((one) => [one.name, one]));
  }

  /** Throws a RangeError for a name that nothing defines. */
  of(name: string): Register {
    const found = this.#byName.get(name);
    if (found === undefined) throw new RangeError(`${name} is defined nowhere`);
    return found;
  }

  /** Registers with the values of these names; the others are unknown. */
  load(values: Readonly<Record<string, Value>>): Registers {
    const registers = this.fresh();
    for (const [name, value] of Object.entries(values)) {
      const register = this.#byName.get(name);
      if (register !== undefined && value !== null)
        registers[register.slot] = encode(register, value);
    }
    return registers;
  }

  fresh(): Registers {
    return new Float64Array(this.all.length).fill(NaN);
  }
}

/**
 * The text as V8 keeps names of properties, one copy for all: such texts compare by identity, and find their
 * property without being hashed. Texts from JSON.parse are none.
 */
export function asKey(text: string): string {
  return Object.keys({ [text]: 0 })[0]!;
}

/** A constant as a register of that kind would hold it; -1, which no register holds, where none would. */
export function encode({ type, values }: Register, constant: number | boolean | string): number {
  if (typeof constant === 'number') return type === 'int' ? constant : -1;
  if (typeof constant === 'boolean') return type === 'bool' ? Number(constant) : -1;
  return values.indexOf(constant);
}

export function decode({ type, values }: Register, code: number): Value {
  if (Number.isNaN(code)) return null;
  if (type === 'bool') return code === 1;
  return type === 'enum' ? values[code]! : code;
}

function typeOf(expression: Expression): 'int' | 'bool' {
  if (typeof expression === 'number') return 'int';
  return typeof expression === 'object' && 'op' in expression && expression.op === 'mul'
    ? 'int'
    : 'bool';
}
