import { expect } from '@open-wc/testing';
import type { Locale } from '@liyu/model';
import { assessed, bankPolicy } from '../fixtures/bank-policy.testing.js';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, mount, one, root, settled, textOf } from '../fixtures/mount.testing.js';
import type { Widgets } from '../fixtures/mount.testing.js';
import { aPolicy, CSAT } from '../fixtures/policy.testing.js';
import { someHoldings } from '../fixtures/holdings.testing.js';
import {
  aCareEvent,
  aCustomer,
  anAssessment,
  anEntitlement,
  aSurvey,
  dayFromToday,
} from '../fixtures/records.testing.js';
import { SOURCE_READY, SourceRequest } from '../source.js';
import type { Records, Snapshot } from '../source.js';
import { loadJourneySide } from '../tier-journey/load-journey-side.js';

type Tag = keyof Widgets;

interface Case {
  tag: Tag;
  attributes?: Record<string, string>;
  /** Collections it reads, with what makes it ready. */
  docs: { [Name in keyof Records]?: readonly Records[Name][] };
  /** The same data as the page would give it. */
  props: Record<string, unknown>;
  words: Record<'ready' | 'empty' | 'error' | 'signedOut', Record<Locale, string>>;
}

const CASES: readonly Case[] = [
  {
    tag: 'liyu-customer-card',
    docs: { customers: [aCustomer()], assessments: [anAssessment()] },
    props: { customer: aCustomer(), assessment: anAssessment() },
    words: {
      ready: { 'zh-CN': '陈*怡，您好', en: 'Hello, 陈*怡' },
      empty: { 'zh-CN': '暂时没有您的客户信息', en: 'There is no record for you yet' },
      error: { 'zh-CN': '客户信息暂时没有取到', en: 'Your details could not be fetched' },
      signedOut: { 'zh-CN': '登录后可查看您的客户经理和等级', en: 'Sign in to see your manager' },
    },
  },
  {
    tag: 'liyu-tier-badge',
    attributes: { size: 'l' },
    docs: { assessments: [anAssessment()] },
    props: { assessment: anAssessment() },
    words: {
      ready: { 'zh-CN': 'VIP客户1级', en: 'VIP 1' },
      empty: { 'zh-CN': '等级评定中', en: 'Being assessed' },
      error: { 'zh-CN': '等级暂时没有取到', en: 'Your level could not be fetched' },
      signedOut: { 'zh-CN': '登录后可查看您的等级', en: 'Sign in to see your level' },
    },
  },
  {
    tag: 'liyu-benefit-panel',
    docs: { entitlements: [anEntitlement()], policies: [aPolicy()] },
    props: { entitlements: [anEntitlement()], policy: aPolicy() },
    words: {
      ready: { 'zh-CN': '贵宾室使用', en: 'Lounge access' },
      empty: { 'zh-CN': '您的权益在首次评定后显示', en: 'Your benefits appear after' },
      error: { 'zh-CN': '权益暂时没有取到', en: 'Your benefits could not be fetched' },
      signedOut: { 'zh-CN': '登录后可查看您的权益', en: 'Sign in to see your benefits' },
    },
  },
  {
    tag: 'liyu-care-timeline',
    docs: { careEvents: [aCareEvent('1')] },
    props: { careEvents: [aCareEvent('1')] },
    words: {
      ready: { 'zh-CN': '国庆节问候', en: 'National Day greeting' },
      empty: { 'zh-CN': '暂无关怀记录', en: 'No care records yet' },
      error: { 'zh-CN': '关怀记录暂时没有取到', en: 'Care records could not be fetched' },
      signedOut: { 'zh-CN': '登录后可查看关怀记录', en: 'Sign in to see your care records' },
    },
  },
  {
    tag: 'liyu-satisfaction-form',
    docs: { surveys: [aSurvey()], policies: [aPolicy()] },
    props: { survey: aSurvey(), template: CSAT },
    words: {
      ready: {
        'zh-CN': '您对本次办理业务是否满意？',
        en: 'How satisfied were you with this visit?',
      },
      empty: { 'zh-CN': '目前没有需要您填写的调查', en: 'There is no survey for you' },
      error: { 'zh-CN': '调查暂时没有取到', en: 'The survey could not be fetched' },
      signedOut: { 'zh-CN': '登录后可填写满意度调查', en: 'Sign in to answer a survey' },
    },
  },
  {
    tag: 'liyu-tier-journey',
    docs: { assessments: [assessed()], policies: [bankPolicy()], customers: [aCustomer()] },
    props: { assessment: assessed(), policy: bankPolicy() },
    words: {
      ready: { 'zh-CN': '为什么是这个等级', en: 'Why this level' },
      empty: { 'zh-CN': '等级评定中', en: 'Being assessed' },
      error: { 'zh-CN': '等级暂时没有取到', en: 'Your level could not be fetched' },
      signedOut: { 'zh-CN': '登录后可查看您的等级', en: 'Sign in to see your level' },
    },
  },
  {
    tag: 'liyu-asset-mix',
    docs: { holdings: someHoldings(), assessments: [] },
    props: { holdings: someHoldings() },
    words: {
      ready: { 'zh-CN': '资产构成', en: 'Your assets' },
      empty: { 'zh-CN': '您在本行暂时没有', en: 'You have no deposit' },
      error: { 'zh-CN': '资产数据暂时没有取到', en: 'Your assets could not be fetched' },
      signedOut: { 'zh-CN': '登录后可查看您的资产构成', en: 'Sign in to see your assets' },
    },
  },
];
const LOCALES: readonly Locale[] = ['zh-CN', 'en'];

