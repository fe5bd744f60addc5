import { expect } from '@open-wc/testing';
import { assessed, bankPolicy } from '../fixtures/bank-policy.testing.js';
import { mount } from '../fixtures/mount.testing.js';
import type { Widgets } from '../fixtures/mount.testing.js';
import { aPolicy, CSAT } from '../fixtures/policy.testing.js';
import { someHoldings } from '../fixtures/holdings.testing.js';
import {
  aCareEvent,
  aCustomer,
  anAssessment,
  anEntitlement,
  aSurvey,
} from '../fixtures/records.testing.js';
import { loadJourneySide } from '../tier-journey/load-journey-side.js';

/** All that is inherited, set by a page that means it: on every element, and important. */
const HOSTILE = `.hostile, .hostile * {
  color: red !important; font: italic 900 31px/3 cursive !important; letter-spacing: 7px !important;
  word-spacing: 9px !important; text-transform: uppercase !important; text-align: right !important;
  text-indent: 40px !important; text-shadow: 0 0 3px red !important; white-space: pre !important;
  word-break: break-all !important; direction: rtl !important; cursor: wait !important;
  list-style: square inside !important; quotes: none !important; tab-size: 2 !important;
  font-variant: small-caps !important; font-feature-settings: 'smcp' !important;
  font-kerning: none !important; font-stretch: 50% !important; hyphens: auto !important;
  border-collapse: collapse !important; border-spacing: 9px !important; caption-side: bottom !important;
  empty-cells: hide !important; orphans: 9 !important; widows: 9 !important;
  pointer-events: none !important; user-select: none !important; accent-color: lime !important;
  caret-color: lime !important; fill: lime !important; stroke: lime !important;
  stroke-width: 9px !important; writing-mode: horizontal-tb !important;
  text-wrap: nowrap !important; line-break: anywhere !important; text-autospace: no-autospace !important;
  -webkit-text-stroke: 1px red !important; -webkit-text-fill-color: red !important;
  -webkit-tap-highlight-color: red !important; text-underline-position: under !important;
  text-emphasis: dot !important; image-rendering: pixelated !important;
}`;

const WIDGETS: { [Tag in keyof Widgets]: Partial<Widgets[Tag]> } = {
  'liyu-customer-card': { customer: aCustomer(), assessment: anAssessment() },
  'liyu-tier-badge': { assessment: anAssessment(), size: 'l' },
  'liyu-benefit-panel': { entitlements: [anEntitlement()], policy: aPolicy(), redemptions: [] },
  'liyu-care-timeline': { careEvents: [aCareEvent('A'), aCareEvent('B', { kind: 'CONTACT' })] },
  'liyu-satisfaction-form': { survey: aSurvey(), template: CSAT },
  'liyu-tier-journey': { assessment: assessed(), policy: bankPolicy() },
  'liyu-asset-mix': { holdings: someHoldings(), assessments: [] },
};

describe('A page that styles everything', () => {
  let style: HTMLStyleElement;
  before(() => loadJourneySide());
  beforeEach(() => {
    style = document.createElement('style');
    style.textContent = HOSTILE;
    document.head.append(style);
  });
  afterEach(() => style.remove());

  for (const tag of Object.keys(WIDGETS) as (keyof Widgets)[]) {
    it(`changes nothing in <${tag}>`, async () => {
      const blank = await computed(tag, '');
      const hostile = await computed(tag, 'hostile');
      expect(hostile.length).to.equal(blank.length);
      const changed = blank.flatMap((before, at) => differences(before, hostile[at]!));
      expect([...new Set(changed)].slice(0, 20).join('\n')).to.equal('');
    });
  }
});

interface Computed {
  name: string;
  values: Readonly<Record<string, string>>;
}

/** What the browser makes of every element of a widget; in a page where `className` says so. */
async function computed(tag: keyof Widgets, className: string): Promise<Computed[]> {
  const element = await mount(tag, { props: WIDGETS[tag] });
  const scope = element.parentElement!;
  scope.style.inlineSize = '600px';
  scope.className = className;
  const found = [...element.shadowRoot!.querySelectorAll('*')]
    // A canvas has the size of its last drawing until the next one.
    .filter((one) => !['style', 'canvas'].includes(one.localName))
    .map((one) => {
      const style = getComputedStyle(one);
      const values = Object.fromEntries(
        [...style].map((name) => [name, style.getPropertyValue(name)]),
      );
      return { name: `${one.localName}.${one.getAttribute('class') ?? ''}`, values };
    });
  element.remove();
  return found;
}

function differences(before: Computed, after: Computed): string[] {
  return Object.keys(before.values)
    .filter((name) => before.values[name] !== after.values[name])
    .map((name) => `${before.name} ${name}: ${before.values[name]} became ${after.values[name]}`);
}
