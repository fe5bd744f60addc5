/** Longest time that a page is kept waiting, in milliseconds. */
const SLICE_MS = 8;

/** Lets the page do what waits. */
export async function yieldToPage(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

/** The same as `items.sort(compare)`, without keeping the page waiting. */
export async function sortSmoothly<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Promise<T[]> {
  let began = performance.now();
  const rest = async () => {
    if (performance.now() - began < SLICE_MS) return;
    await yieldToPage();
    began = performance.now();
  };
  let runs: T[][] = [];
  for (let i = 0; i < items.length; i += RUN) {
    runs.push(items.slice(i, i + RUN).sort(compare));
    await rest();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const [left, right = []] = [runs[i]!, runs[i + 1]];
      const out: T[] = [];
      let [l, r] = [0, 0];
      while (l < left.length && r < right.length) {
        out.push(compare(left[l]!, right[r]!) <= 0 ? left[l++]! : right[r++]!);
        if (out.length % RUN === 0) await rest();
      }
      while (l < left.length) out.push(left[l++]!);
      while (r < right.length) out.push(right[r++]!);
      merged.push(out);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Items that are sorted at a time. */
const RUN = 256;
