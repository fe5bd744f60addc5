import { expect } from '@open-wc/testing';
import { collections, rxSchema } from '@liyu/model/schemas';
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
    const added = await database.addCollections({
      [collection.name]: { schema: rxSchema(collection) as never },
    });
    return added[collection.name] as unknown as RxCollection<Record<string, unknown>>;
  }

  for (const collection of Object.values(collections)) {
    it(`of ${collection.name} takes a record of the server and gives it back`, async () => {
      const doc = await sampleOf(collection.name);
      const added = await add(collection);
      await added.insert(doc);
      const found = await added.findOne(doc.id as string).exec();
      expect(found?.toMutableJSON()).to.deep.equal(doc);
    });

    it(`of ${collection.name} refuses a record without one of its fields`, async () => {
      const doc = await sampleOf(collection.name);
      const added = await add(collection);
      const { rev: _rev, ...rest } = doc;
      let refused = false;
      await added.insert(rest).catch(() => (refused = true));
      expect(refused).to.equal(true);
    });

    for (const index of collection.indexes) {
      it(`of ${collection.name} finds every record by ${index.join()}`, async () => {
        const doc = await sampleOf(collection.name);
        const added = await add(collection);
        await added.bulkInsert([doc, { ...doc, id: `${doc.id as string}-2` }]);
        const sort = index.map((key) => ({ [key]: 'desc' as const }));
        expect((await added.find({ sort }).exec()).length).to.equal(2);
      });
    }
  }
});
