// V8 remembers, for each place in the source that touches a property, where objects have it. A place that
// touches ever other names remembers none, and each costs a search. So here each name of a list has a place to
// itself, and each list of names a function to itself, which keeps a frozen copy: V8 takes what is in it for
// constants. Names come from asKey.
import type { Value } from './registers.js';

type Texts = readonly string[];

/** Gives the values of an object. */
export type ReadValues = (object: Readonly<Record<string, unknown>>) => unknown[];

/**
 * Reads the values of the names, in their order, and leaves some room behind them. In a new array: what is put in
 * one that has been there for long, V8 has to remember. Names beyond the places take the long way.
 */
export function compileReadValues(list: Texts): ReadValues {
  const names = Object.freeze([...list]);
  const n = names.length;
  return (object) => {
    const values = [
      n > 0 ? object[names[0]!] : undefined,
      n > 1 ? object[names[1]!] : undefined,
      n > 2 ? object[names[2]!] : undefined,
      n > 3 ? object[names[3]!] : undefined,
      n > 4 ? object[names[4]!] : undefined,
      n > 5 ? object[names[5]!] : undefined,
      n > 6 ? object[names[6]!] : undefined,
      n > 7 ? object[names[7]!] : undefined,
      n > 8 ? object[names[8]!] : undefined,
      n > 9 ? object[names[9]!] : undefined,
      n > 10 ? object[names[10]!] : undefined,
      n > 11 ? object[names[11]!] : undefined,
      n > 12 ? object[names[12]!] : undefined,
      n > 13 ? object[names[13]!] : undefined,
      n > 14 ? object[names[14]!] : undefined,
      n > 15 ? object[names[15]!] : undefined,
      n > 16 ? object[names[16]!] : undefined,
      n > 17 ? object[names[17]!] : undefined,
      n > 18 ? object[names[18]!] : undefined,
      n > 19 ? object[names[19]!] : undefined,
      n > 20 ? object[names[20]!] : undefined,
      n > 21 ? object[names[21]!] : undefined,
      n > 22 ? object[names[22]!] : undefined,
      n > 23 ? object[names[23]!] : undefined,
      n > 24 ? object[names[24]!] : undefined,
      n > 25 ? object[names[25]!] : undefined,
      n > 26 ? object[names[26]!] : undefined,
      n > 27 ? object[names[27]!] : undefined,
      n > 28 ? object[names[28]!] : undefined,
      n > 29 ? object[names[29]!] : undefined,
      n > 30 ? object[names[30]!] : undefined,
      n > 31 ? object[names[31]!] : undefined,
      n > 32 ? object[names[32]!] : undefined,
      n > 33 ? object[names[33]!] : undefined,
      n > 34 ? object[names[34]!] : undefined,
      n > 35 ? object[names[35]!] : undefined,
    ];
    for (let i = 36; i < n; i++) values[i] = object[names[i]!];
    return values;
  };
}

/** Gives the object it was given, filled. */
export type FillPoints = (object: Record<string, number>) => Record<string, number>;

/** Sets the names to the points of the cells in the same order. */
export function compileFillPoints(list: Texts, points: Uint8Array, cells: Int32Array): FillPoints {
  const names = Object.freeze([...list]);
  const n = names.length;
  return (object) => {
    if (n > 0) object[names[0]!] = points[cells[0]!]!;
    if (n > 1) object[names[1]!] = points[cells[1]!]!;
    if (n > 2) object[names[2]!] = points[cells[2]!]!;
    if (n > 3) object[names[3]!] = points[cells[3]!]!;
    if (n > 4) object[names[4]!] = points[cells[4]!]!;
    if (n > 5) object[names[5]!] = points[cells[5]!]!;
    if (n > 6) object[names[6]!] = points[cells[6]!]!;
    if (n > 7) object[names[7]!] = points[cells[7]!]!;
    if (n > 8) object[names[8]!] = points[cells[8]!]!;
    if (n > 9) object[names[9]!] = points[cells[9]!]!;
    if (n > 10) object[names[10]!] = points[cells[10]!]!;
    if (n > 11) object[names[11]!] = points[cells[11]!]!;
    if (n > 12) object[names[12]!] = points[cells[12]!]!;
    if (n > 13) object[names[13]!] = points[cells[13]!]!;
    if (n > 14) object[names[14]!] = points[cells[14]!]!;
    if (n > 15) object[names[15]!] = points[cells[15]!]!;
    if (n > 16) object[names[16]!] = points[cells[16]!]!;
    if (n > 17) object[names[17]!] = points[cells[17]!]!;
    if (n > 18) object[names[18]!] = points[cells[18]!]!;
    if (n > 19) object[names[19]!] = points[cells[19]!]!;
    if (n > 20) object[names[20]!] = points[cells[20]!]!;
    if (n > 21) object[names[21]!] = points[cells[21]!]!;
    if (n > 22) object[names[22]!] = points[cells[22]!]!;
    if (n > 23) object[names[23]!] = points[cells[23]!]!;
    for (let i = 24; i < n; i++) object[names[i]!] = points[cells[i]!]!;
    return object;
  };
}

