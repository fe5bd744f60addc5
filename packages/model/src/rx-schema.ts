import * as z from 'zod/mini';
import type { Collection } from './define-collection.js';
import { ID_LENGTH } from './primitives.js';

/** JSON schema as RxDB takes it. */
export interface RxSchema {
  version: number;
  primaryKey: 'id';
  type: 'object';
  additionalProperties: false;
  properties: Record<string, JsonSchema>;
  required: string[];
  indexes: (string | string[])[];
}
export type JsonSchema = Record<string, unknown>;

/**
 * The RxDB schema of a collection. RxDB wants a maxLength on the key and on indexed strings, refuses
 * a `pattern` beside a `format` and `$schema`, and hides documents whose indexed field is optional:
 * such an index throws here.
 */
export function rxSchema(collection: Collection): RxSchema {
  const json = z.toJSONSchema(collection.schema, { io: 'output', target: 'draft-7' }) as {
    properties: Record<string, JsonSchema>;
    required?: string[];
  };
  const properties = mapValues(json.properties, tidy);
  const required = json.required ?? [];
  const indexes = collection.indexes.map((index) => {
    for (const name of index) {
      const property = properties[name];
      if (property === undefined || !required.includes(name) || property.type === undefined) {
        throw new Error(
          `${collection.name}: index on ${name}, which is not a required plain field`,
        );
      }
      if (property.type === 'string')
        property.maxLength ??= property.format === 'date' ? 10 : ID_LENGTH;
    }
    return index.length === 1 ? index[0]! : [...index];
  });
  return {
    version: collection.version,
    primaryKey: 'id',
    type: 'object',
    additionalProperties: false,
    properties,
    required,
    indexes,
  };
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== 'object') return value;
  const out: JsonSchema = {};
  for (const [key, child] of Object.entries(value)) {
    if (key === '$schema' || key === 'propertyNames') continue;
    if (key === 'pattern' && 'format' in value) continue;
    out[key] = tidy(child);
  }
  return out;
}

function mapValues(record: Record<string, JsonSchema>, map: (value: unknown) => unknown) {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, map(value) as JsonSchema]),
  );
}
