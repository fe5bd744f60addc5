import { expect } from '@open-wc/testing';
import { firstValueFrom } from 'rxjs';
import { filter } from 'rxjs/operators';
import type { options } from './fixtures/store.testing.js';
import {
  breakNetwork,
  docsOf,
  idbNames,
  ownSurvey,
  pause,
  uniqueSubject,
  until,
} from './fixtures/store.testing.js';
import { closeTabs, openTab } from './fixtures/tab.testing.js';
import type { Tab } from './fixtures/tab.testing.js';
import type { LocalDoc } from './database.js';
import { databaseName } from './database-names.js';
import { openDatabase } from './database.js';
import { Ledger } from './ledger.js';
import { OwnRecords } from './own-records.js';
import type { Wiped } from './wiped.js';

const CUSTOMER = 'c-2b70';

/** Two tabs of a person; the first one replicates. */
async function twoTabs(
  change: Parameters<typeof options>[1] = {},
): Promise<{ subject: string; first: Tab; second: Tab }> {
  const subject = change.subject ?? uniqueSubject();
  const first = await openTab(CUSTOMER, { ...change, subject });
  await until(() => first.sent.includes('/events'), 'the first tab leads');
  const second = await openTab(CUSTOMER, { ...change, subject });
  return { subject, first, second };
}

async function deliveredIn(store: Tab['store'], id: string): Promise<LocalDoc> {
  return until(
    async () =>
      (await docsOf(store, 'surveys')).find((doc) => doc.id === id && doc.receivedAt != null),
    'delivered',
  );
}

/** Answers a pull that has a checkpoint with 409, once, and takes no push until the end of that. */
function forgetHistory({ page }: Tab): () => void {
  const real = page.fetch;
  let isKnown = true;
  page.fetch = (input, init) => {
    const path = input as string;
    if (path.endsWith('/push')) return Promise.reject(new TypeError('offline'));
    if (!isKnown || !path.endsWith('/pull') || !(init?.body as string).includes('"e":')) {
      return real(input, init);
    }
    isKnown = false;
    return Promise.resolve(new Response('{}', { status: 409 }));
  };
  return () => {
    page.fetch = real;
  };
}

