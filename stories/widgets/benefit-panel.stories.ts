import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { EntitledBenefit, Offer, Redemption } from '@liyu/model';
import page from '../../packages/widgets/src/benefit-panel/benefit-panel.md?raw';
import { aPolicy } from '../../packages/widgets/src/fixtures/policy.testing.js';
import {
  aBenefit,
  aCustomer,
  anEntitlement,
  anOffer,
  aRedemption,
  dayFromToday,
  GRANTED,
  words,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { press } from '../stage/acting.js';
import { failing, holding, offline, signedOut, waiting, without } from '../stage/story-source.js';
import type { Fill } from '../stage/story-source.js';
import { about, SHARED, SHARED_ARGS, toolbar } from '../stage/widget-docs.js';
import type { SharedArgs } from '../stage/widget-docs.js';

interface Args extends SharedArgs {
  limit: number | null;
}
type Story = StoryObj<Args>;

const entitled: Fill = (source) => {
  source.set('entitlements', [anEntitlement()]);
  source.set('redemptions', []);
  source.set('policies', [aPolicy()]);
};
const changed = (changes: Parameters<typeof anEntitlement>[0]) =>
  holding((source) => {
    entitled(source);
    source.set('entitlements', [anEntitlement(changes)]);
  });
/** The lounge, after these requests. */
const requested = (...redemptions: Redemption[]) =>
  holding((source) => {
    entitled(source);
    const benefits = [aBenefit('B-V3', 'facility', { quota: 6, per: 'year', used: 2 })];
    source.set('entitlements', [anEntitlement({ benefits })]);
    source.set('redemptions', redemptions);
  });
const only = (...benefits: EntitledBenefit[]) => changed({ benefits });
const COLLECTIONS = ['entitlements', 'policies', 'redemptions', 'offers', 'customers'] as const;
/** A short list of benefits above these offers. */
const offered =
  (offers: readonly Offer[], personalised = true): Fill =>
  (source) => {
    entitled(source);
    const benefits = [
      aBenefit('B-V3', 'facility', { quota: 6, per: 'year', used: 2 }),
      aBenefit('B-V1', 'rate', { addBp: 5 }),
    ];
    source.set('entitlements', [anEntitlement({ benefits })]);
    const { preferences } = aCustomer();
    source.set('customers', [aCustomer({ preferences: { ...preferences, personalised } })]);
    source.set('offers', offers);
  };
const offering = (offers: readonly Offer[], personalised = true) =>
  holding(offered(offers, personalised));
const FUND = anOffer('O2', {
  product: words('稳健理财半年期', 'Six-month steady product'),
  title: words('稳健理财半年期新一期', 'A new issue of the six-month steady product'),
  reason: words('您持有同一系列的产品', 'You hold a product of the same series'),
  interest: words('本行按年收取千分之三的管理费', 'The bank takes a management fee of 0.3% a year'),
  on: dayFromToday(-20),
});

const meta: Meta<Args> = {
  title: 'Widgets/Benefit panel',
  tags: ['autodocs'],
  component: 'liyu-benefit-panel',
  args: { ...SHARED_ARGS, limit: null },
  argTypes: { ...SHARED, limit: { control: { type: 'number', min: 0 } } },
  parameters: {
    source: holding(entitled),
    room: 920,
    docs: { description: { component: about(page) } },
  },
  render: ({ limit, density, frame }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-benefit-panel
      limit=${ifDefined(limit ?? undefined)}
      locale=${locale}
      ?elder=${elder}
      density=${ifDefined(density ?? undefined)}
      frame=${ifDefined(frame ?? undefined)}
    ></liyu-benefit-panel>`;
  },
};
export default meta;

/** All benefits by kind; names of kinds stand in the margin from 860 px. */
export const Ready: Story = {};

/** In a column of a page: the state has its own column from 560 px. */
export const Column: Story = { parameters: { room: 640 } };

/** On a phone the state stands below the words. */
export const Narrow: Story = { parameters: { room: 390 } };

/** On a home page: the four with uses left first, and a button for all. */
export const Limit: Story = { args: { limit: 4 }, parameters: { room: 640 } };

/** The same after 全部权益: all groups in place, and the focus stays on the button. */
export const LimitOpened: Story = {
  args: { limit: 4 },
  parameters: { room: 640 },
  play: ({ canvasElement }) => press(canvasElement, 'liyu-benefit-panel', '.head button'),
};

/** Benefits of other levels, asked for: quiet, last, each with the level that opens it. */
export const OtherLevels: Story = {
  parameters: { room: 640 },
  play: ({ canvasElement }) => press(canvasElement, 'liyu-benefit-panel', '.others .link'),
};

/** Used up, used once, and a year that has ended: said in words, without a bar. */
export const UsedUp: Story = {
  parameters: {
    room: 640,
    source: only(
      aBenefit('B-V3', 'facility', { quota: 6, per: 'year', used: 6 }),
      aBenefit('B-A2', 'gift', { quota: 1, per: 'year', used: 1 }),
      aBenefit('B-A5', 'club', { quota: 8, per: 'year', used: 3 }),
    ),
  },
};

/** 使用 opens the second step in place: what it costs, and the two ways out of it. */
export const Using: Story = {
  parameters: { room: 640, source: requested() },
  play: ({ canvasElement }) => press(canvasElement, 'liyu-benefit-panel', '.act > .button'),
};

/** Asked for: it lies on this device or is on its way, and the count says that it is a guess. */
export const Pending: Story = {
  parameters: { room: 640, source: requested(aRedemption('R1')) },
};

/** Granted, with the code opened that the counter takes. */
export const Confirmed: Story = {
  parameters: { room: 640, source: requested(aRedemption('R1', GRANTED)) },
  play: ({ canvasElement }) => press(canvasElement, 'liyu-benefit-panel', '.outcomes .link'),
};

/** Refused, with the reason; it stays for two weeks, and for two days among the first of a short list. */
export const Refused: Story = {
  parameters: {
    room: 640,
    source: requested(
      aRedemption('R1', {
        state: 'rejected',
        reason: 'quota_used',
        decidedAt: `${dayFromToday(-1)}T01:00:00.000Z`,
      }),
    ),
  },
};

/** The code ended before it was used. */
export const Expired: Story = {
  parameters: {
    room: 640,
    source: requested(
      aRedemption('R1', { ...GRANTED, state: 'expired', validUntil: dayFromToday(-2) }),
    ),
  },
};

/** What the bank suggests stands last, with why, what the bank gains, and three answers that weigh the same. */
export const Offers: Story = {
  parameters: { room: 640, source: offering([anOffer('O1'), FUND]) },
};

/** On a phone. */
export const OffersNarrow: Story = {
  parameters: { room: 390, source: offering([anOffer('O1'), FUND]) },
};

/** With names of groups in the margin. */
export const OffersWide: Story = {
  parameters: { room: 920, source: offering([anOffer('O1'), FUND]) },
};

/** Answered: one line, which waits for the bank. */
export const OfferPending: Story = {
  parameters: {
    room: 640,
    source: offering([anOffer('O1', { feedback: 'INTERESTED' }), FUND]),
  },
};

/** Answered without a network: it lies on this device, and waits for the bank in the same line. */
export const OfferOffline: Story = {
  parameters: {
    room: 640,
    source: () => {
      const source = offline(offered([anOffer('O1', { feedback: 'INTERESTED' }), FUND]))();
      source.setStatus({ pending: 1 });
      return source;
    },
  },
};

/** The bank has the answers: their lines stay until the last day of the offer. */
export const OfferConfirmed: Story = {
  parameters: {
    room: 640,
    source: offering([
      anOffer('O1', { feedback: 'NOT_NOW', feedbackAt: `${dayFromToday(-1)}T01:00:00.000Z` }),
      { ...FUND, feedback: 'INTERESTED', feedbackAt: `${dayFromToday(-2)}T01:00:00.000Z` },
    ]),
  },
};

/** It could not be written on this device: that stands above the answers, which can be given again. */
export const OfferSaveFailed: Story = {
  parameters: {
    room: 640,
    source: holding((source) => {
      offered([anOffer('O1')])(source);
      source.submitFails = true;
    }),
  },
  play: ({ canvasElement }) =>
    press(canvasElement, 'liyu-benefit-panel', '.offer .button:not([data-guarded])'),
};

/** Another device was first: its answer stands, and why this one doesn't. */
export const OfferRefused: Story = {
  parameters: {
    room: 640,
    source: () => {
      const waiting = anOffer('O1', { feedback: 'INTERESTED' });
      const source = offering([waiting])();
      setTimeout(() => {
        source.reject('O1', { code: 'already_answered', doc: waiting });
        const feedbackAt = `${dayFromToday(-1)}T01:00:00.000Z`;
        source.set('offers', [{ ...waiting, feedback: 'NOT_NOW', feedbackAt }]);
      }, 100);
      return source;
    },
  },
};

/** The customer wants no personal suggestions: nothing is offered, and nothing asks to change that. */
export const PersonalisationOff: Story = {
  parameters: { room: 640, source: offering([anOffer('O1')], false) },
};

/** Locked: a lock, and what opens it: an age, a consent, a rule. */
export const Locked: Story = {
  parameters: {
    room: 640,
    source: only(
      aBenefit('B-A6', 'service', { state: 'LOCKED', because: 'age' }),
      aBenefit('B-O2', 'insurance', { state: 'LOCKED', because: 'consent' }),
      aBenefit('B-Q6', 'credit', { state: 'LOCKED', because: 'sideRule' }),
    ),
  },
};

/** Suspended: a pause sign and whom to ask; the reason isn't told on a screen. */
export const Suspended: Story = {
  parameters: {
    room: 640,
    source: only(
      aBenefit('B-V8', 'credit', { state: 'SUSPENDED', because: 'credit' }),
      aBenefit('B-V1', 'rate', { addBp: 5 }),
    ),
  },
};

/** 20 px, one column, targets of 60 px. */
export const Elder: Story = { globals: { elder: 'on' }, parameters: { room: 480 } };

/** In pages set in 14 px. */
export const Compact: Story = { args: { density: 'compact' }, parameters: { room: 640 } };

export const Loading: Story = { parameters: { source: waiting(), room: 640 } };

/** Before the first assessment. */
export const Empty: Story = { parameters: { source: without(...COLLECTIONS), room: 640 } };

/** 重试 fetches again; in this story it succeeds. */
export const Failed: Story = {
  parameters: { source: failing(COLLECTIONS, entitled), room: 640 },
};

export const SignedOut: Story = { parameters: { source: signedOut(...COLLECTIONS), room: 640 } };

/** The last numbers stay, and say that they are the last. */
export const Offline: Story = {
  args: { limit: 4 },
  parameters: { source: offline(entitled), room: 640 },
};

/** Data older than 45 days: its date at the foot gets a clock. */
export const Stale: Story = {
  args: { limit: 4 },
  parameters: { source: changed({ asOf: dayFromToday(-60) }), room: 640 },
};
