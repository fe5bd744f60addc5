/** A name from the policy as an identifier. Throws a RangeError unless it's plain and PostgreSQL keeps all of it. */
export function quote(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,62}$/.test(name)) {
    throw new RangeError(`${name} can't name a column`);
  }
  return `"${name}"`;
}

/** A text as a string constant, whatever standard_conforming_strings says. */
export function textConstant(text: string): string {
  if (text.includes('\0')) throw new RangeError('PostgreSQL holds no text with a NUL');
  const doubled = text.replaceAll("'", "''");
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

export function jsonConstant(value: unknown): string {
  return `${textConstant(JSON.stringify(value))}::jsonb`;
}

/** A JSON array of those texts that aren't null, in order. */
export function jsonTexts(texts: readonly string[]): string {
  return `to_jsonb(array_remove(ARRAY[${texts.join(', ')}]::text[], NULL))`;
}

/** Arguments that PostgreSQL takes in a call are 100. */
const PAIRS = 50;

export function jsonObject(pairs: readonly (readonly [key: string, sql: string])[]): string {
  const calls: string[] = [];
  for (let at = 0; at === 0 || at < pairs.length; at += PAIRS) {
    const some = pairs.slice(at, at + PAIRS).map(([key, sql]) => `${textConstant(key)}, ${sql}`);
    calls.push(`jsonb_build_object(${some.join(', ')})`);
  }
  return calls.join(' || ');
}
