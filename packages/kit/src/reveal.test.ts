import { expect } from '@open-wc/testing';
import type { Customer } from '@liyu/model';
import type { Revealed, Snapshot, Source, StaffSource } from '@liyu/widgets';
import { breakNetwork, intercept, mendNetwork } from './fixtures/network.testing.js';
import {
  CHEN,
  aKit,
  clearPage,
  onDevice,
  place,
  sourceOf,
  stateOf,
  textOf,
  tokenFor,
  until,
  untilShown,
} from './fixtures/page.testing.js';
import { reveal } from './reveal.js';
import './liyu.js';

/** A client manager of the sample bank. */
const WANG = 'M1001';

async function tokenOfManager(manager: string): Promise<string> {
  const answer = await fetch('/liyu/demo/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ manager }),
  });
  return ((await answer.json()) as { token: string }).token;
}

/** A kit on a page of staff. */
function placeDesk(manager = WANG): Source & { staff: StaffSource } {
  const kit = aKit(CHEN.id);
  kit.getToken = () => tokenOfManager(manager);
  document.body.append(kit);
  return sourceOf(kit) as Source & { staff: StaffSource };
}

/** The customers of the desk, once all have arrived. */
async function customersOf({ staff }: { staff: StaffSource }): Promise<readonly Customer[]> {
  let docs: readonly Customer[] | null = null;
  const stop = staff.findCustomers('', (found) => {
    if (found?.complete === true && found.total > 0) docs = found.docs;
  });
  await until(() => docs !== null, 'customers');
  stop();
  return docs!;
}

