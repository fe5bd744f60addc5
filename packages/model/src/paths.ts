type Rec = Readonly<Record<string, unknown>>;

/** The values at `paths` (`a` or `a.b`) that a record has, by path. */
export function pickPaths(record: Rec, paths: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const path of paths) {
    const dot = path.indexOf('.');
    const holder = dot < 0 ? record : record[path.slice(0, dot)];
    const name = path.slice(dot + 1);
    if (isRecord(holder) && Object.prototype.hasOwnProperty.call(holder, name)) {
      picked[path] = holder[name];
    }
  }
  return picked;
}

/** A copy of a record with the values of `picked` at their paths. */
export function withPaths<T extends Rec>(record: T, picked: Rec): T {
  const copy: Record<string, unknown> = { ...record };
  for (const [path, value] of Object.entries(picked)) {
    const dot = path.indexOf('.');
    if (dot < 0) {
      copy[path] = value;
      continue;
    }
    const head = path.slice(0, dot);
    const inner = copy[head];
    copy[head] = { ...(isRecord(inner) ? inner : {}), [path.slice(dot + 1)]: value };
  }
  return copy as T;
}

function isRecord(value: unknown): value is Rec {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
