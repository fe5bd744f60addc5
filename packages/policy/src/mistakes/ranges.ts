/** A half-open range of whole numbers; `hi` null has no end. */
export interface Range {
  lo: number;
  hi: number | null;
}

/**
 * What is wrong with ranges that are to follow each other in this order: gaps, overlaps, empty ones,
 * and values below the first, from `start` on, or above the last. `noun` names one of them.
 */
export function rangeFaults(ranges: readonly Range[], noun: string, start: number): string[] {
  const faults: string[] = [];
  let edge = start;
  for (const { lo, hi } of ranges) {
    const end = hi ?? Infinity;
    if (end <= lo) faults.push(`a ${noun} from ${lo} ends at ${end}, not above it`);
    if (lo > edge) faults.push(`a gap: values from ${edge} up to ${lo} have no ${noun}`);
    if (lo < edge) {
      const until = Math.min(edge, end);
      const to = until === Infinity ? 'on' : `up to ${until}`;
      faults.push(
        lo < start
          ? `a ${noun} starts at ${lo}, below ${start}`
          : `an overlap: values from ${lo} ${to} have two ${noun}s`,
      );
    }
    edge = Math.max(edge, end);
  }
  if (edge !== Infinity) faults.push(`values from ${edge} on have no ${noun}`);
  return faults;
}
