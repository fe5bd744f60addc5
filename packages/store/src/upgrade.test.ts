import { expect } from '@open-wc/testing';
import { docsOf, options, ownSurvey, pause, until } from './fixtures/store.testing.js';
import { Store } from './store.js';

// A page whose surveys the real server doesn't serve: what it asks for is changed on its way there.

const CUSTOMER = 'c-2b70';

describe('a page that the server tells that it is too old', () => {
  const { fetch } = window;
  let isOld = true;
  let streams = 0;
  /** Breaks the open stream off. */
  let cut: () => void = () => undefined;
  let store: Store;

  beforeEach(() => {
    isOld = true;
    streams = 0;
    window.fetch = (input, init) => {
      const address = String(input);
      if (address.includes('/events?')) {
        streams += 1;
        const broken = new AbortController();
        cut = () => broken.abort();
        init?.signal?.addEventListener('abort', cut);
        const asked = isOld ? address.replace('surveys.0', 'surveys.9') : address;
        return fetch(asked, { ...init, signal: broken.signal });
      }
      if (!isOld || typeof init?.body !== 'string') return fetch(input, init);
      const body = init.body.replace(/("coll":"surveys","scope":"[^"]*","sv":)0/, '$19');
      return fetch(input, { ...init, body });
    };
  });
  afterEach(async () => {
    window.fetch = fetch;
    await store.close();
    await store.logout({ discard: true });
  });

  const open = async (collection: string) => {
    isOld = false;
    store = await Store.open(options(CUSTOMER));
    const docs = await docsOf(store, 'surveys');
    await docsOf(store, collection);
    await until(() => store.currentStatus.state === 'ready', 'ready');
    isOld = true;
    return docs[0]!;
  };
  const states = () => {
    const seen: string[] = [];
    store.status.subscribe(({ state }) => seen.push(state));
    return seen;
  };

  it('says so while the rest goes on, keeps what is written and opens no stream after stream', async () => {
    const survey = await open('customers');
    cut();
    await until(() => store.currentStatus.state === 'upgrade', 'upgrade');
    const seen = states();
    expect((await docsOf(store, 'assessments')).length).to.be.above(0);
    await store.write('surveys', ownSurvey(survey));
    await pause(3_000);
    expect(streams).to.equal(2);
    expect(await store.pendingCount()).to.equal(1);
    expect([...new Set(seen)]).to.deep.equal(['upgrade']);
  });

  it('goes on by itself when a server serves it again, with what was written meanwhile', async () => {
    const survey = await open('customers');
    cut();
    await until(() => store.currentStatus.state === 'upgrade', 'upgrade');
    const wrote = ownSurvey(survey);
    await store.write('surveys', wrote);
    await pause(500);
    isOld = false;
    cut();
    await until(
      async () => (await docsOf(store, 'surveys')).find((doc) => doc.id === wrote.id)?.receipt,
      'delivered',
    );
    await until(() => store.currentStatus.state === 'ready', 'ready');
    expect(await store.pendingCount()).to.equal(0);
  });

  it('says nothing of a collection that no tab shows', async () => {
    window.fetch = (
      (original) => (input, init) =>
        original(String(input).replace('cases.0', 'cases.9'), init)
    )(window.fetch);
    isOld = false;
    store = await Store.open(options(CUSTOMER));
    await docsOf(store, 'customers');
    const seen = states();
    cut();
    await until(() => streams === 2, 'another stream');
    await pause(500);
    expect(seen).not.to.include('upgrade');
  });
});
