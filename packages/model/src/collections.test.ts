import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod/mini';
import { collections } from './collections.js';
import { defineCollection, project } from './define-collection.js';
import type { Doc } from './define-collection.js';
import { exampleOf } from './example.testing.js';
import { field, fields } from './field.js';
import type { Role } from './field.js';
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
});

describe('what is written', () => {
  const written = (role: Role) =>
    Object.fromEntries(
      Object.values(collections)
        .map(({ name, writable }) => [name, writable[role]] as const)
        .filter(([, paths]) => paths.length > 0),
    );

  it('by customers is what they decide themselves', () => {
    assert.deepEqual(written('customer'), {
      customers: [
        'locale',
        'preferences.channel',
        'preferences.contactTime',
        'preferences.care',
        'preferences.surveys',
        'preferences.personalised',
      ],
      redemptions: ['kind', 'benefit', 'points', 'requestedAt'],
      surveys: ['state', 'answers', 'callBack', 'submittedAt'],
      cases: ['kind', 'topic', 'about', 'text', 'state', 'openedAt', 'steps'],
      offers: ['feedback'],
    });
  });

  it('by staff is how work ends and what they note', () => {
    assert.deepEqual(written('staff'), {
      redemptions: ['state'],
      careEvents: ['state'],
      cases: ['state', 'steps'],
      archive: ['kind', 'text'],
    });
  });

  it('is judged by a rule, in every collection that has such a field', () => {
    for (const { name, writable, apply } of Object.values(collections)) {
      const isWritten = writable.customer.length + writable.staff.length > 0;
      assert.equal(apply !== undefined, isWritten, name);
    }
  });
});

describe('where records go', () => {
  const names = (flag: 'desk' | 'exported' | 'mergeFields') =>
    Object.values(collections)
      .filter((collection) => collection[flag] === true)
      .map(({ name }) => name);

  it('is the desks of managers and branches for what they look after', () => {
    assert.deepEqual(names('desk'), ['customers', 'careEvents', 'cases']);
  });

  it('is the bank for what customers did', () => {
    assert.deepEqual(names('exported'), ['customers', 'redemptions', 'surveys', 'cases']);
  });

  it('is field by field for preferences alone', () => {
    assert.deepEqual(names('mergeFields'), ['customers']);
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

/** Paths of `value` under `schema`, with the audience of each field. */
function* audiencesIn(
  schema: unknown,
  value: unknown,
  path: string,
): Generator<[path: string, audience: readonly string[]]> {
  const { def } = schema as { def: Record<string, unknown> };
  if (value === null || typeof value !== 'object') return;
  if (def.innerType !== undefined) yield* audiencesIn(def.innerType, value, path);
  else if (Array.isArray(value)) {
    for (const item of value) yield* audiencesIn(def.element, item, `${path}[]`);
  } else if (def.shape !== undefined) {
    for (const [name, child] of Object.entries(value)) {
      const member = (def.shape as Record<string, z.ZodMiniType>)[name]!;
      yield [`${path}.${name}`, fields.get(member)?.audience ?? []];
      yield* audiencesIn(member, child, `${path}.${name}`);
    }
  }
}

describe("a customer's view", () => {
  for (const collection of Object.values(collections)) {
    const whole = exampleOf(collection.schema) as Doc;
    const paths = (doc: Doc) => [...audiencesIn(collection.schema, doc, collection.name)];

    it(`of ${collection.name} has every field for customers and no other`, () => {
      assert.equal(collection.schema.safeParse(whole).success, true);
      const open = paths(whole).filter(([path]) => isOpen(path, paths(whole)));
      assert.deepEqual(paths(project(collection, whole, 'customer')), open);
    });

    it(`of ${collection.name} lacks nothing that its schema asks for`, () => {
      const view = project(collection, whole, 'customer');
      const isHidden = Object.keys(view).length === 0;
      assert.equal(collection.schema.safeParse(view).success, !isHidden);
    });
  }

  /** Whether customers may read a path and all that it lies in. */
  function isOpen(path: string, all: [string, readonly string[]][]): boolean {
    return all.every(([other, audience]) => !within(path, other) || audience.includes('customer'));
  }
  const within = (path: string, other: string) =>
    path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[]`);

  it('has nothing of the archive', () => {
    const { archive } = collections;
    assert.deepEqual(project(archive!, exampleOf(archive!.schema) as Doc, 'customer'), {});
  });

  it('does not say what staff know of a birthday', () => {
    const { customers } = collections;
    const whole = exampleOf(customers!.schema) as Doc;
    assert.ok('birthday' in whole && 'birthdayCalendar' in whole, 'in the whole');
    const view = project(customers!, whole, 'customer');
    assert.ok(!('birthday' in view || 'birthdayCalendar' in view), 'in the view');
  });
});

describe('anti-money-laundering', () => {
  it('has no field in any record, for nobody', () => {
    for (const collection of Object.values(collections)) {
      for (const { path, shape } of objectsOf(collection.schema, collection.name)) {
        for (const [name, schema] of Object.entries(shape)) {
          assert.doesNotMatch(`${path}.${name}`, /aml|launder|suspicious|sanction/i);
          const audience = fields.get(schema as z.ZodMiniType)?.audience;
          assert.equal(audience?.includes('aml'), false, `${path}.${name}`);
        }
      }
    }
  });
});
