import type * as z from 'zod/mini';
import { fields } from './field.js';
import type { Audience, Role } from './field.js';

/** What every record of every collection has. */
export interface Doc {
  id: string;
  rev: number;
  [field: string]: unknown;
}

/** What a member of staff is there for; decides scopes and writes. */
export type Duty =
  | 'client-manager'
  | 'care-manager'
  | 'lobby'
  | 'counter'
  | 'complaints'
  | 'aml'
  | 'policy-maker'
  | 'policy-checker';

export interface Actor {
  role: Role;
  /** The customer who signed in; null for staff. */
  customer: string | null;
  /** Staff number, branch and duties; null and none for customers. */
  manager: string | null;
  branch: string | null;
  duties: readonly Duty[];
  /** Name of a member of staff, as customers know it; null for customers. */
  name: string | null;
}

/** A reference to a record of any collection, or to all of one collection. */
export interface DocRef {
  coll: string;
  /** Scope that the record is read in: `c:<customer>` or `g:policy`. */
  scope: string;
  /** Null asks for every record of the collection in the scope. */
  id: string | null;
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
  | {
      reject: string;
      /** A refused create that is kept all the same, with a state that says so. */
      master?: Doc;
    };

/**
 * Judges a write by a caller. `next` holds master's values in every field that the caller may not
 * write. `master` is null for a create. Pure, so that a browser can predict the server's answer.
 */
export type Rule = (master: Doc | null, next: Doc, context: RuleContext) => Verdict;

export interface CollectionDefinition {
  name: string;
  /** zod object of the whole record; each field registered in `fields`. */
  schema: z.ZodMiniObject;
  /** Version of the schema, from 0. Every change of the schema raises it by one. */
  version: number;
  /**
   * The oldest version that a server still serves, without the fields that came since; `version` unless
   * said. Older clients get 426.
   */
  oldest?: number;
  /** Indexes on the device, each a list of required top-level fields. */
  indexes: readonly (readonly string[])[];
  scopeOf: (doc: Doc) => string;
  /** Records the rule reads, under the lock of the scope. */
  related?: (next: Doc) => DocRef[];
  /** Without a rule no caller may write. */
  apply?: Rule;
  /**
   * Whether `held` already has what a caller `sent`, though the server has added to it. Without it that
   * is so when what the caller may write is equal.
   */
  contains?: (held: Doc, sent: Doc) => boolean;
  /**
   * Whether two edits of different fields of a record both hold. Otherwise an edit on top of a stale
   * record is a conflict, whatever it changed.
   */
  mergeFields?: true;
  /** Whether the scopes of managers and branches hold it too. */
  desk?: true;
  /** Whether the bank gets it by `liyu export`. */
  exported?: true;
}

export interface Collection extends CollectionDefinition {
  /** What each role may write: names of fields, those inside an object with a dot. */
  writable: Readonly<Record<Role, readonly string[]>>;
}

/**
 * Registers what the sync code needs to know of a collection. Throws when a field has no meta, or came
 * later and is not optional.
 */
export function defineCollection(definition: CollectionDefinition): Collection {
  return asKnownBy(definition, definition.version);
}

const earlier = new WeakMap<Collection, Map<number, Collection>>();

/**
 * The collection as a client knows it whose schema has that version: fields that came since are neither
 * shown nor written. Null for a version that a server can't serve.
 */
export function collectionAt(collection: Collection, version: number): Collection | null {
  const { version: newest, oldest = newest } = collection;
  if (version === newest) return collection;
  if (version > newest || version < oldest) return null;
  let known = earlier.get(collection);
  if (known === undefined) earlier.set(collection, (known = new Map<number, Collection>()));
  let found = known.get(version);
  if (found === undefined) known.set(version, (found = asKnownBy(collection, version)));
  return found;
}

function asKnownBy(definition: CollectionDefinition, version: number): Collection {
  const writable: Record<Role, string[]> = { customer: [], staff: [] };
  for (const [path, meta] of writablePaths(definition.name, definition.schema, '')) {
    if ((meta.since ?? 0) > version) continue;
    for (const role of meta.writable) writable[role].push(path);
  }
  return { ...definition, version, writable };
}

function* writablePaths(
  name: string,
  schema: z.ZodMiniObject,
  prefix: string,
): Generator<[path: string, meta: { writable: readonly Role[]; since?: number }]> {
  for (const [key, child] of Object.entries(schema.def.shape) as [string, z.ZodMiniType][]) {
    const path = `${prefix}${key}`;
    const meta = fields.get(child);
    if (meta === undefined) throw new Error(`${name}.${path} has no class and audience`);
    const { writable, since = 0 } = meta;
    if (since > 0 && !child.safeParse(undefined).success) {
      throw new Error(`${name}.${path} came with version ${since} and is not optional`);
    }
    if (writable !== undefined) yield [path, { writable, since }];
    else if (child.def.type === 'object') {
      yield* writablePaths(name, child as z.ZodMiniObject, `${path}.`);
    }
  }
}

/**
 * The record as `audience` may see it: fields of other audiences left out, at every depth, and those
 * that came after the collection's version.
 */
export function project(collection: Collection, doc: Doc, audience: Audience): Doc {
  return (projectionOf(collection, audience)?.(doc) ?? doc) as Doc;
}

/** What is left of a value for an audience. */
type Projection = (value: unknown) => unknown;

/** By collection and audience, worked out once; null where a value is given as it is. */
const projections = new WeakMap<Collection, Map<Audience, Projection | null>>();

function projectionOf(collection: Collection, audience: Audience): Projection | null {
  let known = projections.get(collection);
  if (known === undefined) {
    projections.set(collection, (known = new Map<Audience, Projection | null>()));
  }
  let found = known.get(audience);
  if (found === undefined) {
    const { schema, version } = collection;
    known.set(audience, (found = compileProjection(schema, audience, version)));
  }
  return found;
}

function compileProjection(
  schema: z.ZodMiniType,
  audience: Audience,
  version: number,
): Projection | null {
  const def = schema.def as {
    type: string;
    shape?: Record<string, z.ZodMiniType>;
    element?: z.ZodMiniType;
    innerType?: z.ZodMiniType;
  };
  if (def.innerType !== undefined) return compileProjection(def.innerType, audience, version);
  if (def.element !== undefined) {
    const item = compileProjection(def.element, audience, version);
    return item && ((value) => (Array.isArray(value) ? value.map(item) : value));
  }
  if (def.shape === undefined) return null;
  const visible = Object.entries(def.shape)
    .filter(([, child]) => {
      const meta = fields.get(child);
      return meta?.audience.includes(audience) === true && (meta.since ?? 0) <= version;
    })
    .map(([name, child]) => ({ name, inner: compileProjection(child, audience, version) }));
  return (value) => {
    if (value === null || typeof value !== 'object') return value;
    const all = value as Record<string, unknown>;
    const out: Record<string, unknown> = {};
    for (const { name, inner } of visible) {
      const one = all[name];
      if (one === undefined && !(name in all)) continue;
      out[name] = inner === null ? one : inner(one);
    }
    return out;
  };
}