describe('store, in two tabs', () => {
  afterEach(closeTabs);

  it('replicates in one tab what the other shows, with one stream and one token', async () => {
    const { first, second } = await twoTabs();
    const stored = await firstValueFrom(
      second.store.watch('assessments').pipe(filter((value) => value?.complete === true)),
    );
    expect(stored?.docs).to.have.length.above(0);
    await until(() => second.store.currentStatus.state === 'ready', 'ready');
    expect(second.sent).to.deep.equal([]);
    expect(first.sent.filter((path) => path === '/events')).to.have.length(1);
    expect(first.sent.filter((path) => path === 'token')).to.have.length(1);
  });

  it("delivers the other tab's answer, and both say how it goes", async () => {
    const { first, second } = await twoTabs();
    const [survey] = await docsOf(second.store, 'surveys');
    const mend = breakNetwork(first.page);
    await until(() => second.store.currentStatus.state === 'offline', 'offline in both');
    const answer = ownSurvey(survey!);
    await second.store.write('surveys', answer);
    for (const { store } of [first, second]) {
      await until(() => store.currentStatus.pending === 1, 'pending in both');
      expect(await store.pendingCount()).to.equal(1);
    }
    mend();
    const delivered = await deliveredIn(second.store, answer.id);
    expect(delivered.receipt).to.match(/^DC\d{8}-/);
    for (const { store } of [first, second]) {
      await until(() => store.currentStatus.pending === 0, 'delivered in both');
      await until(() => store.currentStatus.state === 'ready', 'ready in both');
    }
    expect(second.sent).to.deep.equal([]);
  });

  it('says in both that an answer was refused', async () => {
    const { first, second } = await twoTabs();
    const [survey] = await docsOf(second.store, 'surveys');
    const answer = { ...ownSurvey(survey!), template: 'no-such-template' };
    await second.store.write('surveys', answer);
    for (const { store } of [first, second]) {
      const rejection = await firstValueFrom(
        store.watchRejection('surveys', answer.id).pipe(filter((value) => value !== null)),
      );
      expect(rejection?.code).to.equal('template_unknown');
      await until(() => store.currentStatus.pending === 0, 'no longer pending');
    }
  });

  it('goes on in the other tab when the browser keeps the page of this one for later', async () => {
    const { first, second } = await twoTabs();
    first.page.dispatchEvent(new Event('pagehide'));
    await until(() => second.sent.includes('/events'), 'the second tab leads');
    first.page.dispatchEvent(new Event('pageshow'));
    const count = first.sent.length;
    expect((await docsOf(first.store, 'assessments')).length).to.be.above(0);
    expect(first.sent).to.have.length(count);
    second.crash();
    await until(() => first.sent.length > count, 'the first tab leads again');
  });

  for (const end of ['closes', 'crashes'] as const) {
    it(`goes on in the other tab when the one that replicates ${end}, and loses nothing`, async () => {
      const { first, second } = await twoTabs();
      const [survey] = await docsOf(second.store, 'surveys');
      breakNetwork(first.page);
      const answers = [ownSurvey(survey!), ownSurvey(survey!)];
      await second.store.write('surveys', answers[0]!);
      await first.store.write('surveys', answers[1]!);
      if (end === 'closes') await first.store.close();
      else first.crash();
      for (const { id } of answers) await deliveredIn(second.store, id);
      await until(() => second.store.currentStatus.pending === 0, 'nothing pending');
      await until(() => second.store.currentStatus.state === 'ready', 'ready');
      expect(second.sent).to.include('/events');
    });
  }

  it('delivers what lies here of an earlier visit, whatever this page shows', async () => {
    const subject = uniqueSubject();
    const before = await openTab(CUSTOMER, { subject });
    const [survey] = await docsOf(before.store, 'surveys');
    breakNetwork(before.page);
    const answer = ownSurvey(survey!);
    await before.store.write('surveys', answer);
    before.crash();
    const later = await openTab(CUSTOMER, { subject });
    expect(later.store.currentStatus.pending).to.equal(1);
    await docsOf(later.store, 'assessments');
    await until(() => later.store.currentStatus.pending === 0, 'delivered');
    await deliveredIn(later.store, answer.id);
  });

  it('takes over from a tab that no longer answers', async () => {
    const subject = uniqueSubject();
    const name = await databaseName('/liyu', subject);
    let stolen = false;
    await new Promise<void>((held) => {
      navigator.locks
        .request(`liyu:${name}`, () => {
          held();
          return new Promise(() => undefined);
        })
        .catch(() => (stolen = true));
    });
    const { store } = await openTab(CUSTOMER, { subject });
    expect((await docsOf(store, 'assessments')).length).to.be.above(0);
    expect(stolen).to.equal(true);
  });

  it('goes on in the tab that is given a token when the other is given none', async () => {
    const subject = uniqueSubject();
    const first = await openTab(CUSTOMER, { subject, getToken: () => Promise.resolve(null) });
    await until(() => first.store.currentStatus.state === 'signedOut', 'signed out');
    const second = await openTab(CUSTOMER, { subject });
    const shown: unknown[] = [];
    second.store.watch('assessments').subscribe((stored) => shown.push(stored));
    await until(() => second.store.currentStatus.state === 'signedOut', 'signed out in both');
    second.store.retry();
    expect((await docsOf(second.store, 'assessments')).length).to.be.above(0);
    await until(() => first.store.currentStatus.state === 'ready', 'ready in both');
  });

  it('lets the tab with a newer page lead when this one is too old for the server', async () => {
    const { first, second } = await twoTabs();
    await until(() => second.store.currentStatus.state === 'ready', 'ready');
    const real = first.page.fetch;
    first.page.fetch = (input, init) =>
      (input as string).includes('/sync/')
        ? Promise.resolve(new Response('{}', { status: 426 }))
        : real(input, init);
    expect((await docsOf(second.store, 'careEvents')).length).to.be.above(0);
    expect(second.sent).to.include('/pull');
  });

  it('pulls anew in both tabs, with what either wrote, when the server has another history', async () => {
    const { subject, first, second } = await twoTabs();
    const [survey] = await docsOf(second.store, 'surveys');
    await docsOf(first.store, 'assessments');
    const mend = breakNetwork(first.page);
    const answers = [ownSurvey(survey!), ownSurvey(survey!)];
    await first.store.write('surveys', answers[0]!);
    await second.store.write('surveys', answers[1]!);
    const counts = new Set<number>();
    second.store.status.subscribe(({ pending }) => counts.add(pending));
    mend();
    const remember = forgetHistory(first);
    const name = await databaseName('/liyu', subject);
    await until(
      async () => (await idbNames()).some((item) => item.startsWith(`rxdb-dexie-${name}-1--`)),
      'another mirror',
    );
    remember();
    first.store.retry();
    for (const { store } of [first, second]) {
      for (const { id } of answers) await deliveredIn(store, id);
      await until(() => store.currentStatus.pending === 0, 'nothing pending');
    }
    expect(Math.max(...counts)).to.equal(2);
    expect(second.sent).to.deep.equal([]);
    await until(
      async () => !(await idbNames()).some((item) => item.startsWith(`rxdb-dexie-${name}--`)),
      'the old mirror is gone',
    );
  });

  it('keeps an edit of a record that is not here yet until it is', async () => {
    const subject = uniqueSubject();
    const { store } = await openTab(CUSTOMER, { subject });
    const [customer] = await docsOf(store, 'customers');
    expect(customer?.id).to.equal(CUSTOMER);
    await store.write('surveys', {
      ...ownSurvey({ ...customer!, template: 'x' }),
      id: 'never-there',
      rev: 3,
      customer: CUSTOMER,
    });
    expect(await store.pendingCount()).to.equal(1);
    const rejection = await firstValueFrom(
      store.watchRejection('surveys', 'never-there').pipe(filter((value) => value !== null)),
    );
    expect(rejection?.code).to.be.a('string');
    await until(() => store.currentStatus.pending === 0, 'refused');
  });
});

