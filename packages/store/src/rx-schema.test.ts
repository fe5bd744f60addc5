import { expect } from '@open-wc/testing';
import { collections, rxSchema } from '@liyu/model/schemas';
import type { JsonSchema } from '@liyu/model/schemas';
import type { Collection } from '@liyu/model';
import { addRxPlugin, createRxDatabase } from 'rxdb/plugins/core';
import type { RxCollection, RxDatabase } from 'rxdb/plugins/core';
import { RxDBDevModePlugin, disableWarnings } from 'rxdb/plugins/dev-mode';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { wrappedValidateZSchemaStorage } from 'rxdb/plugins/validate-z-schema';
import { deleteDatabases, remember } from './database-names.js';

// RxDB's own checks of schemas and a validating storage, over a real IndexedDB; never in a build.

disableWarnings();
addRxPlugin(RxDBDevModePlugin);

/** What the demo's customer has from the start. */
const SERVED = ['customers', 'assessments', 'entitlements', 'careEvents', 'surveys', 'policies'];

async function sampleOf(coll: string): Promise<Record<string, unknown>> {
  const answer = await fetch('/liyu/demo/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer: 'c-8f3a' }),
  });
  const { token } = (await answer.json()) as { token: string };
  const scope = coll === 'policies' ? 'g:policy' : 'c:c-8f3a';
  const page = await fetch('/liyu/sync/v1/pull', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ coll, scope, sv: 0, cp: null, limit: 1 }),
  });
  return ((await page.json()) as { documents: Record<string, unknown>[] }).documents[0]!;
}

/** A record with every field of a collection, by its schema. */
function exampleOf(schema: JsonSchema): unknown {
  const { anyOf, properties, items, additionalProperties, required } = schema;
  if (Array.isArray(schema.enum)) return (schema.enum as unknown[])[0];
  if (Array.isArray(anyOf)) return exampleOf((anyOf as JsonSchema[])[0]!);
  const [type] = [schema.type].flat();
  switch (type) {
    case 'object': {
      const members = properties ?? recordOf(required as string[], additionalProperties);
      return Object.fromEntries(
        Object.entries(members as Record<string, JsonSchema>).map(([name, child]) => [
          name,
          exampleOf(child),
        ]),
      );
    }
    case 'array':
      return [exampleOf(items as JsonSchema)];
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'string':
      if (schema.format === 'date') return '2026-11-22';
      return schema.format === 'date-time' ? '2026-11-22T01:02:03.000Z' : 'text';
    default:
      return { any: 'thing' };
  }
}

function recordOf(names: string[] = ['key'], schema: unknown): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, schema ?? {}]));
}

describe('the RxDB schema', () => {
  let number = 0;
  let name = '';
  let database: RxDatabase;
  beforeEach(async () => {
    name = `liyu-schema${Date.now()}${number++}`;
    database = await createRxDatabase({
      name,
      storage: wrappedValidateZSchemaStorage({
        storage: getRxStorageDexie({ onCreate: (_, indexedDb) => remember(name, indexedDb) }),
      }),
    });
  });
  afterEach(async () => {
    await database.close();
    await deleteDatabases(name);
  });

  async function add(collection: Collection): Promise<RxCollection<Record<string, unknown>>> {
    const schema = rxSchema(collection);
    // RxDB's dev mode wants one for each step; a mirror takes none (`openCollection`).
    const steps = Array.from({ length: schema.version }, (_, at) => [
      at + 1,
      (doc: unknown) => doc,
    ]);
    const added = await database.addCollections({
      [collection.name]: {
        schema: schema as never,
        autoMigrate: false,
        migrationStrategies: Object.fromEntries(steps) as never,
      },
    });
    return added[collection.name] as unknown as RxCollection<Record<string, unknown>>;
  }

  for (const name of SERVED) {
    it(`of ${name} takes a record of the server and gives it back`, async () => {
      const doc = await sampleOf(name);
      const added = await add(collections[name]!);
      await added.insert(doc);
      const found = await added.findOne(doc.id as string).exec();
      expect(found?.toMutableJSON()).to.deep.equal(doc);
    });
  }

  for (const collection of Object.values(collections)) {
    const example = () =>
      exampleOf(rxSchema(collection) as unknown as JsonSchema) as Record<string, unknown>;

    it(`of ${collection.name} takes a record with every field and gives it back`, async () => {
      const doc = example();
      const added = await add(collection);
      await added.insert(doc);
      const found = await added.findOne(doc.id as string).exec();
      expect(found?.toMutableJSON()).to.deep.equal(doc);
      expect(collection.schema.safeParse(doc).success).to.equal(true);
    });

    it(`of ${collection.name} refuses a record without one of its fields`, async () => {
      const added = await add(collection);
      const { rev: _rev, ...rest } = example();
      let refused = false;
      await added.insert(rest).catch(() => (refused = true));
      expect(refused).to.equal(true);
    });

    for (const index of collection.indexes) {
      it(`of ${collection.name} finds every record by ${index.join()}`, async () => {
        const doc = example();
        const added = await add(collection);
        await added.bulkInsert([doc, { ...doc, id: `${doc.id as string}-2` }]);
        const sort = index.map((key) => ({ [key]: 'desc' as const }));
        expect((await added.find({ sort }).exec()).length).to.equal(2);
      });
    }
  }
});
