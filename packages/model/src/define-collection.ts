import type * as z from 'zod/mini';
import { fields } from './field.js';
import type { Audience } from './field.js';

/** What every record of every collection has. */
export interface Doc {
  id: string;
  rev: number;
  [field: string]: unknown;
}

export interface Actor {
  role: 'customer' | 'staff';
  /** The customer who signed in, for role customer. */
  customer: string | null;
}

/** A reference to a record of any collection. */
export interface DocRef {
  coll: string;
  /** Scope that the record is read in: `c:<customer>` or `g:policy`. */
  scope: string;
  id: string;
}

export interface RuleContext {
  actor: Actor;
  /** Moment of the server's receipt, ISO 8601 in UTC. In a browser, the predicted one. */
  now: string;
  /** The records that `related` asked for, by `coll/id`; a missing one is absent. */
  related: ReadonlyMap<string, Doc>;
}

export type Verdict =
  | {
      /** The record as it is to be stored; `rev` is set by the server. */
      master: Doc;
      /** Other records that change with it, in the same transaction. */
      also: { coll: string; doc: Doc }[];
    }
  | { reject: string };

/**
 * Judges a write by a caller. `next` holds master's values in every field that the caller may not
 * write. `master` is null for a create. Pure, so that a browser can predict the server's answer.
 */
export type Rule = (master: Doc | null, next: Doc, context: RuleContext) => Verdict;

export interface CollectionDefinition {
  name: string;
  /** zod object of the whole record; each field registered in `fields`. */
  schema: z.ZodMiniObject;
  /** Version of the schema, from 0. A server answers older clients that it can't serve with 426. */
  version: number;
  /** Indexes on the device, each a list of required top-level fields. */
  indexes: readonly (readonly string[])[];
  scopeOf: (doc: Doc) => string;
  /** Records the rule reads, under the lock of the scope. */
  related?: (next: Doc) => DocRef[];
  /** Without a rule no caller may write. */
  apply?: Rule;
}

export interface Collection extends CollectionDefinition {
  /** Names of the top-level fields that a customer may write. */
  writable: readonly string[];
}

/** Registers what the sync code needs to know of a collection. Throws when a field has no meta. */
export function defineCollection(definition: CollectionDefinition): Collection {
  const writable: string[] = [];
  for (const [name, schema] of Object.entries(definition.schema.def.shape)) {
    const meta = fields.get(schema);
    if (meta === undefined) throw new Error(`${definition.name}.${name} has no class and audience`);
    if (meta.writable === true) writable.push(name);
  }
  return { ...definition, writable };
}

/** The record as `audience` may see it: fields of other audiences left out, at every depth. */
export function project(collection: Collection, doc: Doc, audience: Audience): Doc {
  return projectValue(collection.schema, doc, audience) as Doc;
}

function projectValue(schema: unknown, value: unknown, audience: Audience): unknown {
  const def = (schema as z.ZodMiniType).def as {
    type: string;
    shape?: Record<string, z.ZodMiniType>;
    element?: z.ZodMiniType;
    innerType?: z.ZodMiniType;
  };
  if (value === null || typeof value !== 'object') return value;
  if (def.innerType !== undefined) return projectValue(def.innerType, value, audience);
  if (def.element !== undefined && Array.isArray(value)) {
    const { element } = def;
    return value.map((item) => projectValue(element, item, audience));
  }
  if (def.shape === undefined) return value;
  const out: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(def.shape)) {
    if (!(name in value) || fields.get(child)?.audience.includes(audience) !== true) continue;
    out[name] = projectValue(child, (value as Record<string, unknown>)[name], audience);
  }
  return out;
}
