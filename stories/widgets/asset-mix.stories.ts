import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { ifDefined } from 'lit/directives/if-defined.js';
import page from '../../packages/widgets/src/asset-mix/asset-mix.md?raw';
import {
  aHolding,
  monthlyAssessments,
  someHoldings,
} from '../../packages/widgets/src/fixtures/holdings.testing.js';
import { dayFromToday } from '../../packages/widgets/src/fixtures/records.testing.js';
import { press } from '../stage/acting.js';
import { failing, holding, offline, signedOut, waiting, without } from '../stage/story-source.js';
import type { Fill } from '../stage/story-source.js';
import { about, SHARED, SHARED_ARGS, toolbar } from '../stage/widget-docs.js';
import type { SharedArgs } from '../stage/widget-docs.js';

type Story = StoryObj<SharedArgs>;

const YEAR = [
  52_000_000, 52_600_000, 55_100_000, 57_900_000, 58_300_000, 60_200_000, 61_000_000, 63_400_000,
  64_100_000, 66_800_000, 67_500_000, 68_201_635,
];
const filled: Fill = (source) => {
  source.set('holdings', someHoldings());
  source.set('assessments', monthlyAssessments(YEAR));
};
const COLLECTIONS = ['holdings', 'assessments'] as const;

const meta: Meta<SharedArgs> = {
  title: 'Widgets/Asset mix',
  tags: ['autodocs'],
  component: 'liyu-asset-mix',
  args: SHARED_ARGS,
  argTypes: SHARED,
  parameters: {
    source: holding(filled),
    room: 760,
    docs: { description: { component: about(page) } },
  },
  render: ({ density, frame }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-asset-mix
      locale=${locale}
      ?elder=${elder}
      density=${ifDefined(density ?? undefined)}
      frame=${ifDefined(frame ?? undefined)}
    ></liyu-asset-mix>`;
  },
};
export default meta;

/** Amounts are masked until asked for; shares and the shape of the line aren't. */
export const Ready: Story = {};

/** After 显示金额. */
export const AmountsShown: Story = {
  play: ({ canvasElement }) => press(canvasElement, 'liyu-asset-mix', '.head .link'),
};

/** On a phone the ring stands above the table. */
export const Narrow: Story = {
  parameters: { room: 390 },
  play: ({ canvasElement }) => press(canvasElement, 'liyu-asset-mix', '.head .link'),
};

/** One kind is a full ring; a new customer has no line yet. */
export const OneKind: Story = {
  parameters: {
    source: holding((source) => {
      source.set('holdings', [aHolding('H1')]);
      source.set('assessments', []);
    }),
  },
};

/** A product whose amount isn't known is named, and not in the sums. */
export const UnknownAmount: Story = {
  parameters: {
    source: holding((source) => {
      source.set('holdings', [...someHoldings(), aHolding('H9', { amountFen: null })]);
      source.set('assessments', []);
    }),
  },
};

/** No charts and no single products: kinds, sums and what is owed. */
export const Elder: Story = { globals: { elder: 'on' }, parameters: { room: 480 } };

/** In pages set in 14 px. */
export const Compact: Story = { args: { density: 'compact' } };

export const Loading: Story = { parameters: { source: waiting() } };

export const Empty: Story = { parameters: { source: without(...COLLECTIONS) } };

/** 重试 fetches again; in this story it succeeds. */
export const Failed: Story = { parameters: { source: failing(COLLECTIONS, filled) } };

export const SignedOut: Story = { parameters: { source: signedOut(...COLLECTIONS) } };

/** The last figures stay, and say that they are the last. */
export const Offline: Story = { parameters: { source: offline(filled) } };

/** Older than 45 days: its date gets a clock. */
export const Stale: Story = {
  parameters: {
    source: holding((source) => {
      filled(source);
      source.set('holdings', [aHolding('H1', { asOf: dayFromToday(-60) })]);
    }),
  },
};
