import { expect } from '@open-wc/testing';
import type { Locale } from '@liyu/model';
import { assessed, bankPolicy } from './fixtures/bank-policy.testing.js';
import { choose } from './fixtures/answering.testing.js';
import { FakeSource } from './fixtures/fake-source.testing.js';
import { mount, settled } from './fixtures/mount.testing.js';
import type { Widgets } from './fixtures/mount.testing.js';
import { aPolicy } from './fixtures/policy.testing.js';
import { monthlyAssessments, someHoldings } from './fixtures/holdings.testing.js';
import {
  aCareEvent,
  aCustomer,
  anEntitlement,
  anOffer,
  aSurvey,
} from './fixtures/records.testing.js';
import { loadJourneySide } from './tier-journey/load-journey-side.js';

/*
 * The large-letter edition as the national specification wants it: letters of 18 px and more, targets
 * of 60 px and more, lines at least 1.3 of their letters apart.
 */
const LEAST = { letters: 18, target: 60, lines: 1.3 };
const TAGS = [
  'liyu-customer-card',
  'liyu-tier-badge',
  'liyu-tier-journey',
  'liyu-benefit-panel',
  'liyu-care-timeline',
  'liyu-satisfaction-form',
  'liyu-asset-mix',
] as const satisfies readonly (keyof Widgets)[];

/** A source with a record for every widget. */
function full(tag: keyof Widgets): FakeSource {
  const source = new FakeSource();
  source.set('customers', [aCustomer()]);
  source.set(
    'assessments',
    tag === 'liyu-asset-mix' ? monthlyAssessments([60_000_000, 68_201_635]) : [assessed()],
  );
  source.set('entitlements', [anEntitlement()]);
  source.set('careEvents', [
    aCareEvent('E1', { lunar: { month: 8, day: 21, leap: false } }),
    aCareEvent('E2', { state: 'planned', kind: 'CONTACT' }),
    aCareEvent('E3', { on: '2026-05-02', kind: 'COMPLAINT' }),
  ]);
  source.set('surveys', [aSurvey()]);
  source.set('holdings', someHoldings());
  source.set('cases', []);
  source.set('redemptions', []);
  source.set('offers', [anOffer('O1')]);
  source.set('policies', [tag === 'liyu-tier-journey' ? bankPolicy() : aPolicy()]);
  return source;
}

/** One whose every record failed to arrive, while the network is away. */
function failing(): FakeSource {
  const source = full('liyu-customer-card');
  for (const name of new Set([...NAMES])) source.set(name, { state: 'error', code: 'network' });
  source.setStatus({ offline: true });
  return source;
}
const NAMES = [
  'customers',
  'assessments',
  'entitlements',
  'careEvents',
  'surveys',
  'holdings',
  'policies',
] as const;

const SOURCES = { 'with all it shows': full, 'without its records': failing } as const;

/** What is smaller than the specification allows, in words. */
function tooSmall(widget: Element): string[] {
  const faults: string[] = [];
  for (const element of widget.shadowRoot!.querySelectorAll<HTMLElement>('.root *')) {
    if (!element.checkVisibility() || element.closest('.unseen, svg') !== null) continue;
    const { fontSize, lineHeight } = getComputedStyle(element);
    const letters = parseFloat(fontSize);
    const words = `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 20)}`;
    const speaks = [...element.childNodes].some(
      (node) => node instanceof Text && node.data.trim() !== '',
    );
    if (speaks && letters < LEAST.letters) faults.push(`${fontSize} letters: ${words}`);
    if (speaks && parseFloat(lineHeight) / letters < LEAST.lines) {
      faults.push(`${lineHeight} lines: ${words}`);
    }
    if (!element.matches('a, button, input, select, textarea, summary')) continue;
    // A choice is pressed anywhere on its label.
    const target = element.closest('label') ?? element;
    const { height } = target.getBoundingClientRect();
    if (height < LEAST.target) faults.push(`${height} px to press: ${words}`);
  }
  return faults;
}

describe('elder', () => {
  before(async () => {
    await loadJourneySide();
  });

  for (const tag of TAGS) {
    for (const [state, sourceOf] of Object.entries(SOURCES)) {
      for (const locale of ['zh-CN', 'en'] as const satisfies readonly Locale[]) {
        it(`${tag} ${state} in ${locale} is large enough to read and to press`, async () => {
          const widget = await mount(tag, {
            source: sourceOf(tag),
            locale,
            attributes: { elder: '' },
          });
          expect(tooSmall(widget)).to.deep.equal([]);
        });
      }
    }
  }

  it('liyu-satisfaction-form unfolded is large enough to read and to press', async () => {
    const form = await mount('liyu-satisfaction-form', {
      source: full('liyu-satisfaction-form'),
      attributes: { elder: '' },
    });
    await choose(form, 3);
    await settled(form);
    expect(tooSmall(form)).to.deep.equal([]);
  });
});
