import { expect, waitUntil } from '@open-wc/testing';
import type { Assessment, Holding } from '@liyu/model';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, mount, one, settled, textOf } from '../fixtures/mount.testing.js';
import { aHolding, monthlyAssessments, someHoldings } from '../fixtures/holdings.testing.js';
import { loadCharts } from './asset-charts.js';
import { mixOf } from './mix-of.js';

const mixed = (
  holdings: readonly Holding[] = someHoldings(),
  assessments: readonly Assessment[] = [],
) => mount('liyu-asset-mix', { props: { holdings, assessments } });
const showAmounts = async (element: Element) => {
  one<HTMLButtonElement>(element, '.head .link').click();
  await settled(element);
};
const rowsOf = (element: Element) =>
  all(element, '.mix tr').map((row) => row.textContent.replace(/\s+/g, ' ').trim());
/** Whether something is drawn in a canvas. */
const isDrawn = (canvas: HTMLCanvasElement) =>
  canvas.width > 0 &&
  canvas
    .getContext('2d')!
    .getImageData(0, 0, canvas.width, canvas.height)
    .data.some((value) => value !== 0);
const colourAt = (canvas: HTMLCanvasElement, x: number, y: number) => {
  const { width, height } = canvas;
  const pixel = canvas.getContext('2d')!.getImageData(x * width, y * height, 1, 1);
  return [...pixel.data].join();
};