function fill(source: FakeSource, { docs }: Case, state: keyof Case['words']): void {
  for (const [name, ready] of Object.entries(docs)) {
    const snapshot: Snapshot<unknown> =
      state === 'error'
        ? { state, code: 'network' }
        : state === 'signedOut'
          ? { state }
          : { state: 'ready', docs: state === 'ready' || name === 'policies' ? ready : [] };
    source.set(name as keyof Records, snapshot as Snapshot<never>);
  }
}

// What is loaded lazily is here before the first of them.
before(async () => {
  await loadJourneySide();
});

for (const one_ of CASES) {
  const { tag, attributes = {}, props, words } = one_;

  describe(`<${tag}>`, () => {
    for (const locale of LOCALES) {
      for (const state of ['ready', 'empty', 'error', 'signedOut'] as const) {
        it(`says what there is when the source is ${state}, in ${locale}`, async () => {
          const source = new FakeSource();
          fill(source, one_, state);
          const element = await mount(tag, { source, locale, attributes });
          expect(textOf(element)).to.contain(words[state][locale]);
          expect(root(element).dataset.state).to.equal(state);
          expect(element.matches(`:state(${state})`)).to.equal(true);
          expect(root(element).hasAttribute('aria-busy')).to.equal(false);
        });
      }

      for (const scheme of ['light', 'dark'] as const) {
        it(`has no fault that axe finds in any state, in ${locale}, ${scheme}`, async () => {
          const source = new FakeSource();
          const element = await mount(tag, { source, locale, attributes });
          const page = element.parentElement!;
          page.style.colorScheme = scheme;
          page.style.background = 'Canvas';
          await expect(element).to.be.accessible();
          for (const state of ['ready', 'empty', 'error', 'signedOut'] as const) {
            fill(source, one_, state);
            await settled(element);
            expect(root(element).dataset.state).to.equal(state);
            await expect(element).to.be.accessible();
          }
          fill(source, one_, 'ready');
          source.setStatus({ offline: true });
          await settled(element);
          await expect(element).to.be.accessible();
          element.elder = true;
          await settled(element);
          // A button takes 120 ms to its new colour.
          await new Promise((resolve) => setTimeout(resolve, 200));
          await expect(element).to.be.accessible();
        });
      }

      it(`says in ${locale} that it is offline and goes on showing what is stored`, async () => {
        const source = new FakeSource();
        fill(source, one_, 'ready');
        const element = await mount(tag, { source, locale, attributes });
        source.setStatus({ offline: true });
        await settled(element);
        expect(textOf(element)).to.contain(words.ready[locale]);
        expect(textOf(element)).to.contain(
          { 'zh-CN': '离线数据，联网后更新', en: 'Offline; updates when connected' }[locale],
        );
        expect(root(element).hasAttribute('data-offline')).to.equal(true);
        expect(element.matches(':state(offline)')).to.equal(true);
        source.setStatus({ offline: false });
        await settled(element);
        expect(root(element).hasAttribute('data-offline')).to.equal(false);
      });
    }

    it('waits without words and shows blocks only after 400 ms', async () => {
      const element = await mount(tag, { source: new FakeSource(), attributes });
      expect(root(element).dataset.state).to.equal('loading');
      expect(root(element).getAttribute('aria-busy')).to.equal('true');
      const skeleton = one(element, '.skeleton');
      expect(getComputedStyle(skeleton).visibility).to.equal('hidden');
      expect(skeleton.querySelectorAll('.block').length).to.be.greaterThan(1);
      const [wait] = skeleton.getAnimations();
      expect(wait?.effect?.getTiming().delay).to.equal(400);
      wait?.finish();
      expect(getComputedStyle(skeleton).visibility).to.equal('visible');
    });

    it('fetches again when asked to, and shows what comes', async () => {
      const source = new FakeSource();
      fill(source, one_, 'error');
      const element = await mount(tag, { source, attributes });
      one(element, '.note .link').click();
      expect(source.retries).to.equal(1);
      fill(source, one_, 'ready');
      await settled(element);
      expect(textOf(element)).to.contain(words.ready['zh-CN']);
    });

    it('asks for no source when the page gives the data', async () => {
      let asked = 0;
      const count = () => asked++;
      document.addEventListener(SourceRequest.type, count);
      const byProperty = await mount(tag, { props, attributes });
      const byJson = await mount(tag, {
        attributes,
        inner: `<script type="application/json">${JSON.stringify(props)}</script>`,
      });
      document.dispatchEvent(new Event(SOURCE_READY));
      await settled(byJson);
      document.removeEventListener(SourceRequest.type, count);
      expect(textOf(byProperty)).to.contain(words.ready['zh-CN']);
      expect(textOf(byJson)).to.contain(words.ready['zh-CN']);
      expect(asked).to.equal(0);
    });

    it('shows a fault, and nothing to retry, when its JSON child is broken', async () => {
      for (const json of ['{', '[]', '{"other":1}', `{"${Object.keys(props)[0]}":7}`]) {
        const inner = `<script type="application/json">${json}</script>`;
        const element = await mount(tag, { attributes, inner });
        expect(textOf(element), json).to.contain(words.error['zh-CN']);
        expect(all(element, 'button'), json).to.have.length(0);
      }
    });

    it('leaves its source when it is taken out, and comes back to it', async () => {
      const source = new FakeSource();
      fill(source, one_, 'ready');
      const element = await mount(tag, { source, attributes });
      const watching = source.watching;
      expect(watching).to.be.greaterThan(1);
      const parent = element.parentElement!;
      element.remove();
      expect(source.watching).to.equal(0);
      parent.append(element);
      await settled(element);
      expect(source.watching).to.equal(watching);
      expect(textOf(element)).to.contain(words.ready['zh-CN']);
    });

    it('keeps what it shows while it is moved in the document', async () => {
      const source = new FakeSource();
      fill(source, one_, 'ready');
      const element = await mount(tag, { source, attributes });
      const scope = document.createElement('section');
      element.parentElement!.append(scope);
      scope.append(element);
      await element.updateComplete;
      expect(root(element).dataset.state).to.equal('ready');
      await settled(element);
      fill(source, one_, 'empty');
      await settled(element);
      expect(textOf(element)).to.contain(words.empty['zh-CN']);
    });

    it('asks again when a source becomes ready later', async () => {
      const element = await mount(tag, { attributes });
      const source = new FakeSource();
      fill(source, one_, 'ready');
      const stop = source.provideFor(document);
      document.dispatchEvent(new Event(SOURCE_READY));
      await settled(element);
      stop();
      expect(textOf(element)).to.contain(words.ready['zh-CN']);
    });

    it('leaves the source when the page gives data after all', async () => {
      const source = new FakeSource();
      fill(source, one_, 'error');
      const element = await mount(tag, { source, attributes });
      Object.assign(element, props);
      await settled(element);
      expect(source.watching).to.equal(0);
      expect(textOf(element)).to.contain(words.ready['zh-CN']);
    });

    it('changes its language while it runs', async () => {
      const source = new FakeSource();
      fill(source, one_, 'ready');
      const element = await mount(tag, { source, attributes });
      element.locale = 'en';
      await settled(element, 'en');
      expect(textOf(element)).to.contain(words.ready.en);
      // Not for a browser to translate: what it puts in place of a text never changes again.
      expect(root(element).translate).to.equal(false);
      element.locale = 'zh-CN';
      await settled(element, 'zh-CN');
      expect(textOf(element)).to.contain(words.ready['zh-CN']);
    });

    it('puts nothing of the customer into an attribute', async () => {
      const source = new FakeSource();
      fill(source, one_, 'ready');
      const element = await mount(tag, { source, attributes });
      const values = [element, ...all(element, ':not(path)')].flatMap((node) =>
        [...node.attributes].map(({ value }) => value),
      );
      for (const secret of [
        '陈*怡',
        '682',
        '138****5678',
        '王慧敏',
        'VIP',
        '贵宾室',
        '滨江',
        'C1',
      ]) {
        expect(values.filter((value) => value.includes(secret))).to.deep.equal([]);
      }
    });
  });
}

