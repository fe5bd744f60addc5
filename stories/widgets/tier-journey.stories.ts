import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Case } from '@liyu/model';
import page from '../../packages/widgets/src/tier-journey/tier-journey.md?raw';
import {
  assessed,
  bankPolicy,
  CLOSED,
  HIGHEST,
  NEUTRAL,
  NEW_ENDED,
  WATCHED,
} from '../../packages/widgets/src/fixtures/bank-policy.testing.js';
import type { Assessed } from '../../packages/widgets/src/fixtures/bank-policy.testing.js';
import {
  aCase,
  aCustomer,
  dayFromToday,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { press } from '../stage/acting.js';
import { failing, holding, offline, signedOut, waiting } from '../stage/story-source.js';
import type { Fill } from '../stage/story-source.js';
import { about, SHARED, SHARED_ARGS, toolbar } from '../stage/widget-docs.js';
import type { SharedArgs } from '../stage/widget-docs.js';

type Story = StoryObj<SharedArgs>;

const TAG = 'liyu-tier-journey';
/** An assessment, the bank's rules, and what was asked for before. */
const of =
  (what: Assessed = {}, cases: readonly Case[] = []): Fill =>
  (source) => {
    source.set('assessments', [assessed(what)]);
    source.set('policies', [bankPolicy()]);
    source.set('cases', cases);
    source.set('customers', [aCustomer()]);
  };
const showing = (what: Assessed, cases: readonly Case[] = []) => ({
  source: holding(of(what, cases)),
});

const meta: Meta<SharedArgs> = {
  title: 'Widgets/Tier journey',
  tags: ['autodocs'],
  component: TAG,
  args: SHARED_ARGS,
  argTypes: SHARED,
  parameters: {
    source: holding(of()),
    room: 1000,
    docs: { description: { component: about(page) } },
  },
  render: ({ density, frame }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-tier-journey
      locale=${locale}
      ?elder=${elder}
      density=${ifDefined(density ?? undefined)}
      frame=${ifDefined(frame ?? undefined)}
    ></liyu-tier-journey>`;
  },
};
export default meta;

/** 优质客户1级, one point below the next level: result, reason, what to do. */
export const Ready: Story = {};

/** One column in a narrow place. */
export const Narrow: Story = { parameters: { room: 358 } };

/** A figure tried: what would be, beside what is; nothing is kept. */
export const WhatIf: Story = {
  play: ({ canvasElement }) =>
    press(canvasElement, TAG, '[data-metric=card_spend_12m_fen] + .step'),
};

/** A level by assets: the ruler has equal steps, and what the score is made of is an aside. */
export const ByAssets: Story = {
  parameters: showing({ metrics: { deposit_avg_3m_fen: 65_201_635 } }),
};

/** A month below the line: what is kept until when, and the path back; nothing is red. */
export const WatchMonth: Story = { parameters: showing(WATCHED) };

/** The end of the time as a new customer is told as that. */
export const NewCustomerEnded: Story = { parameters: showing(NEW_ENDED) };

/** No lever leads on: why, and which level is within reach. */
export const PathClosed: Story = { parameters: showing(CLOSED) };

/** Without occupation and education: sixteen factors, and the page says so. */
export const NeutralVariant: Story = { parameters: showing(NEUTRAL) };

/** The customer wants no suggestions: the next level isn't proposed, all else stays. */
export const PersonalisationOff: Story = {
  parameters: {
    source: holding((source) => {
      of()(source);
      const { preferences } = aCustomer();
      source.set('customers', [
        aCustomer({ preferences: { ...preferences, personalised: false } }),
      ]);
    }),
  },
};

/** The top: no path, nothing to try. */
export const TopRung: Story = { parameters: showing(HIGHEST) };

/** A request that is being written, in its place. */
export const AskingForReview: Story = {
  play: ({ canvasElement }) => press(canvasElement, TAG, '.ask-review'),
};

const review = (changes: Partial<Case>) =>
  showing({}, [
    aCase('review', { kind: 'review', topic: null, about: assessed().id, text: '', ...changes }),
  ]);

/** A request that lies on this device only. */
export const ReviewPending: Story = {
  parameters: review({ state: 'RECEIVED', receivedAt: null, receipt: null, dueOn: null }),
};

/** A request that the bank has, with its number and the last day for an answer. */
export const ReviewReceived: Story = {
  parameters: review({ receipt: 'FH20261126-0042', dueOn: dayFromToday(15) }),
};

/** The level is known and the rules aren't: 重试 brings them. */
export const RulesMissing: Story = {
  parameters: {
    source: () => {
      const source = failing(['policies'], of())();
      source.set('assessments', [assessed()]);
      return source;
    },
  },
};

/** Empty: not assessed yet, and when that will be. */
export const NotAssessed: Story = {
  parameters: {
    source: holding((source) => {
      source.set('assessments', []);
      source.set('policies', [bankPolicy()]);
    }),
  },
};

/** Still blocks after 400 ms, in the size of what comes. */
export const Loading: Story = { parameters: { source: waiting() } };

/** 重试 fetches again; in this story it succeeds. */
export const Failed: Story = {
  parameters: { source: failing(['assessments', 'policies', 'cases'], of()) },
};

export const SignedOut: Story = { parameters: { source: signedOut('assessments', 'policies') } };

/** The last data stays, the what-if works, and a request waits on the device. */
export const Offline: Story = { parameters: { source: offline(of()) } };

/** Data older than 45 days: its date moves up to the level, with a clock. */
export const Stale: Story = { parameters: showing({ changes: { asOf: dayFromToday(-60) } }) };
