/** Unknown is NaN, or the highest number that a column of whole numbers holds. */
export type MetricColumn = Float64Array | NarrowColumn;
/** For small numbers, flags and enumerations: several times as fast. */
export type NarrowColumn = Uint8Array | Uint16Array;

/**
 * Columns of metrics by their names, all of one length, coded as registers are: an integer as it is, a flag
 * as 1 or 0, a value of an enumeration as its place in the metric's `values`; unknown is NaN in a
 * Float64Array, 255 in a Uint8Array, 65535 in a Uint16Array. A left-out column is unknown for everyone.
 */
export type Columns = Readonly<Record<string, MetricColumn>>;

/** The unknown of a narrow column; every smaller number is a value. */
export function unknownIn(column: NarrowColumn): number {
  return 2 ** (8 * column.BYTES_PER_ELEMENT) - 1;
}