describe('store, a mirror that a tab left half replaced', () => {
  afterEach(closeTabs);

  it('gives up what is unsent in it to the next tab', async () => {
    const subject = uniqueSubject();
    const tab = await openTab(CUSTOMER, { subject });
    const [survey] = await docsOf(tab.store, 'surveys');
    breakNetwork(tab.page);
    const answer = ownSurvey(survey!);
    await tab.store.write('surveys', answer);
    tab.crash();
    const name = await databaseName('/liyu', subject);
    const own = await openDatabase(name, 'own');
    const ledger = await Ledger.open(new OwnRecords(own));
    await ledger.drop(0);
    ledger.close();
    await own.close();
    const { store } = await openTab(CUSTOMER, { subject });
    expect(store.currentStatus.pending).to.equal(1);
    await deliveredIn(store, answer.id);
    await until(() => store.currentStatus.pending === 0, 'nothing pending');
    await until(
      async () => !(await idbNames()).some((item) => item.startsWith(`rxdb-dexie-${name}--`)),
      'the old mirror is gone',
    );
  });
});

describe('store, an entry of a tab that ended before it wrote', () => {
  afterEach(closeTabs);

  it('is struck out, without a network too, and a write that waits is not', async () => {
    const subject = uniqueSubject();
    const tab = await openTab(CUSTOMER, { subject });
    const [survey] = await docsOf(tab.store, 'surveys');
    breakNetwork(tab.page);
    await tab.store.write('surveys', ownSurvey(survey!));
    tab.crash();
    const own = await openDatabase(await databaseName('/liyu', subject), 'own');
    const ledger = await Ledger.open(new OwnRecords(own));
    await ledger.enter('surveys', survey!.id);
    ledger.close();
    await own.close();
    const getToken = () => Promise.reject(new TypeError('offline'));
    const { store } = await openTab(CUSTOMER, { subject, getToken });
    expect(store.currentStatus.pending).to.equal(2);
    await until(() => store.currentStatus.pending === 1, 'the write alone');
    await pause(3_000);
    expect(store.currentStatus.pending).to.equal(1);
  });
});

