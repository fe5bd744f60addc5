import { expect } from '@open-wc/testing';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { databaseName, partName, remember } from './database-names.js';
import {
  breakNetwork,
  docsOf,
  idbNames,
  ownSurvey,
  uniqueSubject,
  until,
} from './fixtures/store.testing.js';
import { closeTabs, openTab } from './fixtures/tab.testing.js';
import type { Store } from './store.js';

// Pages of two releases, of which the later knows another schema of the surveys.

const CUSTOMER = 'c-2b70';

function delivered(store: Store, id: string): Promise<unknown> {
  return until(async () => {
    const docs = await docsOf(store, 'surveys');
    return docs.find((doc) => doc.id === id)?.receivedAt != null;
  }, 'delivered');
}

describe('a page of a later release', () => {
  afterEach(closeTabs);

  it('delivers what one before left unsent, and leaves nothing of its records', async () => {
    const subject = uniqueSubject();
    const before = await openTab(CUSTOMER, { subject });
    const [survey] = await docsOf(before.store, 'surveys');
    breakNetwork(before.page);
    const wrote = ownSurvey(survey!);
    await before.store.write('surveys', wrote);
    before.crash();
    const { store } = await openTab(CUSTOMER, { subject }, 1);
    expect(await store.pendingCount()).to.equal(1);
    await delivered(store, wrote.id);
    await until(async () => (await store.pendingCount()) === 0, 'nothing waits');
    const name = await databaseName('/liyu', subject);
    await until(
      async () => !(await idbNames()).some((item) => item.startsWith(`rxdb-dexie-${name}--`)),
      'the records of the one before are gone',
    );
  });

  it('takes over from one that is open, which says so and loses nothing that is still written', async () => {
    const subject = uniqueSubject();
    const before = await openTab(CUSTOMER, { subject });
    const [survey] = await docsOf(before.store, 'surveys');
    const later = await openTab(CUSTOMER, { subject }, 1);
    await docsOf(later.store, 'surveys');
    await until(() => before.store.currentStatus.state === 'upgrade', 'the one before says so');
    expect(later.store.currentStatus.state).not.to.equal('upgrade');
    const wrote = ownSurvey(survey!);
    await before.store.write('surveys', wrote);
    await delivered(later.store, wrote.id);
    expect(before.store.currentStatus.state).to.equal('upgrade');
  });

  it('may be taken back: the one before opens again and goes on', async () => {
    const subject = uniqueSubject();
    const later = await openTab(CUSTOMER, { subject }, 1);
    const [survey] = await docsOf(later.store, 'surveys');
    breakNetwork(later.page);
    const wrote = ownSurvey(survey!);
    await later.store.write('surveys', wrote);
    later.crash();
    const { store } = await openTab(CUSTOMER, { subject });
    await delivered(store, wrote.id);
  });

  it('that finds records of another schema under its own version pulls them anew', async () => {
    const subject = uniqueSubject();
    const name = await databaseName('/liyu', subject);
    const strange = await createRxDatabase({
      name: partName(name, 0),
      storage: getRxStorageDexie({ onCreate: (_, indexedDb) => remember(name, indexedDb) }),
      localDocuments: true,
    });
    await strange.addCollections({
      surveys: {
        schema: {
          version: 0,
          primaryKey: 'id',
          type: 'object',
          properties: { id: { type: 'string', maxLength: 96 }, pending: { type: 'boolean' } },
        },
      },
    });
    await strange.close();
    const { store } = await openTab(CUSTOMER, { subject });
    expect((await docsOf(store, 'surveys')).length).to.be.above(0);
  });
});
