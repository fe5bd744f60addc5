import type { LocalDoc } from './database.js';

/** What staff look for in a collection of their desk, and by what they sort it. */
export interface Searchable {
  /** Short texts that a search is compared with. */
  texts(doc: LocalDoc): readonly unknown[];
  /** What a record is sorted by. A missing value comes last. */
  keys: Readonly<Record<string, (doc: LocalDoc) => unknown>>;
}

/** Digits at the end of a phone number that a search finds; the others are masked. */
const TAIL = 4;

/** The value at a path of names. */
function at(doc: LocalDoc, ...names: string[]): unknown {
  let value: unknown = doc;
  for (const name of names) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value;
}

/** Both languages of a localized text. */
function both(value: unknown): unknown[] {
  return value !== null && typeof value === 'object' ? Object.values(value) : [value];
}

export const searchables: Readonly<Record<string, Searchable>> = {
  customers: {
    texts: (doc) => [
      doc.id,
      doc.name,
      typeof doc.phone === 'string' ? doc.phone.slice(-TAIL) : null,
      at(doc, 'branch', 'id'),
      ...both(at(doc, 'branch', 'name')),
      at(doc, 'tier', 'rung'),
      ...both(at(doc, 'tier', 'label')),
    ],
    keys: {
      id: (doc) => doc.id,
      name: (doc) => doc.name,
      branch: (doc) => at(doc, 'branch', 'id'),
      rung: (doc) => at(doc, 'tier', 'rung'),
      since: (doc) => doc.since,
    },
  },
  careEvents: {
    texts: (doc) => [doc.customer, doc.on, doc.state, ...both(doc.title), doc.ownerName],
    keys: {
      id: (doc) => doc.id,
      customer: (doc) => doc.customer,
      on: (doc) => doc.on,
      state: (doc) => doc.state,
    },
  },
  cases: {
    texts: (doc) => [doc.customer, doc.kind, doc.topic, doc.state, doc.receipt, doc.handler],
    keys: {
      id: (doc) => doc.id,
      customer: (doc) => doc.customer,
      openedAt: (doc) => doc.openedAt,
      dueOn: (doc) => doc.dueOn,
      state: (doc) => doc.state,
    },
  },
};

/** A text as searches are compared: without differences of case and width. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