/** Gives the object it was given, filled. */
export type FillInputs = (
  object: Record<string, Value>,
  values: readonly Value[],
) => Record<string, Value>;

/** Sets the names to the values in the same order. */
export function compileFillInputs(list: Texts): FillInputs {
  const names = Object.freeze([...list]);
  const n = names.length;
  return (object, values) => {
    if (n > 0) object[names[0]!] = values[0]!;
    if (n > 1) object[names[1]!] = values[1]!;
    if (n > 2) object[names[2]!] = values[2]!;
    if (n > 3) object[names[3]!] = values[3]!;
    if (n > 4) object[names[4]!] = values[4]!;
    if (n > 5) object[names[5]!] = values[5]!;
    if (n > 6) object[names[6]!] = values[6]!;
    if (n > 7) object[names[7]!] = values[7]!;
    if (n > 8) object[names[8]!] = values[8]!;
    if (n > 9) object[names[9]!] = values[9]!;
    if (n > 10) object[names[10]!] = values[10]!;
    if (n > 11) object[names[11]!] = values[11]!;
    if (n > 12) object[names[12]!] = values[12]!;
    if (n > 13) object[names[13]!] = values[13]!;
    if (n > 14) object[names[14]!] = values[14]!;
    if (n > 15) object[names[15]!] = values[15]!;
    if (n > 16) object[names[16]!] = values[16]!;
    if (n > 17) object[names[17]!] = values[17]!;
    if (n > 18) object[names[18]!] = values[18]!;
    if (n > 19) object[names[19]!] = values[19]!;
    if (n > 20) object[names[20]!] = values[20]!;
    if (n > 21) object[names[21]!] = values[21]!;
    if (n > 22) object[names[22]!] = values[22]!;
    if (n > 23) object[names[23]!] = values[23]!;
    if (n > 24) object[names[24]!] = values[24]!;
    if (n > 25) object[names[25]!] = values[25]!;
    if (n > 26) object[names[26]!] = values[26]!;
    if (n > 27) object[names[27]!] = values[27]!;
    if (n > 28) object[names[28]!] = values[28]!;
    if (n > 29) object[names[29]!] = values[29]!;
    if (n > 30) object[names[30]!] = values[30]!;
    if (n > 31) object[names[31]!] = values[31]!;
    if (n > 32) object[names[32]!] = values[32]!;
    if (n > 33) object[names[33]!] = values[33]!;
    if (n > 34) object[names[34]!] = values[34]!;
    if (n > 35) object[names[35]!] = values[35]!;
    if (n > 36) object[names[36]!] = values[36]!;
    if (n > 37) object[names[37]!] = values[37]!;
    if (n > 38) object[names[38]!] = values[38]!;
    if (n > 39) object[names[39]!] = values[39]!;
    for (let i = 40; i < n; i++) object[names[i]!] = values[i]!;
    return object;
  };
}

/** Null by name, to be copied and filled. The copies keep their shape whatever they are filled with. */
export function emptyInputs(names: Texts): Record<string, Value> {
  const inputs = compact<Value>(names, null);
  // Each name has held values of every kind.
  for (const value of [1, 0.5, true, '', null]) for (const name of names) inputs[name] = value;
  return { ...inputs };
}

/** The same value by name, to be copied. V8 keeps all values of what was parsed in the object itself. */
export function compact<T>(names: Texts, value: T): Record<string, T> {
  const object = Object.fromEntries(names.map((name) => [name, value]));
  return JSON.parse(JSON.stringify(object)) as Record<string, T>;
}
