/** What a data property holds: one record, or a list of them. */
export type DataKind = 'record' | 'list';
export type DataKinds = Readonly<Record<string, DataKind>>;

/**
 * Data that the page wrote into the element, as a `<script type="application/json">` child whose keys
 * are the names of data properties. Null without such a child; a fault when it isn't JSON, has none of
 * the keys, or has a value of the wrong kind. Other keys are left out.
 */
export function readJsonChild(
  host: Element,
  kinds: DataKinds,
): Readonly<Record<string, unknown>> | 'fault' | null {
  const script = host.querySelector(':scope > script[type="application/json"]');
  if (script === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(script.textContent ?? '');
  } catch {
    return 'fault';
  }
  if (!isRecord(parsed)) return 'fault';
  const given = Object.entries(parsed).filter(([key]) => Object.keys(kinds).includes(key));
  const fits = given.every(([key, value]) => value === null || isOfKind(value, kinds[key]));
  return given.length > 0 && fits ? Object.fromEntries(given) : 'fault';
}

function isOfKind(value: unknown, kind: DataKind | undefined): boolean {
  return kind === 'list' ? Array.isArray(value) && value.every(isRecord) : isRecord(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
