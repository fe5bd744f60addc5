import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { BadgeSize } from '@liyu/widgets';
import page from '../../packages/widgets/src/tier-badge/tier-badge.md?raw';
import {
  anAssessment,
  dayFromToday,
  QUALITY,
  TOP,
  WATCH,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { ON_EACH_RUNG } from '../stage/rungs.js';
import { failing, holding, offline, signedOut, waiting, without } from '../stage/story-source.js';
import type { Fill } from '../stage/story-source.js';
import { about, SHARED, SHARED_ARGS, toolbar } from '../stage/widget-docs.js';
import type { SharedArgs } from '../stage/widget-docs.js';
import '../stage/story-gallery.js';

interface Args extends SharedArgs {
  size: BadgeSize;
}
type Story = StoryObj<Args>;

const held: Fill = (source) => source.set('assessments', [anAssessment()]);
const assessed = (changes: Parameters<typeof anAssessment>[0]) =>
  holding((source) => source.set('assessments', [anAssessment(changes)]));

const meta: Meta<Args> = {
  title: 'Widgets/Tier badge',
  tags: ['autodocs'],
  component: 'liyu-tier-badge',
  args: { ...SHARED_ARGS, size: 'l' },
  argTypes: { ...SHARED, size: { control: 'inline-radio', options: ['s', 'm', 'l'] } },
  parameters: {
    source: holding(held),
    room: 480,
    docs: { description: { component: about(page) } },
  },
  render: ({ size, density, frame }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-tier-badge
      size=${size}
      locale=${locale}
      ?elder=${elder}
      density=${ifDefined(density ?? undefined)}
      frame=${ifDefined(frame ?? undefined)}
    ></liyu-tier-badge>`;
  },
};
export default meta;

/** The panel: since when, until when, and the day of the data. */
export const Ready: Story = {};

/** In a row or a menu: one line says until when, or since when. */
export const Medium: Story = { args: { size: 'm' } };

/** In a line of the host's text: it takes the size of small text and the colour around it. */
export const InALineOfText: Story = {
  parameters: { docs: { source: { type: 'code' } } },
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    return html`<p>
      ${locale === 'en' ? 'Good afternoon, 陈*怡' : '陈*怡，下午好'}
      <liyu-tier-badge size="s" locale=${locale} ?elder=${elder}></liyu-tier-badge>
    </p>`;
  },
};

/** The thirteen rungs of the ladder as rows; a class is a frame, a level the pieces of the line below it. */
export const EveryRung: Story = {
  parameters: { room: 1000, source: undefined },
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    return html`<story-gallery>
      ${[...ON_EACH_RUNG, null].map(
        (assessment) =>
          html`<liyu-tier-badge
            locale=${locale}
            ?elder=${elder}
            .assessment=${assessment}
          ></liyu-tier-badge>`,
      )}
    </story-gallery>`;
  },
};

/** The same at 16 px, where the words do the work: steps 4 and 5 can't be counted. */
export const EveryRungSmall: Story = {
  parameters: { room: 720, source: undefined },
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    return html`<story-gallery>
      ${[...ON_EACH_RUNG, null].map(
        (assessment) =>
          html`<liyu-tier-badge
            size="s"
            locale=${locale}
            ?elder=${elder}
            .assessment=${assessment}
          ></liyu-tier-badge>`,
      )}
    </story-gallery>`;
  },
};

/** A month below the line: the level is kept, until when and what restores it is said; nothing is red. */
export const WatchMonth: Story = { parameters: { source: assessed(WATCH) } };

/** The same in a row: 保留至 instead of 有效期至. */
export const WatchMonthInARow: Story = {
  args: { size: 'm' },
  parameters: { source: assessed(WATCH) },
};

/** 优质客户: a credit event can move the level before its date, so both are said together. */
export const Conditional: Story = { parameters: { source: assessed(QUALITY) } };

/** The top rung: nothing to reach for. */
export const TopRung: Story = { parameters: { source: assessed(TOP) } };

/** Empty: not assessed yet is neither 普通客户 nor an error. */
export const NotAssessed: Story = { parameters: { source: without('assessments') } };

/** Still blocks after 400 ms, in the size of what comes. */
export const Loading: Story = { parameters: { source: waiting() } };

/** 重试 fetches again; in this story it succeeds. */
export const Failed: Story = { parameters: { source: failing(['assessments'], held) } };

/** The same in a row, without a box. */
export const FailedInARow: Story = {
  args: { size: 'm' },
  parameters: { source: failing(['assessments'], held) },
};

export const SignedOut: Story = { parameters: { source: signedOut('assessments') } };

/** The last data stays, and says that it is the last. */
export const Offline: Story = { parameters: { source: offline(held) } };

/** Data older than 45 days: its date moves up to the level, with a clock. */
export const Stale: Story = { parameters: { source: assessed({ asOf: dayFromToday(-60) }) } };
