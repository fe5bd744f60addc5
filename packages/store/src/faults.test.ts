import { expect } from '@open-wc/testing';
import { firstValueFrom } from 'rxjs';
import { filter } from 'rxjs/operators';
import { databaseName } from './database-names.js';
import type { LocalDoc } from './database.js';
import {
  answered,
  breakNetwork,
  docsOf,
  idbNames,
  options,
  ownSurvey,
  pause,
  uniqueSubject,
  until,
} from './fixtures/store.testing.js';
import { Store } from './store.js';
import type { Wiped } from './wiped.js';

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
  /** Takes no push but of these records; gives how often one was refused. */
  const refusePushes = (but: readonly LocalDoc[], headers: Record<string, string> = {}) => {
    let refusals = 0;
    withFault((path, { rows }) => {
      const text = JSON.stringify(rows ?? null);
      if (path !== 'push' || but.some(({ id }) => text.includes(id))) return null;
      refusals += 1;
      return Promise.resolve(new Response('{}', { status: 503, headers }));
    });
    return () => refusals;
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

  const answers: [what: string, answer: () => Response][] = [
    ['HTML', () => new Response('<!doctype html><h1>Login</h1>')],
    ['null', () => new Response('null')],
    ['a list', () => new Response('[]')],
    ['no checkpoint', () => new Response('{"documents":[],"more":false}')],
    ['a version in words', () => new Response('{"documents":[],"checkpoint":{"e":"1","v":"2"}}')],
    [
      'a record without an id',
      () => new Response('{"documents":[{"rev":1}],"checkpoint":{"e":1,"v":2},"more":false}'),
    ],
    ['half an answer', () => new Response('{"documents":[{"id":"s-')],
    ['a 502 in HTML', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ];
  for (const [what, answer] of answers) {
    it(`answers a pull with ${what}, is asked again and loses nothing`, async () => {
      let isBad = true;
      withFault((path, { coll }) => {
        if (path !== 'pull' || coll !== 'surveys' || !isBad) return null;
        isBad = false;
        return Promise.resolve(answer());
      });
      const store = await open('c-2b70');
      expect((await docsOf(store, 'surveys')).length).to.be.above(0);
      expect(isBad).to.equal(false);
    });

    it(`answers a push with ${what}, is sent the same again and takes it once`, async () => {
      const store = await open('c-2b70');
      const [survey] = await docsOf(store, 'surveys');
      const sent: string[] = [];
      withFault((path, { rows }, send) => {
        if (path !== 'push') return null;
        sent.push(JSON.stringify(rows));
        // The server takes it; what comes back is spoilt on the way.
        return sent.length === 1 ? send().then(answer) : null;
      });
      const wrote = ownSurvey(survey!);
      await store.write('surveys', wrote);
      await delivered(store, wrote.id);
      await until(async () => (await store.pendingCount()) === 0, 'nothing waits');
      expect(sent[1]).to.equal(sent[0]);
      const refused = await firstValueFrom(store.watchRejection('surveys', wrote.id));
      expect(refused).to.equal(null);
    });
  }

  it('gives one record a page, gives them all', async () => {
    const whole = await open('c-8f3a');
    const all = (await docsOf(whole, 'careEvents')).map(({ id }) => id).sort();
    await whole.logout({ discard: true });
    withFault((path, body, send) => (path === 'pull' ? send({ ...body, limit: 1 }) : null));
    const store = await open('c-8f3a');
    const found = await firstValueFrom(
      store.watch('careEvents').pipe(filter((value) => value?.complete === true)),
    );
    expect(found!.docs.map(({ id }) => id).sort()).to.deep.equal(all);
    expect(all.length).to.be.above(2);
  });

  it('takes no push brings what others wrote all the same', async () => {
    const other = await open('c-77e2', { subject: null });
    const store = await open('c-77e2');
    const [survey] = await docsOf(store, 'surveys');
    const elsewhere = ownSurvey(survey!);
    const refusals = refusePushes([elsewhere]);
    const held = ownSurvey(survey!);
    await store.write('surveys', held);
    await until(() => refusals() > 0, 'a refusal');
    await docsOf(other, 'surveys');
    await other.write('surveys', elsewhere);
    await delivered(store, elsewhere.id);
    expect(await store.pendingCount()).to.equal(1);
    // A pull that goes through does not make the push hurry.
    expect(refusals()).to.be.below(8);
    window.fetch = real;
    store.retry();
    await delivered(store, held.id);
  });

  it('takes no push for a minute brings what others wrote, whatever is written here meanwhile', async () => {
    const other = await open('c-77e2', { subject: null });
    const store = await open('c-77e2');
    const [survey] = await docsOf(store, 'surveys');
    const elsewhere = [ownSurvey(survey!), ownSurvey(survey!)];
    const refusals = refusePushes(elsewhere, { 'retry-after': '60' });
    await store.write('surveys', ownSurvey(survey!));
    await until(() => refusals() > 0, 'a refusal');
    await docsOf(other, 'surveys');
    for (const doc of elsewhere) {
      await other.write('surveys', doc);
      await delivered(store, doc.id);
      await store.write('surveys', ownSurvey(survey!));
    }
    expect(refusals()).to.equal(1);
  });

  it('takes no push is sent in the next session what it did not take in this one', async () => {
    const subject = uniqueSubject();
    const other = await open('c-77e2', { subject: null });
    const store = await open('c-77e2', { subject });
    const [survey] = await docsOf(store, 'surveys');
    const elsewhere = ownSurvey(survey!);
    const refusals = refusePushes([elsewhere], { 'retry-after': '60' });
    const held = ownSurvey(survey!);
    await store.write('surveys', held);
    await until(() => refusals() > 0, 'a refusal');
    await docsOf(other, 'surveys');
    await other.write('surveys', elsewhere);
    await delivered(store, elsewhere.id);
    await store.close();
    window.fetch = real;
    const next = await open('c-77e2', { subject });
    await delivered(next, held.id);
  });

  it('takes a write whose answer is lost, takes the edit that follows after a reload too', async () => {
    const subject = uniqueSubject();
    const first = await open('c-8f3a', { subject });
    const [customer] = await docsOf(first, 'customers');
    const now = (customer!.preferences as { contactTime: string | null }).contactTime;
    const [lost, last] = ['MORNING', 'AFTERNOON', 'EVENING'].filter((time) => time !== now);
    const at = (doc: LocalDoc, contactTime?: string): LocalDoc => ({
      ...doc,
      preferences: { ...(doc.preferences as object), contactTime },
    });
    let pushes = 0;
    withFault((path, _, send) => {
      if (path !== 'push') return null;
      pushes += 1;
      return send().then(() => Promise.reject(new TypeError('lost')));
    });
    await first.write('customers', at(customer!, lost));
    await until(() => pushes > 0, 'a push');
    await pause(300);
    await first.close();

    window.fetch = (input, init) =>
      String(input).includes('/sync/')
        ? Promise.reject(new TypeError('offline'))
        : real(input, init);
    const second = await open('c-8f3a', { subject });
    const [waiting] = await docsOf(second, 'customers');
    expect(waiting!.pending).to.equal(true);
    await second.write('customers', at(waiting!, last));
    window.fetch = real;
    second.retry();
    await until(async () => (await second.pendingCount()) === 0, 'nothing waits');
    const refused = await firstValueFrom(second.watchRejection('customers', customer!.id));
    expect(refused).to.equal(null);
    await until(async () => {
      const [doc] = await docsOf(second, 'customers');
      return (doc!.preferences as { contactTime: string }).contactTime === last;
    }, 'the last edit');
  });

  it('is fronted by something that answers 403 in HTML, keeps all and goes on', async () => {
    const wiped: Wiped[] = [];
    const store = await open('c-8f3a', { onWiped: (event) => wiped.push(event) });
    const [survey] = await docsOf(store, 'surveys');
    withFault(() => Promise.resolve(new Response('<h1>Forbidden</h1>', { status: 403 })));
    const wrote = ownSurvey(survey!);
    await store.write('surveys', wrote);
    await until(() => store.currentStatus.state === 'error', 'an error');
    await pause(300);
    window.fetch = real;
    await delivered(store, wrote.id);
    expect(wiped).to.deep.equal([]);
  });

  const gone = () => Promise.resolve(new Response('{"code":"scope_gone"}', { status: 403 }));

  it('knows no collection of this name refuses that one, and nothing is wiped', async () => {
    const wiped: Wiped[] = [];
    withFault((_, { coll }) => (coll === 'careEvents' ? gone() : null));
    const store = await open('c-8f3a', { onWiped: (event) => wiped.push(event) });
    store.watch('careEvents').subscribe();
    expect((await docsOf(store, 'surveys')).length).to.be.above(0);
    await pause(1_000);
    expect(wiped).to.deep.equal([]);
  });

  it('knows the customer no more leaves nothing here, and says what was not delivered', async () => {
    const wiped: Wiped[] = [];
    const store = await open('c-8f3a', { onWiped: (event) => wiped.push(event) });
    const [survey] = await docsOf(store, 'surveys');
    withFault(gone);
    await store.write('surveys', ownSurvey(survey!));
    await until(() => wiped.length > 0, 'wiped');
    expect(wiped).to.deep.equal([{ reason: 'access_ended', unsent: 1 }]);
    expect(store.currentStatus.state).to.equal('signedOut');
    expect((await idbNames()).filter((name) => name.includes('rxdb-dexie'))).to.deep.equal([]);
  });

  it('was not heard of for 30 days leaves nothing here; one of 29 days ago leaves all', async () => {
    const { setInterval } = window;
    // The clock that looks once a minute looks at once.
    window.setInterval = ((run: () => void, ms: number) =>
      setInterval(run, ms === 60_000 ? 200 : ms)) as typeof setInterval;
    try {
      for (const [days, reasons] of [
        [29, []],
        [31, ['no_contact']],
      ] as const) {
        const subject = uniqueSubject();
        const first = await open('c-8f3a', { subject });
        await docsOf(first, 'surveys');
        await first.close();
        const name = await databaseName('/liyu', subject);
        const mend = breakNetwork();
        localStorage.setItem(`liyu:${name}:contact`, String(Date.now() - days * 86_400_000));
        const wiped: Wiped[] = [];
        await open('c-8f3a', { subject, onWiped: (event) => wiped.push(event) });
        await pause(1_000);
        expect(wiped.map(({ reason }) => reason)).to.deep.equal(reasons);
        const left = (await idbNames()).some((item) => item.includes(name));
        expect(left, `${days} days`).to.equal(days === 29);
        mend();
      }
    } finally {
      window.setInterval = setInterval;
    }
  });

  it('is heard of again after 30 days keeps and delivers what was written', async () => {
    const subject = uniqueSubject();
    const first = await open('c-8f3a', { subject });
    const [survey] = await docsOf(first, 'surveys');
    withFault(() => Promise.reject(new TypeError('offline')));
    const wrote = ownSurvey(survey!);
    await first.write('surveys', wrote);
    await first.close();
    const name = await databaseName('/liyu', subject);
    localStorage.setItem(`liyu:${name}:contact`, String(Date.now() - 31 * 86_400_000));
    window.fetch = real;
    const second = await open('c-8f3a', { subject });
    await delivered(second, wrote.id);
  });
});
