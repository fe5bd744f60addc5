import { expect } from '@open-wc/testing';
import { answered, docsOf, options, pause } from './fixtures/store.testing.js';
import { Store } from './store.js';

describe('a store that is closed', () => {
  const unhandled: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    unhandled.push(event.reason);
  };
  const noteError = (event: ErrorEvent) => {
    event.preventDefault();
    unhandled.push(event.error ?? event.message);
  };

  beforeEach(() => {
    unhandled.length = 0;
    window.addEventListener('unhandledrejection', note);
    window.addEventListener('error', noteError);
  });
  afterEach(() => {
    window.removeEventListener('unhandledrejection', note);
    window.removeEventListener('error', noteError);
  });

  it('at any moment after it opened leaves nothing that fails later', async () => {
    for (let n = 0; n < 24; n++) {
      const store = await Store.open(options('c-2b70'));
      const seen = store.watch('surveys').subscribe();
      const refused = store.watchRejection('surveys', 'x').subscribe();
      if (n % 4 === 3) {
        const [survey] = await docsOf(store, 'surveys');
        void store.write('surveys', answered(survey!)).catch(() => undefined);
      }
      await pause(n * 7);
      await store.logout({ discard: true });
      seen.unsubscribe();
      refused.unsubscribe();
    }
    await pause(300);
    expect(unhandled.map(String)).to.deep.equal([]);
  });

  it('while somebody begins to look at a refusal ends what they see', async () => {
    for (let n = 0; n < 20; n++) {
      const store = await Store.open(options('c-2b70'));
      const closing = n % 2 === 0 ? store.close() : null;
      const ended = new Promise<void>((resolve) => {
        store.watchRejection('surveys', 'x').subscribe({ complete: resolve });
      });
      await (closing ?? store.close());
      store.watchRejection('surveys', 'y').subscribe();
      await ended;
      await store.logout({ discard: true });
    }
    await pause(300);
    expect(unhandled.map(String)).to.deep.equal([]);
  });
});