describe('Source of a widget', () => {
  it('isn’t asked for before the document is parsed: a JSON child may still come', async () => {
    const source = new FakeSource();
    source.set('assessments', [anAssessment()]);
    Object.defineProperty(document, 'readyState', { value: 'loading', configurable: true });
    try {
      const badge = await mount('liyu-tier-badge', { source });
      expect(source.asked).to.deep.equal([]);
      Reflect.deleteProperty(document, 'readyState');
      document.dispatchEvent(new Event('DOMContentLoaded'));
      await settled(badge);
      expect(textOf(badge)).to.contain('VIP客户1级');
    } finally {
      Reflect.deleteProperty(document, 'readyState');
    }
  });
});

describe('Language of a widget', () => {
  it('is its own, then that of the source, never that of the page', async () => {
    const before = document.documentElement.lang;
    document.documentElement.lang = 'en';
    try {
      const plain = await mount('liyu-tier-badge', { props: { assessment: anAssessment() } });
      expect(root(plain).lang).to.equal('zh-CN');
      const source = new FakeSource('en');
      source.set('assessments', [anAssessment()]);
      const kit = await mount('liyu-tier-badge', { source });
      await settled(kit, 'en');
      const own = await mount('liyu-tier-badge', { source, locale: 'zh-CN' });
      expect(textOf(own)).to.contain('VIP客户1级');
    } finally {
      document.documentElement.lang = before;
    }
  });

  it('is that of the customer’s record where nothing else says', async () => {
    const customer = aCustomer({ locale: 'en' });
    const card = await mount('liyu-customer-card', { props: { customer, assessment: null } });
    await settled(card, 'en');
    expect(textOf(card)).to.contain('Hello, 陈*怡');
  });
});

