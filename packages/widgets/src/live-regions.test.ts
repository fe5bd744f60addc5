import { SCENES, loadParts, show } from './fixtures/scenes.testing.js';
import { expect } from '@open-wc/testing';
import { AssetCharts } from './asset-mix/asset-charts.js';
import { AssetMix } from './asset-mix/asset-mix.js';
import { FakeSource } from './fixtures/fake-source.testing.js';
import { monthlyAssessments, someHoldings } from './fixtures/holdings.testing.js';
import { mount, root, settled } from './fixtures/mount.testing.js';
import { aCustomer, anAssessment, aSurvey } from './fixtures/records.testing.js';
import type { Snapshot } from './source.js';

// What is said without being asked for: once, and never because the same records came again.

const TAGS = [...new Set(SCENES.map(({ tag }) => tag))];
const LIVE = '[role=status], [role=alert], [aria-live]';

/** Hears what a screen reader would say of a widget's live regions, until the test is over. */
function listen(element: Element): { said: () => string[] } {
  const within = element.shadowRoot!;
  const textOf = (region: Element) => region.textContent.replace(/\s+/g, ' ').trim();
  const regions = () => [...within.querySelectorAll(LIVE)];
  const heard: string[] = [];
  const known = new Map(regions().map((region) => [region, textOf(region)]));
  const observer = new MutationObserver((changes) => {
    for (const region of regions()) {
      const before = known.get(region);
      const text = textOf(region);
      known.set(region, text);
      const isChanged = changes.some(({ target }) => region.contains(target));
      if (text === '' || (before !== undefined && !isChanged)) continue;
      // A region that comes with its words is heard only where it is an alert.
      const isUnheard = before === undefined && region.role !== 'alert';
      heard.push(isUnheard ? `unheard: ${text}` : text);
    }
  });
  observer.observe(within, { childList: true, characterData: true, subtree: true });
  return { said: () => heard.splice(0) };
}

/** The same records once more, as a replication brings them. */
function tick(source: FakeSource): void {
  for (const [name, snapshot] of source.held()) {
    const again = structuredClone(snapshot);
    if (again.state === 'ready') for (const doc of again.docs as { rev: number }[]) doc.rev++;
    source.set(name, again as Snapshot<never>);
  }
  source.setStatus({ pending: source.status.pending });
}

const OFFLINE = '离线数据，联网后更新。';
const CAUSE = '可能是网络不稳。数据没有变化。';

describe('Live regions', () => {
  before(loadParts);

  for (const scene of SCENES) {
    it(`<${scene.tag}> ${scene.name}: silent when the same records come again`, async () => {
      const { element, source } = await show(scene);
      await settled(element);
      const { said } = listen(element);
      for (let times = 0; times < 2; times++) {
        tick(source);
        await settled(element);
      }
      expect(said()).to.deep.equal([]);
    });
  }

  for (const tag of TAGS) {
    const scene = SCENES.find((one) => one.tag === tag)!;

    it(`<${tag}> says once that it is offline, and nothing when it isn't any more`, async () => {
      const { element, source } = await show({ ...scene, act: () => Promise.resolve() });
      await settled(element);
      const { said } = listen(element);
      source.setStatus({ offline: true });
      await settled(element);
      expect(said()).to.deep.equal([OFFLINE]);
      tick(source);
      await settled(element);
      source.setStatus({ offline: false });
      await settled(element);
      expect(said()).to.deep.equal([]);
    });

    it(`<${tag}> says once that nothing could be fetched`, async () => {
      const source = new FakeSource();
      const element = await mount(tag, { source, attributes: scene.attributes ?? {} });
      const { said } = listen(element);
      for (const [name] of scene.source().held()) {
        source.set(name, { state: 'error', code: 'network' });
      }
      await settled(element);
      const [first, ...more] = said();
      expect(first).to.contain('没有取到').and.to.contain('重试');
      expect(more).to.deep.equal([]);
      tick(source);
      await settled(element);
      expect(said()).to.deep.equal([]);
      expect(root(element).dataset.state).to.equal('error');
    });
  }

  it('<liyu-tier-badge> in a row says it too', async () => {
    const source = new FakeSource();
    const element = await mount('liyu-tier-badge', { source });
    const { said } = listen(element);
    source.set('assessments', { state: 'error', code: 'network' });
    await settled(element);
    expect(said()).to.deep.equal(['等级暂时没有取到 重试']);
  });

  it('<liyu-customer-card> says once that the level alone can’t be fetched any more', async () => {
    const source = new FakeSource();
    source.set('customers', [aCustomer()]);
    source.set('assessments', [anAssessment()]);
    const element = await mount('liyu-customer-card', { source });
    const { said } = listen(element);
    source.set('assessments', { state: 'error', code: 'network' });
    await settled(element);
    expect(said()).to.deep.equal([`等级暂时没有取到 ${CAUSE} 重试`]);
  });

  it('<liyu-satisfaction-form> says once that the bank has the answer', async () => {
    const waiting = SCENES.find(({ name }) => name === 'waiting to be sent')!;
    const { element, source } = await show(waiting);
    const { said } = listen(element);
    source.setStatus({ offline: false, pending: 0 });
    source.set('surveys', [
      aSurvey({
        state: 'submitted',
        answers: { q1: 4 },
        submittedAt: '2026-11-27T01:00:00.000Z',
        receivedAt: '2026-11-27T01:00:01.000Z',
        receipt: 'DC20261127-0093',
      }),
    ]);
    await settled(element);
    expect(said()).to.deep.equal(['已提交 感谢您的反馈 编号 DC20261127-0093']);
  });

  it('<liyu-asset-mix> says once that the charts can’t be fetched', async () => {
    class Unlucky extends AssetMix {
      protected override readonly charts = new AssetCharts(this, () =>
        Promise.reject(new Error('offline')),
      );
    }
    customElements.define('unlucky-mix', Unlucky);
    const element = new Unlucky();
    element.holdings = someHoldings();
    element.assessments = monthlyAssessments([1, 2]);
    document.body.append(element);
    await element.updateComplete;
    const { said } = listen(element);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(said()).to.deep.equal(['图表暂时没有取到 重试']);
    element.remove();
  });
});