describe('<liyu-asset-mix>', () => {
  // The chunk of the charts, as for a customer who has seen one before.
  before(() => loadCharts());

  it('says each kind with its share and products, and what is owed apart', async () => {
    const element = await mixed();
    await showAmounts(element);
    expect(rowsOf(element)).to.deep.equal([
      '产品 占比 金额',
      '存款 69% ¥470,332.64',
      '整存整取三年期（尾号2046） ¥296,000.00',
      '活期储蓄 ¥174,332.64',
      '理财 31% ¥214,940.00',
      '稳健理财半年期 ¥214,940.00',
      '资产合计 ¥685,272.64',
      '待还，不计入资产',
      '信用卡 ¥2,389.16',
      '江海金卡（尾号6309） ¥2,389.16',
    ]);
    expect(textOf(element, '.ring-total')).to.equal('资产合计 ¥68.52万');
    await expect(element).to.be.accessible();
  });

  it('has no amount in the page until the customer asks, and none after another customer came', async () => {
    const element = await mixed();
    expect(textOf(element)).not.to.match(/¥/);
    await expect(element).to.be.accessible();
    await showAmounts(element);
    expect(textOf(element)).to.match(/¥/);
    element.holdings = [aHolding('H1', { customer: 'C2' })];
    await settled(element);
    expect(textOf(element)).not.to.match(/¥/);
  });

  it('draws the ring when it is seen, in the colours of the page, and anew when they change', async () => {
    const element = await mixed();
    const ring = one<HTMLCanvasElement>(element, 'canvas.ring');
    await waitUntil(() => isDrawn(ring), 'never drawn');
    const before = colourAt(ring, 0.95, 0.5);
    element.style.setProperty('--liyu-accent', '#9b2c24');
    await waitUntil(() => colourAt(ring, 0.95, 0.5) !== before, 'kept its colour');
    expect(colourAt(ring, 0.95, 0.5)).to.equal('155,44,36,255');
  });

  it('draws nothing before it is seen', async () => {
    const element = document.createElement('liyu-asset-mix');
    element.holdings = someHoldings();
    const far = document.createElement('div');
    far.style.paddingBlockStart = '5000px';
    far.append(element);
    document.body.append(far);
    await settled(element);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const ring = one<HTMLCanvasElement>(element, 'canvas.ring');
    expect(isDrawn(ring)).to.equal(false);
    element.scrollIntoView();
    await waitUntil(() => isDrawn(ring), 'never drawn');
    far.remove();
  });

  it('is drawn again where it is moved to', async () => {
    const element = await mixed();
    const ring = () => one<HTMLCanvasElement>(element, 'canvas.ring');
    await waitUntil(() => isDrawn(ring()), 'never drawn');
    const parent = element.parentElement!;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(isDrawn(ring())).to.equal(false);
    parent.append(element);
    await waitUntil(() => isDrawn(ring()), 'never drawn again');
  });

  it('draws the months as a line, and says them', async () => {
    const totals = monthlyAssessments([60_000_000, null, 62_000_000, 68_201_635]);
    const element = await mixed(someHoldings(), totals);
    await waitUntil(() => isDrawn(one<HTMLCanvasElement>(element, 'canvas.line')), 'never drawn');
    await showAmounts(element);
    expect(textOf(element, '.ends')).to.equal('2026年7月 ¥60.00万2026年10月 ¥68.20万');
    one<HTMLDetailsElement>(element, 'details').open = true;
    const months = all(element, '.months tbody tr').map((row) =>
      row.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(months).to.deep.equal([
      '2026年10月 ¥682,016.35',
      '2026年9月 ¥620,000.00',
      '2026年7月 ¥600,000.00',
    ]);
    await expect(element).to.be.accessible();
  });

  it('draws no line of one month', async () => {
    const element = await mixed(someHoldings(), monthlyAssessments([60_000_000]));
    expect(all(element, '.history')).to.have.length(0);
  });

  it('says that a product has no amount, and leaves it out of the sums', async () => {
    const element = await mixed([aHolding('H1'), aHolding('H2', { amountFen: null })]);
    await showAmounts(element);
    expect(rowsOf(element)).to.include('活期储蓄 暂无金额');
    expect(textOf(element)).to.contain('暂无金额的产品没有计入合计');
    expect(rowsOf(element)).to.include('存款 100% ¥174,332.64');
  });

  it('draws no ring of nothing: an empty account, or debts alone', async () => {
    const empty = await mixed([aHolding('H1', { amountFen: 0 })]);
    expect(all(empty, 'canvas')).to.have.length(0);
    const owing = await mixed([aHolding('H1', { kind: 'CARD' })]);
    expect(all(owing, 'canvas')).to.have.length(0);
    expect(textOf(owing)).to.contain('信用卡');
  });

  it('leaves the charts and the single products to others in large type', async () => {
    const element = await mount('liyu-asset-mix', {
      attributes: { elder: '' },
      props: { holdings: someHoldings(), assessments: monthlyAssessments([1, 2]) },
    });
    expect(all(element, 'canvas')).to.have.length(0);
    expect(rowsOf(element)).to.have.length(6);
  });

  it('keeps the table where the charts can’t be fetched, and tries again', async () => {
    let fails = true;
    const charts = await loadCharts();
    const { AssetCharts } = await import('./asset-charts.js');
    const { AssetMix } = await import('./asset-mix.js');
    class Unlucky extends AssetMix {
      protected override readonly charts = new AssetCharts(this, () =>
        fails ? Promise.reject(new Error('offline')) : charts,
      );
    }
    customElements.define('test-unlucky-mix', Unlucky);
    const element = document.createElement('test-unlucky-mix') as Unlucky;
    element.holdings = someHoldings();
    document.body.append(element);
    await waitUntil(() => element.shadowRoot!.textContent.includes('图表暂时没有取到'));
    expect(textOf(element)).to.contain('整存整取三年期');
    fails = false;
    one<HTMLButtonElement>(element, '.body button').click();
    await waitUntil(() => isDrawn(one<HTMLCanvasElement>(element, 'canvas.ring')));
    expect(textOf(element)).not.to.contain('图表暂时没有取到');
    element.remove();
  });

  const states: readonly [string, (source: FakeSource) => void, string, string][] = [
    ['waits', () => undefined, 'loading', ''],
    ['has nothing', (source) => source.set('holdings', []), 'empty', '您在本行暂时没有'],
    [
      'failed',
      (source) => source.set('holdings', { state: 'error', code: 'offline' }),
      'error',
      '资产数据暂时没有取到',
    ],
    [
      'has nobody',
      (source) => source.set('holdings', { state: 'signedOut' }),
      'signedOut',
      '登录后可查看您的资产构成。',
    ],
    ['has data', (source) => source.set('holdings', someHoldings()), 'ready', '存款'],
  ];
  for (const [what, fill, state, words] of states) {
    it(`says that it ${what}`, async () => {
      const source = new FakeSource();
      fill(source);
      const element = await mount('liyu-asset-mix', { source });
      expect(one(element, '.root').dataset.state).to.equal(state);
      expect(textOf(element)).to.contain(words);
      await expect(element).to.be.accessible();
    });
  }

  it('says it in English', async () => {
    const element = await mount('liyu-asset-mix', {
      locale: 'en',
      props: { holdings: someHoldings(), assessments: monthlyAssessments([1, 68_201_635]) },
    });
    await showAmounts(element);
    expect(textOf(element, '.ring-total')).to.equal('Total assets ¥685,272');
    expect(rowsOf(element)).to.include('Wealth products 31% ¥214,940.00');
    expect(textOf(element, '.ends')).to.equal('Sep 2026 ¥0Oct 2026 ¥682,016');
  });
});

describe('mixOf', () => {
  it('shares out a hundred, whatever the amounts', () => {
    for (const [one, other] of [
      [1, 2],
      [1, 1],
      [999, 1],
      [1, 999_999],
      [335, 665],
    ]) {
      const { assets } = mixOf([
        aHolding('A', { amountFen: one! }),
        aHolding('B', { kind: 'WEALTH', amountFen: other! }),
      ]);
      expect(assets.reduce((sum, { percent }) => sum + percent!, 0)).to.equal(100);
    }
  });

  it('takes an overdrawn account for no share', () => {
    const { assets, totalFen } = mixOf([
      aHolding('A', { amountFen: -500 }),
      aHolding('B', { kind: 'WEALTH', amountFen: 1_000 }),
    ]);
    expect(assets.map(({ percent }) => percent)).to.deep.equal([0, 100]);
    expect(totalFen).to.equal(500);
  });

  it('refuses amounts that aren’t exact', () => {
    expect(() => mixOf([aHolding('A', { amountFen: 1.5 })])).to.throw(RangeError);
    expect(() => mixOf([aHolding('A', { amountFen: 2 ** 53 })])).to.throw(RangeError);
  });
});
