import { expect } from '@open-wc/testing';
import { firstValueFrom } from 'rxjs';
import { filter } from 'rxjs/operators';
import type { LocalDoc } from './database.js';
import {
  docsOf,
  options,
  pause,
  tokenFor,
  uniqueSubject,
  until,
} from './fixtures/store.testing.js';
import { Store } from './store.js';
import type { Found } from './store.js';
import type { FindOptions } from './search-index.js';
import type { Wiped } from './wiped.js';

// Client manager; care manager who also hears the complaints of the branch.
const WANG = { manager: 'M1001' };
const LIU = { manager: 'M2001' };

interface Asked {
  coll: string;
  scope: string;
  cp: { e: number; v: number } | null;
  rows?: { newDocumentState: LocalDoc }[];
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

/** A token that only this page believes in. */
function forged(claims: Record<string, unknown>): string {
  const exp = Math.floor(Date.now() / 1000) + 600;
  return `x.${btoa(JSON.stringify({ role: 'staff', exp, ...claims }))}.x`;
}

describe('store, of staff', () => {
  const real = window.fetch;
  const opened: Store[] = [];
  let asked: Asked[] = [];
  /** Answers in place of the server; undefined lets a request pass. */
  let answer: (path: string, body: Asked) => Response | undefined = () => undefined;

  const open = async (...args: Parameters<typeof options>) => {
    const store = await Store.open(options(...args));
    opened.push(store);
    return store;
  };
  beforeEach(() => {
    asked = [];
    answer = () => undefined;
    window.fetch = (input, init) => {
      const path = (input as string).replace('/liyu/sync/v1', '');
      const { authorization } = (init?.headers ?? {}) as Record<string, string>;
      if (path.startsWith('/events?') && authorization?.startsWith('Bearer x.') === true) {
        const headers = { 'content-type': 'text/event-stream' };
        return Promise.resolve(new Response(new ReadableStream(), { headers }));
      }
      if (init?.method !== 'POST' || !path.startsWith('/pu')) return real(input, init);
      const body = JSON.parse(init.body as string) as Asked;
      asked.push(body);
      const given = answer(path, body);
      return given === undefined ? real(input, init) : Promise.resolve(given);
    };
  });
  afterEach(async () => {
    window.fetch = real;
    for (const store of opened) await store.close();
    for (const store of opened.splice(0)) await store.logout({ discard: true });
  });

  const whole = async (store: Store, name: string, customer?: string): Promise<LocalDoc[]> => {
    const watched = store.watch(name, customer === undefined ? {} : { customer });
    const stored = await firstValueFrom(watched.pipe(filter((value) => value?.complete === true)));
    return [...(stored?.docs ?? [])];
  };
  const page = async (store: Store, wanted: FindOptions): Promise<Found> => {
    const found = store.find('customers', wanted);
    return (await firstValueFrom(found.pipe(filter((value) => value?.complete === true))))!;
  };
  /** A desk of invented customers, for as many pages as it takes. */
  const desk = (count: number, like: LocalDoc) => (body: Asked) => {
    const v = body.cp?.v ?? 0;
    const documents = Array.from({ length: Math.min(100, count - v) }, (_, i) => ({
      ...like,
      id: `c-${String(v + i).padStart(5, '0')}`,
      name: `${'赵钱孙李周吴郑王'[(v + i) % 8]}*${i % 3 === 0 ? '明' : '芳'}`,
      phone: `138****${String(v + i).padStart(4, '0')}`,
    }));
    const end = v + documents.length;
    return json({ documents, checkpoint: { e: 7, v: end }, more: end < count });
  };

  it('has the customers of the manager at the desk, and of no other', async () => {
    const store = await open(WANG);
    const customers = await whole(store, 'customers');
    expect(customers).to.have.length.above(0);
    for (const { clientManager } of customers) {
      expect((clientManager as { id: string }).id).to.equal('M1001');
    }
    expect([...new Set(asked.map(({ scope }) => scope))]).to.deep.equal(['m:M1001']);
  });

  it('has what is of one customer only once that customer is opened', async () => {
    const store = await open(WANG);
    const [first, second] = await whole(store, 'customers');
    const assessments = await whole(store, 'assessments', first!.id);
    expect(assessments).to.have.length.above(0);
    for (const { customer } of assessments) expect(customer).to.equal(first!.id);
    await whole(store, 'assessments', second!.id);
    const both = await whole(store, 'assessments');
    expect(new Set(both.map(({ customer }) => customer))).to.deep.equal(
      new Set([first!.id, second!.id]),
    );
    const scopes = asked.filter(({ coll }) => coll === 'assessments').map(({ scope }) => scope);
    expect(new Set(scopes)).to.deep.equal(new Set([`c:${first!.id}`, `c:${second!.id}`]));
  });

  it('delivers what staff do at the desk and in what they opened', async () => {
    const store = await open(WANG);
    const [customer] = await whole(store, 'customers');
    const events = await whole(store, 'careEvents');
    const planned = events.find(({ state }) => state === 'planned')!;
    await store.write('careEvents', { ...planned, state: 'done' });
    const id = `0190${crypto.randomUUID().slice(4, 14)}7${crypto.randomUUID().slice(15)}`;
    await store.write('archive', {
      id,
      rev: 0,
      customer: customer!.id,
      kind: 'NOTE',
      text: '喜欢傍晚接电话',
      on: '2026-01-01',
      by: 'M1001',
      byName: '',
    });
    await until(() => store.currentStatus.pending === 0, 'delivered');
    const note = await until(
      async () => (await whole(store, 'archive', customer!.id)).find((doc) => doc.byName !== ''),
      'the note as the server has it',
    );
    expect([note.id, note.by]).to.deep.equal([id, 'M1001']);
    const done = (await whole(store, 'careEvents')).find((doc) => doc.id === planned.id);
    expect([done?.state, done?.pending]).to.deep.equal(['done', undefined]);
    expect(done?.rev).to.be.above(planned.rev as number);
  });

  it('keeps a record that left one desk while another one holds it, and no longer', async () => {
    const store = await open(LIU);
    const customers = await whole(store, 'customers');
    const twice = customers.filter(({ via }) => via?.length === 2);
    expect(twice.length).to.be.above(0);
    const { id } = twice[0]!;
    const gone: string[] = [];
    answer = (path, { coll, scope, cp }) => {
      if (path !== '/pull' || coll !== 'customers' || gone[0] !== scope || cp === null) {
        return undefined;
      }
      gone.shift();
      return json({ documents: [{ id, _deleted: true }], checkpoint: cp, more: false });
    };
    const held = () =>
      firstValueFrom(store.watch('customers').pipe(filter((value) => value !== null))).then(
        (value) => value?.docs.find((doc) => doc.id === id),
      );
    gone.push('m:M2001');
    store.retry();
    const left = await until(async () => (await held())?.via?.length === 1 && held(), 'one desk');
    expect(left?.via).to.deep.equal(['b:B0101']);
    expect(left?.name).to.equal(twice[0]!.name);
    gone.push('b:B0101');
    store.retry();
    await until(async () => (await held()) === undefined, 'gone');
    expect(await whole(store, 'customers')).to.have.length(customers.length - 1);
  });

  it('leaves nothing of a desk at which the person no longer works', async () => {
    const subject = uniqueSubject();
    const first = await open(LIU, { subject });
    const before = await whole(first, 'customers');
    await first.close();
    answer = (_, { cp }) => json({ documents: [], checkpoint: cp ?? { e: 0, v: 0 }, more: false });
    const later: [duties: string[], left: number, via: string | undefined][] = [
      [['care-manager'], before.length, 'm:M2001'],
      [['aml'], 0, undefined],
    ];
    for (const [duties, left, via] of later) {
      const claims = { manager: 'M2001', branch: 'B0101', duties };
      const store = await open(LIU, { subject, getToken: () => Promise.resolve(forged(claims)) });
      await until(async () => {
        const found = await whole(store, 'customers');
        return found.length === left && found.every((doc) => doc.via?.join() === via);
      }, `what ${duties.join()} may have`);
      await store.close();
    }
  });

  it('leaves nothing of a customer who left the desk, and says what was not delivered', async () => {
    const wiped: Wiped[] = [];
    const store = await open(WANG, { onWiped: (event) => wiped.push(event) });
    const [customer, other] = await whole(store, 'customers');
    await whole(store, 'assessments', customer!.id);
    await whole(store, 'assessments', other!.id);
    const scope = `c:${customer!.id}`;
    answer = (path, body) => {
      if (body.scope === scope) return json({ code: 'scope_gone' }, 403);
      if (body.scope !== 'm:M1001' || body.coll !== 'customers' || path !== '/pull') return;
      const { cp } = body;
      return json({ documents: [{ id: customer!.id, _deleted: true }], checkpoint: cp });
    };
    const id = `0190${crypto.randomUUID().slice(4, 14)}7${crypto.randomUUID().slice(15)}`;
    await store.write('archive', {
      id,
      rev: 0,
      customer: customer!.id,
      kind: 'NOTE',
      text: '来不及了',
      on: '2026-01-01',
      by: 'M1001',
      byName: '',
    });
    const refused = await firstValueFrom(
      store.watchRejection('archive', id).pipe(filter((value) => value !== null)),
    );
    expect([refused?.code, refused?.doc.text]).to.deep.equal(['gone', '来不及了']);
    store.retry();
    for (const name of ['assessments', 'archive']) {
      await until(
        async () => !(await whole(store, name)).some((doc) => doc.customer === customer!.id),
        `${name} are gone`,
      );
    }
    expect(await whole(store, 'assessments', other!.id)).to.have.length.above(0);
    await until(() => store.currentStatus.pending === 0, 'nothing pending');
    expect(wiped).to.deep.equal([{ reason: 'scope_gone', unsent: 1 }]);
    expect(store.currentStatus.state).not.to.equal('error');
  });

  it('keeps a record whose write came while its customer was away for a moment', async () => {
    const store = await open(WANG);
    const [planned] = (await whole(store, 'careEvents')).filter(({ state }) => state === 'planned');
    answer = (path) => (path === '/push' ? json({ code: 'scope_gone' }, 403) : undefined);
    await store.write('careEvents', { ...planned!, state: 'cancelled' });
    const refused = await firstValueFrom(
      store.watchRejection('careEvents', planned!.id).pipe(filter((value) => value !== null)),
    );
    expect([refused?.code, refused?.doc.state]).to.deep.equal(['gone', 'cancelled']);
    await until(() => store.currentStatus.pending === 0, 'nothing pending');
    const left = (await whole(store, 'careEvents')).find(({ id }) => id === planned!.id);
    expect([left?.state, left?.pending]).to.deep.equal(['planned', undefined]);
  });

  it("wipes on another manager's token", async () => {
    const subject = uniqueSubject();
    const first = await open(WANG, { subject });
    await whole(first, 'customers');
    await first.close();
    const wiped: Wiped[] = [];
    const store = await open(LIU, { subject, onWiped: (event) => wiped.push(event) });
    store.watch('customers').subscribe();
    await until(() => store.currentStatus.state === 'signedOut', 'signed out');
    await until(() => wiped.length === 1, 'told');
    expect(wiped[0]).to.deep.equal({ reason: 'other_person', unsent: 0 });
  });

  it('has nothing at a desk that the token names no duty for', async () => {
    const getToken = () =>
      Promise.resolve(forged({ manager: 'M1', branch: 'B1', duties: ['aml'] }));
    const store = await open(WANG, { getToken });
    expect(await whole(store, 'customers')).to.deep.equal([]);
    expect(asked).to.deep.equal([]);
  });

  it('finds customers by number, name, phone, branch and rung, sorted and in pages', async () => {
    const source = await open(WANG);
    const like = (await docsOf(source, 'customers'))[0]!;
    await source.close();
    const give = desk(2_000, { ...like, via: undefined } as unknown as LocalDoc);
    let changed: LocalDoc | null = null;
    answer = (_, body) => {
      if (changed === null || body.cp === null) return give(body);
      const documents = body.cp.v < 2_001 ? [changed] : [];
      return json({ documents, checkpoint: { e: 7, v: 2_001 }, more: false });
    };
    const store = await open(WANG, {
      getToken: () => Promise.resolve(forged({ manager: 'M1', duties: ['client-manager'] })),
    });
    await until(async () => (await page(store, {})).total === 2_000, 'all of the desk');

    const rung = (like.tier as { label: { 'zh-CN': string } }).label['zh-CN'];
    const cases: [search: string, total: number][] = [
      ['C-00042', 1],
      ['钱*', 250],
      ['赵*明 0000', 1],
      ['1999', 1],
      [rung, 2_000],
      [rung.toUpperCase() + ' 孙', 250],
      ['.*', 0],
      ['(a+)+$', 0],
      ['不在这里', 0],
    ];
    for (const [search, total] of cases) {
      expect((await page(store, { search })).total, search).to.equal(total);
    }
    const second = await page(store, { offset: 50, limit: 20 });
    expect(second.docs.map(({ id }) => id)).to.deep.equal(
      Array.from({ length: 20 }, (_, i) => `c-${String(50 + i).padStart(5, '0')}`),
    );
    const last = await page(store, { sort: { by: 'id', descending: true }, limit: 3, offset: 1 });
    expect(last.docs.map(({ id }) => id)).to.deep.equal(['c-01998', 'c-01997', 'c-01996']);
    const end = await page(store, {
      sort: { by: 'id', descending: true },
      limit: 3,
      offset: 1_999,
    });
    expect(end.docs.map(({ id }) => id)).to.deep.equal(['c-00000']);
    const names = (await page(store, { sort: { by: 'name' }, limit: 2_000 })).docs;
    const collator = new Intl.Collator('zh-CN');
    const byName = names.map(({ name }) => name as string);
    expect(byName).to.deep.equal([...byName].sort((a, b) => collator.compare(a, b)));
    expect(names[0]).not.to.have.any.keys('_meta', '_rev', '_deleted');

    const totals: number[] = [];
    store.find('customers', { search: '新来的' }).subscribe((found) => {
      if (found !== null) totals.push(found.total);
    });
    await until(() => totals.at(-1) === 0, 'nobody of that name');
    changed = { ...like, id: 'c-00007', name: '新来的' };
    store.retry();
    await until(() => totals.at(-1) === 1, 'the new name');
  });

  it('shows all that was pulled when it says that it is complete, from the first page on', async () => {
    const source = await open(WANG);
    const like = (await docsOf(source, 'customers'))[0]!;
    await source.close();
    const give = desk(130, { ...like, via: undefined } as unknown as LocalDoc);
    answer = (_, body) => give(body);
    const store = await open(WANG, {
      getToken: () => Promise.resolve(forged({ manager: 'M1', duties: ['client-manager'] })),
    });
    const found: [what: string, total: number][] = [];
    const listen = () => {
      store.find('customers').subscribe((page) => {
        if (page?.complete === true) found.push(['found', page.total]);
      });
      store.watch('customers').subscribe((stored) => {
        if (stored?.complete === true) found.push(['watched', stored.docs.length]);
      });
    };
    listen();
    await until(() => new Set(found.map(([what]) => what)).size === 2, 'complete');
    listen();
    await until(() => found.length >= 4, 'complete, to others');
    await pause(500);
    for (const [what, total] of found) expect(total, what).to.equal(130);
  });

  it('refuses a sort or a collection that there is none of', async () => {
    const store = await open({ manager: 'M1001' }, { getToken: () => tokenFor(WANG) });
    for (const run of [
      () => firstValueFrom(store.find('customers', { sort: { by: 'constructor' } })),
      () => firstValueFrom(store.find('policies')),
    ]) {
      const error = await run().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(RangeError);
    }
  });
});
