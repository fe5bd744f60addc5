/** NUL, and halves of surrogate pairs: PostgreSQL stores neither in text or jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Whether every string in a JSON value, keys included, can be stored. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !UNSTORABLE.test(value);
  if (Array.isArray(value)) return value.every(isStorable);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, child]) => isStorable(key) && isStorable(child));
}
