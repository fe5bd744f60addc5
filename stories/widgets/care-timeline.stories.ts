import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { CareEvent } from '@liyu/model';
import { ifDefined } from 'lit/directives/if-defined.js';
import page from '../../packages/widgets/src/care-timeline/care-timeline.md?raw';
import { aPolicy } from '../../packages/widgets/src/fixtures/policy.testing.js';
import {
  aCareEvent,
  aSurvey,
  dayFromToday,
  words,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { find, press } from '../stage/acting.js';
import { careRecord, lunarRecord } from '../stage/care-record.js';
import { failing, holding, offline, signedOut, waiting, without } from '../stage/story-source.js';
import type { Fill, StorySource } from '../stage/story-source.js';
import { about, SHARED, SHARED_ARGS, toolbar } from '../stage/widget-docs.js';
import type { SharedArgs } from '../stage/widget-docs.js';
import '../stage/story-gallery.js';

interface Args extends SharedArgs {
  months: number | null;
}
type Story = StoryObj<Args>;

const TAG = 'liyu-care-timeline';
const cared: Fill = (source) => fill(source, careRecord());

/** As a kit gives it: the records, and the day on which they were all there were. */
function fill(source: StorySource, docs: readonly CareEvent[], daysAgo = 0): void {
  source.set('careEvents', { state: 'ready', docs, pulledOn: dayFromToday(-daysAgo) });
}

const meta: Meta<Args> = {
  title: 'Widgets/Care timeline',
  tags: ['autodocs'],
  component: TAG,
  args: { ...SHARED_ARGS, months: null },
  argTypes: { ...SHARED, months: { control: { type: 'number', min: 1 } } },
  parameters: {
    source: holding(cared),
    room: 720,
    docs: { description: { component: about(page) } },
  },
  render: ({ months, density, frame }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-care-timeline
      months=${ifDefined(months ?? undefined)}
      locale=${locale}
      ?elder=${elder}
      density=${ifDefined(density ?? undefined)}
      frame=${ifDefined(frame ?? undefined)}
    ></liyu-care-timeline>`;
  },
};
export default meta;

/** What comes next, then three months, the latest first. */
export const Ready: Story = {};

/** In the narrow column of a home page, with one month. */
export const OneMonth: Story = { args: { months: 1 }, parameters: { room: 392 } };

/** Asked for one kind: 投诉. The kinds offered are those that occur. */
export const Filtered: Story = {
  play: ({ canvasElement }) => press(canvasElement, TAG, '.filter button:last-child'),
};

/** Older months, asked for: they open in place, and the focus goes on to the first of them. */
export const OlderShown: Story = {
  args: { months: 1 },
  play: ({ canvasElement }) => press(canvasElement, TAG, '.foot button'),
};

/** With a form on the page an invitation can be answered from here; the form takes the focus. */
export const Invitation: Story = {
  args: { months: 1 },
  parameters: {
    room: 1000,
    docs: { source: { type: 'code' } },
    source: holding((source) => {
      cared(source);
      source.set('surveys', [aSurvey()]);
      source.set('policies', [aPolicy()]);
    }),
  },
  render: ({ months }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<story-gallery>
      <liyu-satisfaction-form locale=${locale} ?elder=${elder}></liyu-satisfaction-form>
      <liyu-care-timeline
        months=${ifDefined(months ?? undefined)}
        locale=${locale}
        ?elder=${elder}
      ></liyu-care-timeline>
    </story-gallery>`;
  },
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'liyu-satisfaction-form', '.question');
  },
};

/**
 * What is kept by the lunar calendar has its lunar date beside the day, also in a leap month (闰六月); it
 * comes with the record. National Day has none.
 */
export const LunarDates: Story = {
  args: { months: 4 },
  parameters: { source: holding((source) => fill(source, lunarRecord())) },
};

/** A promise for another year says its year; one kind alone needs no filter. */
export const Promised: Story = {
  parameters: {
    source: holding((source) =>
      source.set('careEvents', [
        aCareEvent('anniversary', {
          state: 'planned',
          on: dayFromToday(400),
          title: words('开户十周年问候', 'Ten years with us'),
        }),
      ]),
    ),
  },
};

/** A planned day that has passed isn't announced any more; the record stands in its month until the bank closes it. */
export const DayPassed: Story = {
  parameters: {
    source: holding((source) =>
      fill(source, [
        aCareEvent('visit', {
          kind: 'CONTACT',
          state: 'planned',
          on: dayFromToday(-6),
          title: words('客户经理电话回访', 'Call from your client manager'),
        }),
        ...careRecord().slice(0, 4),
      ]),
    ),
  },
};

/** 20 px, one column. */
export const Elder: Story = { globals: { elder: 'on' }, parameters: { room: 480 } };

/** In pages set in 14 px. */
export const Compact: Story = { args: { density: 'compact' } };

export const Loading: Story = { parameters: { source: waiting() } };

/** Nothing done, nothing promised. */
export const Empty: Story = { parameters: { source: without('careEvents') } };

/** 重试 fetches again; in this story it succeeds. */
export const Failed: Story = { parameters: { source: failing(['careEvents'], cared) } };

export const SignedOut: Story = { parameters: { source: signedOut('careEvents') } };

/** What is stored stays; the date says when the server was last asked for all of it. */
export const Offline: Story = {
  args: { months: 1 },
  parameters: { source: offline((source) => fill(source, careRecord(), 3)) },
};

/** Older than 45 days. */
export const Stale: Story = {
  args: { months: 1 },
  parameters: { source: offline((source) => fill(source, careRecord(), 60)) },
};