describe('Frame of a widget', () => {
  it('keeps the host’s type and colour out', async () => {
    const style = document.createElement('style');
    style.textContent = '* { color: rgb(255, 0, 0) !important; letter-spacing: 9px !important }';
    document.head.append(style);
    const card = await mount('liyu-customer-card', {
      props: { customer: aCustomer(), assessment: anAssessment() },
    });
    const seen = getComputedStyle(root(card));
    expect([seen.color, seen.letterSpacing]).to.deep.equal(['rgb(28, 34, 37)', 'normal']);
    style.remove();
  });

  it('takes a bank’s colours from the page or from the tag', async () => {
    document.documentElement.style.setProperty('--liyu-text', 'rgb(1, 2, 3)');
    const badge = await mount('liyu-tier-badge', { props: { assessment: anAssessment() } });
    expect(getComputedStyle(root(badge)).color).to.equal('rgb(1, 2, 3)');
    badge.style.setProperty('--liyu-text', 'rgb(4, 5, 6)');
    expect(getComputedStyle(root(badge)).color).to.equal('rgb(4, 5, 6)');
    document.documentElement.style.removeProperty('--liyu-text');
  });

  it('is dark where the page declares that it is dark', async () => {
    const panel = await mount('liyu-benefit-panel', { props: { entitlements: [], policy: null } });
    panel.parentElement!.style.colorScheme = 'dark';
    expect(getComputedStyle(root(panel)).backgroundColor).to.equal('rgb(23, 27, 29)');
    panel.parentElement!.style.colorScheme = 'light';
    expect(getComputedStyle(root(panel)).backgroundColor).to.equal('rgb(255, 255, 255)');
  });

  it('leaves the heading to the host where it has no frame', async () => {
    const props = { careEvents: [aCareEvent('1')] };
    const framed = await mount('liyu-care-timeline', {
      props,
      attributes: { 'heading-level': '3' },
    });
    expect(all(framed, 'h3.title').map(({ textContent }) => textContent)).to.deep.equal([
      '关怀记录',
    ]);
    const bare = await mount('liyu-care-timeline', { props, attributes: { frame: 'none' } });
    expect(all(bare, '.title')).to.have.length(0);
  });

  it('says how old the data is when it is older than 45 days', async () => {
    const asOf = { fresh: dayFromToday(-45), old: dayFromToday(-46) };
    const badge = await mount('liyu-tier-badge', {
      props: { assessment: anAssessment({ asOf: asOf.fresh }) },
    });
    expect(root(badge).hasAttribute('data-stale')).to.equal(false);
    badge.assessment = anAssessment({ asOf: asOf.old });
    await settled(badge);
    expect(root(badge).hasAttribute('data-stale')).to.equal(true);
    expect(badge.matches(':state(stale)')).to.equal(true);
    expect(textOf(badge)).to.contain('数据更新于');
  });

  it('takes only its own data from a JSON child, whatever else objects have by nature', async () => {
    for (const text of [
      '{"toString":{}}',
      '{"constructor":{}}',
      '{"__proto__":{"assessment":{}}}',
    ]) {
      const asked: unknown[] = [];
      const listen = (event: Event) => asked.push(event);
      document.addEventListener(SourceRequest.type, listen);
      const badge = document.createElement('liyu-tier-badge');
      const script = document.createElement('script');
      script.type = 'application/json';
      script.textContent = text;
      badge.append(script);
      document.body.append(badge);
      await settled(badge);
      expect(root(badge).dataset.state, text).to.equal('error');
      expect(asked, text).to.have.length(0);
      document.removeEventListener(SourceRequest.type, listen);
      badge.remove();
    }
  });

  it('shows the error state, not an empty page, for records of the wrong shape', async () => {
    for (const { tag, props } of CASES) {
      const wrong = Object.fromEntries(
        Object.entries(props).map(([key, value]) => [key, Array.isArray(value) ? [{}] : {}]),
      );
      const widget = await mount(tag, { props: wrong });
      expect(root(widget).dataset.state, tag).to.be.oneOf(['error', 'empty', 'ready']);
      expect(textOf(widget).trim(), tag).not.to.equal('');
    }
  });
});