describe('store, a write of a tab that ended before it could say so', () => {
  afterEach(closeTabs);

  it('is sent by the next one, though RxDB has read on behind it', async () => {
    const { subject, first, second } = await twoTabs();
    const [survey] = await docsOf(first.store, 'surveys');
    await docsOf(second.store, 'surveys');
    const channels = (second.page as unknown as { BroadcastChannel: typeof BroadcastChannel })
      .BroadcastChannel;
    channels.prototype.postMessage = () => undefined;
    const answer = ownSurvey(survey!);
    await second.store.write('surveys', answer);
    second.crash();
    const { store: other } = await openTab(CUSTOMER, { subject: null });
    await docsOf(other, 'surveys');
    const elsewhere = ownSurvey(survey!);
    await other.write('surveys', elsewhere);
    await deliveredIn(first.store, elsewhere.id);
    await first.store.close();
    const { store } = await openTab(CUSTOMER, { subject });
    await deliveredIn(store, answer.id);
  });
});

describe('store, logout', () => {
  afterEach(closeTabs);

  it('refuses while something is unsent, and touches nothing, in whichever tab', async () => {
    const { first, second } = await twoTabs();
    const [survey] = await docsOf(second.store, 'surveys');
    const mend = breakNetwork(first.page);
    const answer = ownSurvey(survey!);
    await second.store.write('surveys', answer);
    await second.store.saveDraft('survey:x', { q1: 2 });
    for (const { store } of [first, second]) {
      const error = await store.logout().then(
        () => null,
        (reason: unknown) => reason as { name: string; unsent: number },
      );
      expect([error?.name, error?.unsent]).to.deep.equal(['UnsentWork', 1]);
    }
    expect(await second.store.loadDraft('survey:x')).to.deep.equal({ q1: 2 });
    mend();
    await deliveredIn(second.store, answer.id);
    // Drafts don't count.
    expect(await second.store.logout()).to.deep.equal({ dropped: 0 });
  });

  it('says in every tab how many unsent writes went', async () => {
    const wiped: Wiped[] = [];
    const { subject, first, second } = await twoTabs({ onWiped: (event) => wiped.push(event) });
    const [survey] = await docsOf(second.store, 'surveys');
    breakNetwork(first.page);
    await second.store.write('surveys', ownSurvey(survey!));
    await second.store.write('surveys', ownSurvey(survey!));
    expect(await second.store.logout({ discard: true })).to.deep.equal({ dropped: 2 });
    await until(() => first.store.currentStatus.state === 'signedOut', 'signed out in both');
    await until(() => wiped.length === 2, 'told in both');
    expect(wiped).to.deep.equal([
      { reason: 'logout', unsent: 2 },
      { reason: 'logout', unsent: 2 },
    ]);
    const name = await databaseName('/liyu', subject);
    expect((await idbNames()).filter((item) => item.includes(name))).to.deep.equal([]);
  });

  it('counts what goes with another subject, and with a token of somebody else', async () => {
    const wiped: Wiped[] = [];
    const change = { subject: uniqueSubject(), onWiped: (event: Wiped) => wiped.push(event) };
    const leave = async () => {
      const tab = await openTab(CUSTOMER, change);
      const [survey] = await docsOf(tab.store, 'surveys');
      breakNetwork(tab.page);
      await tab.store.write('surveys', ownSurvey(survey!));
      await tab.store.close();
      tab.crash();
    };
    await leave();
    const other = await openTab('c-8f3a', change);
    other.store.watch('customers').subscribe();
    await until(() => other.store.currentStatus.state === 'signedOut', 'wiped');
    await until(() => wiped.length > 0, 'told');
    expect(wiped.splice(0)).to.deep.equal([{ reason: 'other_person', unsent: 1 }]);
    await leave();
    await openTab('c-8f3a', { ...change, subject: uniqueSubject() });
    expect(wiped).to.deep.equal([{ reason: 'subject_changed', unsent: 1 }]);
  });
});
