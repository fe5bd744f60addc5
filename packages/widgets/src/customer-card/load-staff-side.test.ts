import { expect, fixtureSync, html, waitUntil } from '@open-wc/testing';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, mount, one, root, settled, textOf } from '../fixtures/mount.testing.js';
import { aCustomer, anAssessment } from '../fixtures/records.testing.js';
import { CustomerCard } from './customer-card.js';
import { loadStaffSide } from './load-staff-side.js';

// Alone in its file: whether a module was loaded can be seen once per page.

type Loaded = Awaited<ReturnType<typeof loadStaffSide>>;

/** A card whose chunk comes when the test says so. */
class LateCard extends CustomerCard {
  /** Settles what was asked for, in turn. */
  readonly asked: { resolve: (module: Loaded) => void; reject: (error: Error) => void }[] = [];

  protected override loadStaffSide(): Promise<Loaded> {
    return new Promise((resolve, reject) => this.asked.push({ resolve, reject }));
  }
}
customElements.define('late-card', LateCard);

function aDesk(): FakeSource {
  const source = new FakeSource();
  source.set('customers', [aCustomer(), aCustomer({ id: 'C2' })]);
  source.set('assessments', [anAssessment()]);
  source.set('careEvents', []);
  source.set('cases', []);
  source.serveStaff(() => Promise.resolve({ value: null }));
  return source;
}

async function aLateCard(customer: string, source = aDesk()): Promise<LateCard> {
  const scope = fixtureSync<HTMLElement>(html`<div></div>`);
  source.provideFor(scope);
  const card = document.createElement('late-card') as LateCard;
  card.setAttribute('customer', customer);
  scope.append(card);
  await settled(card);
  return card;
}

const stateOf = (card: Element) => root(card).dataset.state;
const loadedOfStaff = () =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => /\/(staff-(side|view|zh-cn|en)|reveal)/.test(path));

describe('<liyu-customer-card>, what is on pages of staff alone', () => {
  before(() => performance.setResourceTimingBufferSize(5_000));

  it('is not loaded for a customer, and is as soon as a page of staff has a card', async () => {
    const source = new FakeSource();
    source.set('customers', [aCustomer()]);
    source.set('assessments', [anAssessment()]);
    const ofCustomer = await mount('liyu-customer-card', { source });
    expect(stateOf(ofCustomer)).to.equal('ready');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(loadedOfStaff()).to.deep.equal([]);
    const card = await mount('liyu-customer-card', {
      source: aDesk(),
      attributes: { customer: '' },
    });
    expect(textOf(card)).to.contain('请选择一位客户');
    await waitUntil(() => loadedOfStaff().length > 0, 'never loaded');
    card.setAttribute('customer', 'C1');
    await waitUntil(() => stateOf(card) === 'ready', 'never ready');
    expect(textOf(card)).to.contain('客户号 C1');
  });

  it('is waited for as data is, then shown at once in its styles', async () => {
    const { adoptedStyleSheets } = (await aLateCard('C1')).shadowRoot!;
    const card = await aLateCard('C1');
    expect(stateOf(card)).to.equal('loading');
    expect(all(card, '.skeleton')).to.have.length(1);
    expect(textOf(card)).to.equal('正在加载');
    card.asked[0]!.resolve(await loadStaffSide());
    await settled(card);
    expect(stateOf(card)).to.equal('ready');
    expect(getComputedStyle(one(card, '.wishes')).display).to.equal('grid');
    expect(card.shadowRoot!.adoptedStyleSheets).to.have.length(adoptedStyleSheets.length + 1);
    expect(card.asked).to.have.length(1);
  });

  it('is there at once for the next card', async () => {
    await loadStaffSide();
    const card = await mount('liyu-customer-card', {
      source: aDesk(),
      attributes: { customer: 'C1' },
    });
    expect(stateOf(card)).to.equal('ready');
  });

  it('can be asked for again when it could not be fetched', async () => {
    const card = await aLateCard('C1');
    for (let attempt = 0; attempt < 2; attempt++) {
      card.asked[attempt]!.reject(new TypeError('Failed to fetch'));
      await settled(card);
      expect(stateOf(card)).to.equal('error');
      expect(textOf(card)).to.match(/^客户信息 客户信息暂时没有取到.*重试$/);
      one(card, '.acts .link').click();
      await settled(card);
      expect(stateOf(card)).to.equal('loading');
    }
    card.asked[2]!.resolve(await loadStaffSide());
    await settled(card);
    expect(stateOf(card)).to.equal('ready');
    expect(textOf(card)).to.contain('客户号 C1');
  });

  it('is not needed to say that nobody is chosen, or that data could not be fetched', async () => {
    const none = await aLateCard('');
    none.asked[0]!.reject(new TypeError('Failed to fetch'));
    await settled(none);
    expect(textOf(none)).to.contain('请选择一位客户');
    const source = aDesk();
    source.set('customers', { state: 'error', code: 'offline' });
    const failed = await aLateCard('C1', source);
    expect(textOf(failed)).to.contain('客户信息暂时没有取到').and.to.contain('重试');
  });

  it('can be asked for again also where the page gives the data', async () => {
    const card = new LateCard();
    card.customerId = 'C1';
    card.customer = aCustomer();
    fixtureSync<HTMLElement>(html`<div></div>`).append(card);
    await settled(card);
    card.asked[0]!.reject(new TypeError('Failed to fetch'));
    await settled(card);
    one(card, '.acts .link').click();
    await settled(card);
    card.asked[1]!.resolve(await loadStaffSide());
    await settled(card);
    expect(stateOf(card)).to.equal('ready');
  });
});
