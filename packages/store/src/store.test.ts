import { expect } from '@open-wc/testing';
import { daysAfter, shanghaiDate } from '@liyu/model';
import { collections, fields } from '@liyu/model/schemas';
import { firstValueFrom } from 'rxjs';
import { filter } from 'rxjs/operators';
import { deleteDatabases } from './database-names.js';
import type { LocalDoc } from './database.js';
import {
  answered,
  breakNetwork,
  docsOf,
  idbNames,
  options,
  pause,
  setClockBack,
  uniqueSubject,
  until,
} from './fixtures/store.testing.js';
import { Store } from './store.js';

describe('store', () => {
  const opened: Store[] = [];
  const open = async (...args: Parameters<typeof options>) => {
    const store = await Store.open(options(...args));
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    const stores = opened.splice(0);
    for (const store of stores) await store.close();
    for (const store of stores) await store.logout({ discard: true });
  });

  it('pulls the records of the signed-in customer, as their schemas say', async () => {
    const store = await open('c-8f3a');
    const held: string[] = [];
    for (const { name, schema } of Object.values(collections)) {
      if (fields.get(schema.def.shape.id!)?.audience.includes('customer') !== true) continue;
      const stored = await Promise.race([
        firstValueFrom(store.watch(name).pipe(filter((value) => value?.complete === true))),
        pause(4_000).then(() => null),
      ]);
      expect(stored === null, `${name} takes too long`).to.equal(false);
      if (stored!.docs.length > 0) held.push(name);
      for (const doc of stored?.docs ?? []) {
        expect(schema.safeParse(doc).success, name).to.equal(true);
        if (name !== 'policies') expect(doc.customer ?? doc.id).to.equal('c-8f3a');
      }
    }
    expect(held).to.include.members([
      'customers',
      'assessments',
      'entitlements',
      'careEvents',
      'surveys',
      'policies',
    ]);
  });

  it('opens a collection only when it is first needed', async () => {
    const subject = uniqueSubject();
    const store = await open('c-8f3a', { subject });
    await docsOf(store, 'assessments');
    const names = (await idbNames()).join();
    expect(names).to.contain('--assessments');
    expect(names).not.to.contain('--surveys');
  });

  it('shows what was stored when the server is out of reach', async () => {
    const subject = uniqueSubject();
    const before = await open('c-2b70', { subject });
    await docsOf(before, 'customers');
    await before.close();
    const mend = breakNetwork();
    try {
      const store = await open('c-2b70', {
        subject,
        getToken: () => Promise.reject(new Error('no network')),
      });
      expect((await docsOf(store, 'customers'))[0]?.id).to.equal('c-2b70');
      await until(() => Promise.resolve(store.currentStatus.state === 'offline'), 'offline');
    } finally {
      mend();
    }
  });

  it('says on which day it was last told that these are all there are', async () => {
    const subject = uniqueSubject();
    const options = { subject, offlineHours: 24 * 7 };
    const wholeSince = async (store: Store, day: string) => {
      const stored = store.watch('careEvents').pipe(filter((value) => value?.pulledOn === day));
      return firstValueFrom(stored.pipe(filter((value) => value?.complete === true)));
    };
    const today = shanghaiDate(new Date().toISOString());
    const then = daysAfter(today, -3);
    const goOn = setClockBack(3 * 86_400_000);
    try {
      const before = await open('c-2b70', options);
      await wholeSince(before, then);
      await before.close();
    } finally {
      goOn();
    }
    const mend = breakNetwork();
    let store: Store;
    try {
      store = await open('c-2b70', options);
      expect((await wholeSince(store, then))?.docs).not.to.have.length(0);
      await until(() => store.currentStatus.state === 'offline', 'offline');
      const seen = await firstValueFrom(store.watch('careEvents').pipe(filter(Boolean)));
      expect(seen.pulledOn).to.equal(then);
    } finally {
      mend();
    }
    await wholeSince(store, today);
  });

  it('shows nothing stored without a word from the server when offline-hours is 0', async () => {
    const subject = uniqueSubject();
    const before = await open('c-2b70', { subject });
    await docsOf(before, 'customers');
    await before.close();
    const store = await open('c-2b70', {
      subject,
      offlineHours: 0,
      getToken: () => Promise.reject(new Error('no network')),
    });
    const first = await firstValueFrom(store.watch('customers'));
    expect(first).to.equal(null);
  });

  it('hides what is stored once the portal says that nobody is signed in', async () => {
    const subject = uniqueSubject();
    const before = await open('c-2b70', { subject });
    await docsOf(before, 'customers');
    await before.close();
    const store = await open('c-2b70', { subject, getToken: () => Promise.resolve(null) });
    const shown: unknown[] = [];
    store.watch('customers').subscribe((value) => shown.push(value));
    await until(() => Promise.resolve(store.currentStatus.state === 'signedOut'), 'signed out');
    await until(() => Promise.resolve(shown.at(-1) === null), 'hidden');
  });

  it('delivers an answer written offline once, and says so', async () => {
    const subject = uniqueSubject();
    const store = await open('c-51c9', { subject });
    const [survey] = await docsOf(store, 'surveys');
    const mend = breakNetwork();
    await store.write('surveys', answered(survey!));
    await until(() => Promise.resolve(store.currentStatus.pending === 1), 'pending 1');
    expect((await docsOf(store, 'surveys'))[0]?.receivedAt).to.equal(null);
    mend();
    const delivered = await until(async () => {
      const [doc] = await docsOf(store, 'surveys');
      return doc?.receivedAt != null && doc;
    }, 'delivered');
    expect(delivered.rev).to.equal((survey!.rev as number) + 1);
    expect(delivered.receipt).to.match(/^DC\d{8}-/);
    await until(() => Promise.resolve(store.currentStatus.pending === 0), 'pending 0');
  });

  it('sends an answer that was written in a session without a network in the next one', async () => {
    const subject = uniqueSubject();
    const before = await open('c-e640', { subject });
    const [survey] = await docsOf(before, 'surveys');
    const mend = breakNetwork();
    await before.write('surveys', answered(survey!));
    await before.close();
    mend();
    const store = await open('c-e640', { subject });
    await until(async () => (await docsOf(store, 'surveys'))[0]?.receivedAt, 'delivered');
  });

  it('takes a lost acknowledgement for what it is', async () => {
    const store = await open('c-1d88');
    const [survey] = await docsOf(store, 'surveys');
    const real = window.fetch;
    let lost = 0;
    window.fetch = async (input, init) => {
      const answer = await real(input, init);
      if (String(input).endsWith('/push') && lost++ === 0) throw new TypeError('lost');
      return answer;
    };
    try {
      await store.write('surveys', answered(survey!));
      await until(() => Promise.resolve(lost > 1), 'sent again');
      const [doc] = await until(async () => {
        const docs = await docsOf(store, 'surveys');
        return docs[0]?.receivedAt != null && docs;
      }, 'delivered');
      expect(doc?.rev).to.equal((survey!.rev as number) + 1);
    } finally {
      window.fetch = real;
    }
  });

  it('keeps a refused answer with its reason', async () => {
    const store = await open('c-77e2');
    const [survey] = await docsOf(store, 'surveys');
    await store.write('surveys', { ...answered(survey!), answers: { q1: 11 } });
    const rejection = await firstValueFrom(
      store.watchRejection('surveys', survey!.id).pipe(filter((value) => value !== null)),
    );
    expect(rejection?.code).to.equal('answer_invalid');
    expect(rejection?.doc.answers).to.deep.equal({ q1: 11 });
    expect(Date.parse(rejection?.at ?? '')).to.be.closeTo(Date.now(), 60_000);
    await until(
      async () => (await docsOf(store, 'surveys'))[0]?.state === 'invited',
      'the record as the server has it',
    );
  });

  it('keeps a draft over a reload', async () => {
    const subject = uniqueSubject();
    const before = await open('c-2b70', { subject });
    await before.saveDraft('survey:1', { q1: 4 });
    await before.close();
    const store = await open('c-2b70', { subject });
    expect(await store.loadDraft('survey:1')).to.deep.equal({ q1: 4 });
  });

  it('leaves no database behind after a wipe', async () => {
    const before = new Set(await idbNames());
    const store = await open('c-8f3a');
    await docsOf(store, 'surveys');
    expect((await idbNames()).filter((name) => !before.has(name)).length).to.be.above(2);
    await store.logout({ discard: true });
    expect((await idbNames()).filter((name) => !before.has(name))).to.deep.equal([]);
    expect(Object.keys(localStorage).filter((key) => key.startsWith('liyu:'))).to.deep.equal([]);
  });

  it('forgets a person whose store is closed, and ends it in another tab', async () => {
    const subject = uniqueSubject();
    const store = await open('c-8f3a', { subject });
    await docsOf(store, 'customers');
    await Store.logout({ endpoint: '/liyu', subject });
    await until(() => Promise.resolve(store.currentStatus.state === 'signedOut'), 'signed out');
    expect(await idbNames()).to.deep.equal([]);
    expect(Object.keys(localStorage).filter((key) => key.startsWith('liyu:'))).to.deep.equal([]);
  });

  it('wipes what another subject left on the device', async () => {
    const first = await open('c-8f3a');
    await docsOf(first, 'customers');
    await first.close();
    const left = (await idbNames()).filter((name) => name.includes('--customers'));
    expect(left.length).to.equal(1);
    await open('c-2b70');
    expect(await idbNames()).not.to.include(left[0]);
  });

  it("refuses another customer's token under the same subject and wipes", async () => {
    const subject = uniqueSubject();
    const first = await open('c-8f3a', { subject });
    await docsOf(first, 'customers');
    await first.close();
    const store = await open('c-2b70', { subject });
    const seen: (string | undefined)[] = [];
    store.watch('customers').subscribe({
      next: (value) => seen.push(...(value?.docs ?? []).map((doc) => doc.id)),
      error: () => undefined,
    });
    await until(() => Promise.resolve(store.currentStatus.state === 'signedOut'), 'signed out');
    expect(seen).not.to.include('c-2b70');
  });

  it('works in memory, and says so, where the browser refuses IndexedDB', async () => {
    const real = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'open')!;
    Object.defineProperty(IDBFactory.prototype, 'open', {
      configurable: true,
      value: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    try {
      const store = await open('c-8f3a');
      expect(store.currentStatus.memory).to.equal(true);
      expect((await docsOf(store, 'customers'))[0]?.id).to.equal('c-8f3a');
    } finally {
      Object.defineProperty(IDBFactory.prototype, 'open', real);
    }
  });

  it('keeps nothing on the device without a subject', async () => {
    const before = (await idbNames()).length;
    const store = await open('c-8f3a', { subject: null });
    await docsOf(store, 'customers');
    expect((await idbNames()).length).to.equal(before);
  });

  it('pulls anew, with the unsent answer kept, when the server has another history', async () => {
    const subject = uniqueSubject();
    const before = await open('c-b2f7', { subject });
    const [survey] = await docsOf(before, 'surveys');
    const mend = breakNetwork();
    await before.write('surveys', answered(survey!));
    await before.close();
    mend();
    const real = window.fetch;
    let refused = false;
    window.fetch = async (input, init) => {
      if (!refused && String(input).endsWith('/push')) throw new TypeError('offline');
      if (!refused && String(input).endsWith('/pull') && String(init?.body).includes('"e":')) {
        refused = true;
        return new Response('{}', { status: 409 });
      }
      return real(input, init);
    };
    try {
      const store = await open('c-b2f7', { subject });
      await until(async () => (await docsOf(store, 'surveys'))[0]?.receivedAt, 'delivered');
      expect(refused).to.equal(true);
    } finally {
      window.fetch = real;
    }
  });

  it('knows as delivered what another history of the server took before it was pulled', async () => {
    const subject = uniqueSubject();
    const before = await open('c-04ad', { subject });
    const [survey] = await docsOf(before, 'surveys');
    const mend = breakNetwork();
    await before.write('surveys', answered(survey!));
    await before.close();
    mend();
    const real = window.fetch;
    let pushed = false;
    window.fetch = async (input, init) => {
      const isPull = String(input).endsWith('/pull');
      if (isPull && String(init?.body).includes('"e":')) {
        await until(() => Promise.resolve(pushed), 'pushed');
        return new Response('{}', { status: 409 });
      }
      const answer = await real(input, init);
      if (String(input).endsWith('/push')) pushed = true;
      if (isPull) window.fetch = real;
      return answer;
    };
    try {
      const store = await open('c-04ad', { subject });
      await until(async () => (await docsOf(store, 'surveys'))[0]?.receivedAt, 'delivered');
      await until(() => Promise.resolve(store.currentStatus.pending === 0), 'nothing pending');
    } finally {
      window.fetch = real;
    }
  });

  it('keeps an unsent answer and a draft when a page without the form meets another history', async () => {
    const subject = uniqueSubject();
    const first = await open('c-c815', { subject });
    await docsOf(first, 'assessments');
    const [survey] = await docsOf(first, 'surveys');
    await first.saveDraft('survey:other', { q1: 3 });
    const mend = breakNetwork();
    await first.write('surveys', { ...answered(survey!), answers: { q1: 9 } });
    await first.close();
    mend();
    const real = window.fetch;
    let refused = false;
    window.fetch = async (input, init) => {
      if (String(input).endsWith('/push')) throw new TypeError('offline');
      if (!refused && String(input).endsWith('/pull') && String(init?.body).includes('"e":')) {
        refused = true;
        return new Response('{}', { status: 409 });
      }
      return real(input, init);
    };
    try {
      const second = await open('c-c815', { subject });
      second.watch('assessments').subscribe();
      await until(() => Promise.resolve(refused), 'the refused checkpoint');
      await docsOf(second, 'assessments');
      await second.close();
    } finally {
      window.fetch = real;
    }
    const third = await open('c-c815', { subject });
    expect(await third.loadDraft('survey:other')).to.deep.equal({ q1: 3 });
    const [delivered] = await until(async () => {
      const docs = await docsOf(third, 'surveys');
      return docs[0]?.receivedAt != null && docs;
    }, 'delivered');
    expect(delivered?.answers).to.deep.equal({ q1: 9 });
  });

  it('keeps what was written here when another device answered first', async () => {
    const here = await open('c-f94e');
    const [survey] = await docsOf(here, 'surveys');
    const there = await open('c-f94e', { subject: null });
    await docsOf(there, 'surveys');
    const mend = breakNetwork();
    await here.write('surveys', { ...answered(survey!), answers: { q1: 1, q6: '这里' } });
    mend();
    const real = window.fetch;
    window.fetch = async (input, init) => {
      if (String(init?.body).includes('这里')) {
        window.fetch = real;
        await there.write('surveys', { ...answered(survey!), answers: { q1: 5 } });
        await until(
          async () => (await docsOf(there, 'surveys'))[0]?.receivedAt,
          'the other answer',
        );
      }
      return real(input, init);
    };
    const rejection = await firstValueFrom(
      here.watchRejection('surveys', survey!.id).pipe(filter((value) => value !== null)),
    );
    expect(rejection?.code).to.equal('conflict');
    expect(rejection?.doc.answers).to.deep.equal({ q1: 1, q6: '这里' });
    await until(async () => (await docsOf(here, 'surveys'))[0]?.receivedAt, "the server's answer");
    expect((await docsOf(here, 'surveys'))[0]?.answers).to.deep.equal({ q1: 5 });
  });

  it('lets the first of two tabs win that answer before either is sent, and keeps the other text', async () => {
    const store = await open('c-8f3a');
    const [survey] = await docsOf(store, 'surveys');
    const mend = breakNetwork();
    await store.write('surveys', { ...answered(survey!), answers: { q1: 5 } });
    // What a tab writes that still showed the open form.
    await store.write('surveys', { ...answered(survey!), answers: { q1: 1 } });
    const refused = await firstValueFrom(store.watchRejection('surveys', survey!.id));
    expect([refused?.code, refused?.doc.answers]).to.deep.equal(['already_submitted', { q1: 1 }]);
    expect(Date.parse(refused?.at ?? '')).to.be.closeTo(Date.now(), 60_000);
    mend();
    const [delivered] = await until(async () => {
      const docs = await docsOf(store, 'surveys');
      return docs[0]?.receivedAt != null && docs;
    }, 'delivered');
    expect(delivered?.answers).to.deep.equal({ q1: 5 });
  });

  it('goes on when the server refuses also the first checkpoint of a new pull', async () => {
    const subject = uniqueSubject();
    const before = await open('c-8f3a', { subject });
    await docsOf(before, 'customers');
    await before.close();
    const real = window.fetch;
    let refused = 0;
    window.fetch = (input, init) => {
      if (String(input).endsWith('/pull') && refused++ < 3) {
        return Promise.resolve(new Response('{}', { status: 409 }));
      }
      return real(input, init);
    };
    try {
      const store = await open('c-8f3a', { subject });
      store.watch('customers').subscribe();
      await until(() => Promise.resolve(refused > 3), 'asked again after each refusal');
      expect((await docsOf(store, 'customers')).length).to.equal(1);
    } finally {
      window.fetch = real;
    }
  });

  it('asks ever more slowly when streams break, also while the rest works', async () => {
    const real = window.fetch;
    let asked = 0;
    let streams = 0;
    window.fetch = (input, init) => {
      asked += String(input).includes('/sync/') ? 1 : 0;
      if (!String(input).includes('/events?')) return real(input, init);
      streams += 1;
      if (streams % 2 === 0) return Promise.reject(new TypeError('cut'));
      return Promise.resolve(new Response('event: hello\ndata: {}\n\n'));
    };
    try {
      const store = await open('c-8f3a');
      await docsOf(store, 'customers');
      await new Promise((resolve) => setTimeout(resolve, 6000));
      expect(streams).to.be.within(2, 16);
      expect(asked).to.be.below(60);
    } finally {
      window.fetch = real;
    }
  });

  it('leaves out a record that does not fit, counts it, and pulls the rest', async () => {
    const real = window.fetch;
    window.fetch = async (input, init) => {
      const answer = await real(input, init);
      if (!String(input).endsWith('/pull') || !String(init?.body).includes('careEvents'))
        return answer;
      const page = (await answer.json()) as { documents: LocalDoc[] };
      if (page.documents[0] !== undefined)
        page.documents[0] = { id: page.documents[0].id, on: 'someday' };
      return new Response(JSON.stringify(page), { status: 200 });
    };
    try {
      const store = await open('c-8f3a');
      expect((await docsOf(store, 'careEvents')).length).to.be.above(3);
      expect(store.currentStatus.quarantined).to.be.above(0);
    } finally {
      window.fetch = real;
    }
  });
});

describe('deleteDatabases', () => {
  it('also finds databases that the browser cannot list', async () => {
    const store = await Store.open(options('c-8f3a'));
    await docsOf(store, 'customers');
    const [key] = Object.keys(localStorage).filter((item) => /^liyu:liyu-[0-9a-f]+$/.test(item));
    await store.close();
    const real = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'databases')!;
    Object.defineProperty(IDBFactory.prototype, 'databases', {
      configurable: true,
      value: undefined,
    });
    const name = key!.slice('liyu:'.length);
    await deleteDatabases(name);
    Object.defineProperty(IDBFactory.prototype, 'databases', real);
    expect((await idbNames()).filter((item) => item.includes(name))).to.deep.equal([]);
  });
});
