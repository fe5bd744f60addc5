import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { ifDefined } from 'lit/directives/if-defined.js';
import page from '../../packages/widgets/src/customer-card/customer-card.md?raw';
import {
  aCustomer,
  anAssessment,
  dayFromToday,
  QUALITY,
  WATCH,
  words,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { press } from '../stage/acting.js';
import { failing, holding, offline, signedOut, waiting, without } from '../stage/story-source.js';
import type { Fill } from '../stage/story-source.js';
import { about, SHARED, SHARED_ARGS, toolbar } from '../stage/widget-docs.js';
import type { SharedArgs } from '../stage/widget-docs.js';

type Story = StoryObj<SharedArgs>;

const known: Fill = (source) => {
  source.set('customers', [aCustomer()]);
  source.set('assessments', [anAssessment()]);
};
const changed = (
  customer: Parameters<typeof aCustomer>[0],
  assessment: Parameters<typeof anAssessment>[0] = {},
) =>
  holding((source) => {
    source.set('customers', [aCustomer(customer)]);
    source.set('assessments', [anAssessment(assessment)]);
  });

const meta: Meta<SharedArgs> = {
  title: 'Widgets/Customer card',
  tags: ['autodocs'],
  component: 'liyu-customer-card',
  args: { ...SHARED_ARGS },
  argTypes: { ...SHARED },
  parameters: {
    source: holding(known),
    room: 800,
    docs: { description: { component: about(page) } },
  },
  render: ({ density, frame }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-customer-card
      locale=${locale}
      ?elder=${elder}
      density=${ifDefined(density ?? undefined)}
      frame=${ifDefined(frame ?? undefined)}
    ></liyu-customer-card>`;
  },
};
export default meta;

/** Two columns from 640 px, one below; people before figures, and the amount hidden. */
export const Ready: Story = {};

/** The amount after 显示: before that it isn't in the document. */
export const AmountShown: Story = {
  play: ({ canvasElement }) => press(canvasElement, 'liyu-customer-card', '.facts button'),
};

/** As narrow as it can get beside other things in a page. */
export const Narrow: Story = { parameters: { room: 280 } };

/** In the large-letter edition people come first, with buttons of 60 px, and fewer facts follow. */
export const Elder: Story = { globals: { elder: 'on' }, parameters: { room: 480 } };

/** In pages set in 14 px. */
export const Compact: Story = { args: { density: 'compact' } };

/** A month below the line: what is kept, until when, and what restores it. */
export const WatchMonth: Story = { parameters: { source: changed({}, WATCH) } };

/** 优质客户: the date never stands without its condition. */
export const Conditional: Story = { parameters: { source: changed({}, QUALITY) } };

/** Not assessed yet: a dashed ring, 等级评定中, and no amount. */
export const NotAssessed: Story = {
  parameters: {
    source: holding((source) => {
      source.set('customers', [aCustomer({ since: dayFromToday(-12) })]);
      source.set('assessments', []);
    }),
  },
};

/** A customer of a branch without a manager of their own. */
export const OnePerson: Story = { parameters: { source: changed({ clientManager: null }) } };

/** Long names wrap; nothing is cut. */
export const LongNames: Story = {
  parameters: {
    room: 390,
    source: changed({
      name: '买买提*阿布都热合曼',
      branch: {
        id: 'B2',
        name: words(
          '乌鲁木齐经济技术开发区喀什西路支行',
          'Ürümqi Economic and Technological Development Zone, Kashgar West Road',
        ),
        personalBanker: false,
      },
      careManager: { id: 'M3', name: '阿依古丽·吐尔逊', phone: '0991-8888 0303' },
    }),
  },
};

export const Loading: Story = { parameters: { source: waiting() } };

/** The bank has no record of the customer yet. */
export const Empty: Story = { parameters: { source: without('customers', 'assessments') } };

/** 重试 fetches again; in this story it succeeds. */
export const Failed: Story = {
  parameters: { source: failing(['customers', 'assessments'], known) },
};

/** Only the level is missing: people and numbers stay. */
export const LevelFailed: Story = {
  parameters: {
    source: () => {
      const source = holding(known)();
      source.set('assessments', { state: 'error', code: 'network' });
      return source;
    },
  },
};

export const SignedOut: Story = {
  parameters: { source: signedOut('customers', 'assessments') },
};

/** Calls still work without a network. */
export const Offline: Story = { parameters: { source: offline(known) } };

/** Data older than 45 days: the date moves up to the level line. */
export const Stale: Story = {
  parameters: { source: changed({ asOf: dayFromToday(-60) }, { asOf: dayFromToday(-61) }) },
};
