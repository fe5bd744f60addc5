import { expect } from '@open-wc/testing';
import { firstValueFrom } from 'rxjs';
import { filter } from 'rxjs/operators';
import type { LocalDoc } from './database.js';
import { answered, docsOf, options, ownSurvey, pause, until } from './fixtures/store.testing.js';
import { Store } from './store.js';

// What a server or a network may answer, between a store and the real server.

type Body = Record<string, unknown>;
type Fault = (
  path: string,
  body: Body,
  send: (changed?: Body) => Promise<Response>,
) => Promise<Response> | null;

describe('a store whose server or network', () => {
  const real = window.fetch;
  const opened: Store[] = [];
  const open = async (...args: Parameters<typeof options>) => {
    const store = await Store.open(options(...args));
    opened.push(store);
    return store;
  };
  /** Answers some requests otherwise; null leaves one to the server. */
  const withFault = (fault: Fault) => {
    window.fetch = (input, init) => {
      const path = /\/sync\/v1\/(pull|push)$/.exec(String(input))?.[1];
      if (path === undefined) return real(input, init);
      const body = JSON.parse(String(init?.body)) as Body;
      const send = (changed = body) => real(input, { ...init, body: JSON.stringify(changed) });
      return fault(path, body, send) ?? real(input, init);
    };
  };
  const rejectionOf = (store: Store, id: string) =>
    firstValueFrom(store.watchRejection('surveys', id).pipe(filter((value) => value !== null)));
  const delivered = (store: Store, id: string) =>
    until(async () => {
      const docs = await docsOf(store, 'surveys');
      return docs.find((doc) => doc.id === id)?.receivedAt != null;
    }, 'delivered');

  afterEach(async () => {
    window.fetch = real;
    const stores = opened.splice(0);
    for (const store of stores) await store.close();
    for (const store of stores) await store.logout({ discard: true });
  });

  it('takes only one row at a time, gets them all', async () => {
    const store = await open('c-2b70');
    const [survey] = await docsOf(store, 'surveys');
    const batches: number[] = [];
    let isClosed = true;
    withFault((path, { rows }) => {
      if (path !== 'push') return null;
      if (isClosed) return Promise.reject(new TypeError('offline'));
      const { length } = rows as unknown[];
      batches.push(length);
      return length > 1 ? Promise.resolve(new Response('{}', { status: 413 })) : null;
    });
    const written = [1, 2, 3].map(() => ownSurvey(survey!));
    for (const doc of written) await store.write('surveys', doc);
    isClosed = false;
    window.dispatchEvent(new Event('online'));
    for (const { id } of written) await delivered(store, id);
    expect(Math.max(...batches)).to.be.above(1);
  });

  it('finds a single record too large, refuses it by name and takes what is written after it', async () => {
    const store = await open('c-2b70');
    const [survey] = await docsOf(store, 'surveys');
    const [large, small] = [ownSurvey(survey!), ownSurvey(survey!)];
    withFault((path, { rows }) =>
      path === 'push' && JSON.stringify(rows).includes(large.id)
        ? Promise.resolve(new Response('{}', { status: 413 }))
        : null,
    );
    await store.write('surveys', large);
    const rejection = await rejectionOf(store, large.id);
    expect(rejection.code).to.equal('too_large');
    expect(rejection.doc.answers).to.deep.equal(large.answers);
    await store.write('surveys', small);
    await delivered(store, small.id);
    await until(async () => (await store.pendingCount()) === 0, 'nothing waits');
  });

  it('answers a write with a record that this version cannot read, tells so and goes on', async () => {
    const store = await open('c-77e2');
    const [survey] = await docsOf(store, 'surveys');
    let pushes = 0;
    withFault((path, { rows }) => {
      if (path !== 'push') return null;
      pushes += 1;
      const [row] = rows as { newDocumentState: LocalDoc }[];
      const strange = { id: row!.newDocumentState.id, rev: 9, state: 'of-tomorrow' };
      return Promise.resolve(new Response(JSON.stringify({ conflicts: [strange], rejects: [] })));
    });
    const wrote = { ...answered(survey!), answers: { q1: 4 } };
    await store.write('surveys', wrote);
    const rejection = await rejectionOf(store, wrote.id);
    expect(rejection.code).to.equal('conflict');
    expect(rejection.doc.answers).to.deep.equal({ q1: 4 });
    expect(store.currentStatus.quarantined).to.be.above(0);
    await until(async () => (await store.pendingCount()) === 0, 'nothing waits');
    await pause(1_500);
    expect(pushes).to.equal(1);
  });

  it('has it wait, is asked again no sooner', async () => {
    const store = await open('c-2b70');
    const [survey] = await docsOf(store, 'surveys');
    const times: number[] = [];
    withFault((path) => {
      if (path !== 'push') return null;
      times.push(performance.now());
      return times.length === 1
        ? Promise.resolve(new Response('{}', { status: 429, headers: { 'Retry-After': '2' } }))
        : null;
    });
    const wrote = ownSurvey(survey!);
    await store.write('surveys', wrote);
    await delivered(store, wrote.id);
    expect(times[1]! - times[0]!).to.be.within(2_000, 8_000);
  });
});
