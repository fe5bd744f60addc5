import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod/mini';
import { collections } from './collections.js';
import { defineCollection, project } from './define-collection.js';
import type { Doc } from './define-collection.js';
import { field, fields } from './field.js';
import { date, id } from './primitives.js';
import { rxSchema } from './rx-schema.js';
import type { JsonSchema } from './rx-schema.js';

const meta = { cls: 'C1', audience: ['customer'], unit: 'text', doc: 'x' } as const;

/** Every object of a schema with the name it has. */
function objectsOf(
  schema: unknown,
  path: string,
): { path: string; shape: Record<string, unknown> }[] {
  const { shape, element, innerType } = (schema as { def: Record<string, unknown> }).def;
  if (innerType !== undefined) return objectsOf(innerType, path);
  if (element !== undefined) return objectsOf(element, `${path}[]`);
  if (shape === undefined) return [];
  const members = shape as Record<string, unknown>;
  const below = Object.entries(members).flatMap(([name, child]) =>
    objectsOf(child, `${path}.${name}`),
  );
  return [{ path, shape: members }, ...below];
}

describe('every collection', () => {
  for (const collection of Object.values(collections)) {
    it(`${collection.name}: each field, at every depth, has class, audience, unit and doc`, () => {
      for (const { path, shape } of objectsOf(collection.schema, collection.name)) {
        for (const [name, schema] of Object.entries(shape)) {
          const found = fields.get(schema as z.ZodMiniType);
          assert.ok(found !== undefined, `${path}.${name}`);
          assert.ok(
            ['C1', 'C2'].includes(found.cls) && found.audience.length > 0,
            `${path}.${name}`,
          );
          assert.ok(found.doc.length > 3 && found.unit.length > 0, `${path}.${name}`);
        }
      }
    });

    it(`${collection.name}: becomes a schema that RxDB takes`, () => {
      const schema = rxSchema(collection);
      assert.equal(schema.properties.id?.maxLength, 96);
      assert.equal(schema.additionalProperties, false);
      for (const index of schema.indexes.flat()) {
        assert.ok(schema.required.includes(index), index);
        assert.ok(Number(schema.properties[index]?.maxLength) > 0, index);
      }
      const walk = (value: unknown): void => {
        if (value === null || typeof value !== 'object') return;
        const node = value as JsonSchema;
        assert.ok(!('pattern' in node && 'format' in node), 'a pattern beside a format');
        assert.ok(!('$schema' in node) && !('$ref' in node));
        Object.values(node).forEach(walk);
      };
      walk(schema);
    });
  }

  it('has exactly one that customers write to', () => {
    const written = Object.values(collections).filter(
      (collection) => collection.apply !== undefined,
    );
    assert.deepEqual(
      written.map((collection) => collection.name),
      ['surveys'],
    );
    assert.deepEqual(written[0]?.writable, ['state', 'answers', 'callBack', 'submittedAt']);
  });
});

describe('defineCollection', () => {
  it('refuses a field that says nothing of itself', () => {
    const schema = z.object({ id: field(id, meta), rev: z.int() });
    assert.throws(
      () => defineCollection({ name: 'x', schema, version: 0, indexes: [], scopeOf: () => 'c:1' }),
      /x\.rev has no class and audience/,
    );
  });

  it('refuses an index that would hide documents', () => {
    const schema = z.object({ id: field(id, meta), on: field(z.optional(date), meta) });
    const collection = defineCollection({
      name: 'x',
      schema,
      version: 0,
      indexes: [['on']],
      scopeOf: () => 'c:1',
    });
    assert.throws(() => rxSchema(collection), /index on on/);
  });
});

describe('project', () => {
  const staff = { ...meta, audience: ['staff'] } as const;
  const both = { ...meta, audience: ['customer', 'staff'] } as const;
  const inner = z.object({ open: field(z.string(), both), secret: field(z.string(), staff) });
  const collection = defineCollection({
    name: 'x',
    version: 0,
    indexes: [],
    scopeOf: () => 'c:1',
    schema: z.object({
      id: field(id, both),
      rev: field(z.int(), both),
      note: field(z.string(), staff),
      aml: field(z.string(), { ...meta, audience: ['aml'] }),
      one: field(z.nullable(inner), both),
      many: field(z.array(inner), both),
    }),
  });
  const doc = {
    id: '1',
    rev: 1,
    note: 'n',
    aml: 'HIGH',
    one: { open: 'a', secret: 'b' },
    many: [{ open: 'c', secret: 'd' }],
    unknown: 'u',
  } as Doc;

  it('leaves out what an audience may not read, at every depth, and what no schema knows', () => {
    assert.deepEqual(project(collection, doc, 'customer'), {
      id: '1',
      rev: 1,
      one: { open: 'a' },
      many: [{ open: 'c' }],
    });
    assert.deepEqual(project(collection, doc, 'staff'), {
      id: '1',
      rev: 1,
      note: 'n',
      one: { open: 'a', secret: 'b' },
      many: [{ open: 'c', secret: 'd' }],
    });
  });

  it('keeps null where a record is missing', () => {
    assert.equal(project(collection, { ...doc, one: null }, 'customer').one, null);
  });
});
