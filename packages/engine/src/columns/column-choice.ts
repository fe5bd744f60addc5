import { ALWAYS, lesser, whereHeld } from '../choice.js';
import type { BitCases, Choice } from '../choice.js';
import type { BandColumns } from './band-columns.js';
import { CHUNK } from './column-graph.js';
import type { ColumnGraph } from './column-graph.js';

/** Decides for every customer of the chunk, once the bands that the cases ask about are found. */
export class ColumnChoice {
  readonly #facts = new Int32Array(CHUNK);
  readonly #found = new Int32Array(CHUNK);
  /** By customer the outcome. */
  readonly find: () => Int32Array;

  constructor({ cases, outcomes, bits }: Choice, bands: BandColumns, graph: ColumnGraph) {
    const none = cases.length;
    if (bits === null) {
      const kernels = cases.map(({ expression, truth }) => {
        return { holds: graph.condition(expression), truth };
      });
      this.find = () => {
        const found = this.#found.fill(outcomes[none]!);
        for (let at = none - 1; at >= 0; at--) {
          const { holds, truth } = kernels[at]!;
          const truths = holds.read();
          for (let i = 0; i < graph.count; i++) if (truths[i] === truth) found[i] = outcomes[at]!;
        }
        return found;
      };
      return;
    }
    const told = bits.told.map(({ place, facts }) => {
      return { bands: bands.of(place), values: Int32Array.from(facts) };
    });
    const alone = bits.alone.map(({ place, first }) => {
      return { bands: bands.of(place), values: Int32Array.from(first) };
    });
    const [only] = told;
    if (told.length === 1 && alone.length === 0) {
      const byBand = only!.values.map((facts) => outcomes[firstHeld(bits.steps, facts, none)]!);
      this.find = () => {
        look(only!.bands, byBand, this.#found, graph.count);
        return this.#found;
      };
      return;
    }
    if (told.length % 2 === 1)
      told.push({ bands: new Uint8Array(CHUNK), values: Int32Array.of(0) });
    const steps = [...bits.steps];
    while (steps.length % 4 !== 0) steps.push({ all: 0, any: 0, at: none });
    this.find = () => {
      const { count } = graph;
      const facts = this.#facts.fill(ALWAYS);
      for (let n = 0; n < told.length; n += 2) {
        const [one, other] = [told[n]!, told[n + 1]!];
        gather(one.bands, one.values, other.bands, other.values, facts, count);
      }
      const found = this.#found.fill(none);
      for (let n = 0; n < steps.length; n += 4) {
        tryFour(facts, none, steps[n]!, steps[n + 1]!, steps[n + 2]!, steps[n + 3]!, found, count);
      }
      for (const one of alone) keepLesser(one.bands, one.values, found, count);
      settle(found, outcomes, count);
      return found;
    };
  }
}

type Step = BitCases['steps'][number];

function firstHeld(steps: readonly Step[], facts: number, none: number): number {
  const known = facts | ALWAYS;
  return steps.find(({ all, any }) => whereHeld(known, all, any) !== 0)?.at ?? none;
}

// Loops of their own, so that each is compiled for the kinds of column it sees.

function look(bands: Uint8Array, values: Int32Array, found: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) found[i] = values[bands[i]!]!;
}

function gather(
  bands: Uint8Array,
  bits: Int32Array,
  otherBands: Uint8Array,
  otherBits: Int32Array,
  facts: Int32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    facts[i] = facts[i]! | bits[bands[i]!]! | otherBits[otherBands[i]!]!;
  }
}

function tryFour(
  facts: Int32Array,
  none: number,
  { all: allA, any: anyA, at: a }: Step,
  { all: allB, any: anyB, at: b }: Step,
  { all: allC, any: anyC, at: c }: Step,
  { all: allD, any: anyD, at: d }: Step,
  found: Int32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const known = facts[i]!;
    const one = lesser(
      none + ((a - none) & whereHeld(known, allA, anyA)),
      none + ((b - none) & whereHeld(known, allB, anyB)),
    );
    const other = lesser(
      none + ((c - none) & whereHeld(known, allC, anyC)),
      none + ((d - none) & whereHeld(known, allD, anyD)),
    );
    found[i] = lesser(found[i]!, lesser(one, other));
  }
}

function keepLesser(bands: Uint8Array, values: Int32Array, found: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) found[i] = lesser(found[i]!, values[bands[i]!]!);
}

function settle(found: Int32Array, outcomes: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) found[i] = outcomes[found[i]!]!;
}
