/** The document whose `key` is the greatest; null of none. The first of equal ones. */
export function newest<T>(docs: readonly T[], key: (doc: T) => string): T | null {
  let found: T | null = null;
  for (const doc of docs) {
    if (found === null || key(doc) > key(found)) found = doc;
  }
  return found;
}

/** Whether `date`, or what stands for it, is the older one; null is no date. */
export function oldest(...dates: readonly (string | null | undefined)[]): string | null {
  return dates.reduce<string | null>(
    (least, date) => (date != null && (least === null || date < least) ? date : least),
    null,
  );
}
