// Loops over customers of a chunk. Each is a function of its own, so that it is compiled for the kinds of column that
// it sees, and they keep their lists, one of a kind for all registers: V8 then knows what they are and where. No branch
// on values, which nobody can foresee: a comparison is a number to add up.
import { MOST_BANDS } from '../bands.js';
import { OUTSIDE } from '../factor-table.js';
import { outsideOf } from './check-columns.js';
import { CHUNK } from './column-graph.js';
import type { Column } from './column-graph.js';

/** Numbers that a byte can be. */
const BYTES = 256;

/** Edges that are compared in one pass. */
export const WIDTH = 5;

/** A column of bytes and the place of its register. */
export interface Placed {
  column: Uint8Array;
  place: number;
}

export type BandLoops = ReturnType<typeof compileBandLoops>;

export function compileBandLoops(
  /** How many registers there are. */
  places: number,
) {
  const sums = new Int32Array(CHUNK);
  const bands = new Uint8Array(CHUNK * places);
  const earned = new Int32Array(MOST_BANDS * places);
  // The last earns nothing.
  const earnedByByte = new Int32Array(BYTES * (places + 1));
  const part = <List extends Uint8Array | Int32Array>(list: List, size: number) =>
    Array.from({ length: places }, (_, n) => list.subarray(n * size, (n + 1) * size) as List);

  return {
    /** By customer what the registers earn. */
    sums,
    /** By place of a register and customer. */
    bands: part(bands, CHUNK),
    /** By place of a register, what its bands earn, and what the numbers of its column of bytes do. */
    earned: part(earned, MOST_BANDS),
    earnedByByte: part(earnedByByte, BYTES),
    /** Where fewer than four are to be added. */
    nothing: { column: new Uint8Array(CHUNK), place: places } satisfies Placed,

    addBytes(
      { column: a, place: placeA }: Placed,
      { column: b, place: placeB }: Placed,
      { column: c, place: placeC }: Placed,
      { column: d, place: placeD }: Placed,
      count: number,
    ): void {
      const ofA = placeA * BYTES;
      const ofB = placeB * BYTES;
      const ofC = placeC * BYTES;
      const ofD = placeD * BYTES;
      for (let i = 0; i < count; i++) {
        sums[i] =
          sums[i]! +
          earnedByByte[ofA + a[i]!]! +
          earnedByByte[ofB + b[i]!]! +
          earnedByByte[ofC + c[i]!]! +
          earnedByByte[ofD + d[i]!]!;
      }
    },

    addWords(column: Uint16Array, bandOf: Uint8Array, place: number, count: number): void {
      const own = place * CHUNK;
      const earns = place * MOST_BANDS;
      for (let i = 0; i < count; i++) {
        const band = bandOf[column[i]!]!;
        bands[own + i] = band;
        sums[i] = sums[i]! + earned[earns + band]!;
      }
    },

    /** Adds to the bands how many of five edges are reached. */
    compare(
      column: Column,
      place: number,
      count: number,
      a: number,
      b: number,
      c: number,
      d: number,
      e: number,
    ): void {
      const own = place * CHUNK;
      for (let i = 0; i < count; i++) {
        bands[own + i] = bands[own + i]! + reachedBy(column[i]!, a, b, c, d, e);
      }
    },

    /** The same, and then adds what each customer's band earns, and OUTSIDE for what no metric of at most `most` is. */
    compareLast(
      column: Column,
      place: number,
      count: number,
      most: number,
      a: number,
      b: number,
      c: number,
      d: number,
      e: number,
    ): void {
      const own = place * CHUNK;
      const earns = place * MOST_BANDS;
      const half = most / 2;
      for (let i = 0; i < count; i++) {
        const value = column[i]!;
        const band = bands[own + i]! + reachedBy(value, a, b, c, d, e);
        bands[own + i] = band;
        sums[i] = sums[i]! + earned[earns + band]! + outsideOf(value, half) * OUTSIDE;
      }
    },
  };
}

/** How many of the edges a number reaches; an unknown reaches none. */
function reachedBy(value: number, a: number, b: number, c: number, d: number, e: number): number {
  return (
    Number(value >= a) +
    Number(value >= b) +
    Number(value >= c) +
    Number(value >= d) +
    Number(value >= e)
  );
}