describe('kit on a page of staff', () => {
  afterEach(clearPage);

  it('shows the card of one customer of the desk, and then of another', async () => {
    const source = placeDesk();
    const [first, second] = await customersOf(source);
    const card = place('liyu-customer-card', { customer: first!.id });
    await untilShown(card, first!.name!);
    await untilShown(card, first!.tier!.label['zh-CN']);
    expect(textOf(card)).to.match(/^往来/);
    card.setAttribute('customer', second!.id);
    await untilShown(card, second!.name!);
    expect(textOf(card)).not.to.contain(first!.name!);
    card.setAttribute('customer', 'c-nobody');
    await until(() => stateOf(card) === 'empty', 'nobody');
  });

  it('gives the records of one customer, of the desk and of what has to be opened', async () => {
    const source = placeDesk();
    const [customer] = await customersOf(source);
    for (const name of ['careEvents', 'assessments'] as const) {
      let docs: readonly { customer: string }[] = [];
      const next = (snapshot: Snapshot<{ customer: string }>) => {
        if (snapshot.state === 'ready') docs = snapshot.docs;
      };
      const stop = source.watch(name, next, { customer: customer!.id });
      await until(() => docs.length > 0, name);
      expect([...new Set(docs.map((doc) => doc.customer))]).to.deep.equal([customer!.id]);
      stop();
    }
  });

  it('shows a masked phone in the clear for a reason, which lies nowhere afterwards', async () => {
    const source = placeDesk();
    const [customer] = await customersOf(source);
    const card = place('liyu-customer-card', { customer: customer!.id });
    await untilShown(card, customer!.phone!);
    const root = card.shadowRoot!;
    root.querySelector<HTMLElement>('[data-field=phone] .reveal')!.click();
    await card.updateComplete;
    const select = root.querySelector('select')!;
    select.value = 'VERIFY';
    select.dispatchEvent(new Event('change'));
    await card.updateComplete;
    root.querySelector<HTMLElement>('[data-field=phone] .primary')!.click();
    await until(() => root.querySelector('.clear') !== null, 'in the clear');
    const phone = root.querySelector('.clear')!.textContent.trim();
    expect(phone).to.match(/^1\d{10}$/);
    expect(phone.slice(0, 3) + phone.slice(-4)).to.equal(customer!.phone!.replace('****', ''));
    const stored = await Promise.all((await onDevice()).map(contentOf));
    expect(stored.join()).to.contain(customer!.phone!).and.not.to.contain(phone);
  });

  it('says why not: another desk’s customer, a customer’s own token, nobody signed in', async () => {
    const source = placeDesk();
    const mine = new Set((await customersOf(source)).map(({ id }) => id));
    const all = (await (await fetch('/liyu/demo/customers')).json()) as { id: string }[];
    const other = all.find(({ id }) => !mine.has(id))!.id;
    const look = { customer: other, field: 'phone', reason: '核实客户身份' } as const;
    expect(await source.staff.reveal(other, 'phone', look.reason)).to.deep.equal({
      fault: 'forbidden',
    });
    const asks: [getToken: () => Promise<string | null>, expected: Revealed][] = [
      [() => tokenFor(other), { fault: 'forbidden' }],
      [() => Promise.resolve(null), { fault: 'signedOut' }],
      [() => Promise.resolve('x.y.z'), { fault: 'signedOut' }],
      [() => Promise.reject(new Error('no network')), { fault: 'offline' }],
    ];
    for (const [getToken, expected] of asks) {
      expect(await reveal({ endpoint: '/liyu', getToken }, look)).to.deep.equal(expected);
    }
    await document.querySelector('liyu-kit')!.logout({ discard: true });
    const [own] = mine;
    expect(await source.staff.reveal(own!, 'phone', look.reason)).to.deep.equal({
      fault: 'signedOut',
    });
  });

  it('says why not: no reason, no network, a server in trouble, an answer of another shape', async () => {
    const source = placeDesk();
    const { id } = (await customersOf(source))[0]!;
    const ask = (reason = '核实客户身份') => source.staff.reveal(id, 'phone', reason);
    expect(await ask(' ')).to.deep.equal({ fault: 'failed' });
    const answers: [answer: () => Promise<Response>, expected: Revealed][] = [
      [() => Promise.reject(new TypeError('offline')), { fault: 'offline' }],
      [() => Promise.resolve(new Response('', { status: 503 })), { fault: 'failed' }],
      [() => Promise.resolve(new Response('<p>')), { fault: 'failed' }],
      [() => Promise.resolve(new Response('{"value":1}')), { fault: 'failed' }],
      [() => Promise.resolve(new Response('{"value":null}')), { value: null }],
    ];
    for (const [answer, expected] of answers) {
      intercept(({ url }) => (url.endsWith('/staff/v1/reveal') ? answer() : undefined));
      expect(await ask()).to.deep.equal(expected);
    }
  });

  it('shows the card from what is stored without a network, and no way to the clear', async () => {
    const source = placeDesk();
    const [customer] = await customersOf(source);
    const card = place('liyu-customer-card', { customer: customer!.id });
    await untilShown(card, customer!.name!);
    breakNetwork();
    source.retry();
    await untilShown(card, '联网后可查看');
    expect(textOf(card)).to.contain(customer!.name!);
    mendNetwork();
  });

  it('follows a customer only while a card shows them', async () => {
    const source = placeDesk();
    const [first] = await customersOf(source);
    const states: string[] = [];
    const watch = () =>
      source.watch('customers', ({ state }) => states.push(state), { customer: first!.id });
    watch()();
    const stop = watch();
    await until(() => states.at(-1) === 'ready', 'ready');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    stop();
    watch()();
    expect(states.at(-1), 'at once, in a card that is moved').to.equal('ready');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    watch()();
    expect(states.at(-1), 'anew').to.equal('loading');
  });
});

/** All that an IndexedDB database, or a key of the local storage, holds, as text. */
async function contentOf(name: string): Promise<string> {
  const kept = localStorage.getItem(name);
  if (kept !== null) return kept;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
  const found: unknown[] = [];
  for (const store of database.objectStoreNames) {
    const request = database.transaction(store).objectStore(store).getAll();
    await new Promise((resolve) => (request.onsuccess = resolve));
    found.push(request.result);
  }
  database.close();
  return JSON.stringify(found);
}
