import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { aPolicy } from '../../packages/widgets/src/fixtures/policy.testing.js';
import {
  aCustomer,
  anAssessment,
  dayFromToday,
  WATCH,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { everyRecord } from '../stage/every-record.js';
import { failing, holding, offline, waiting } from '../stage/story-source.js';
import { toolbar } from '../stage/widget-docs.js';
import './story-accounts.js';
import './story-home.js';

const COLLECTIONS = [
  'customers',
  'assessments',
  'entitlements',
  'careEvents',
  'surveys',
  'policies',
] as const;

const meta: Meta = {
  title: 'Pages/Customer home',
  parameters: { source: holding(everyRecord), room: 0 },
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    const bank = locale === 'en' ? 'Jianghai Bank' : '江海银行';
    return html`<story-home>
      <span slot="bank">${bank}</span>
      <liyu-tier-badge slot="badge" size="s" locale=${locale} ?elder=${elder}></liyu-tier-badge>
      <story-accounts slot="main" locale=${locale}></story-accounts>
      <liyu-benefit-panel
        slot="main"
        limit="4"
        locale=${locale}
        ?elder=${elder}
      ></liyu-benefit-panel>
      <liyu-satisfaction-form slot="main" locale=${locale} ?elder=${elder}></liyu-satisfaction-form>
      <liyu-customer-card slot="side" locale=${locale} ?elder=${elder}></liyu-customer-card>
      <liyu-care-timeline
        slot="side"
        months="1"
        locale=${locale}
        ?elder=${elder}
      ></liyu-care-timeline>
    </story-home>`;
  },
};
export default meta;

/** Two columns: what the customer can use and say, and who looks after them. */
export const Desk: StoryObj = { globals: { viewport: { value: 'desk' } } };

/** One column; the people come first. */
export const Phone: StoryObj = { globals: { viewport: { value: 'phone' } } };

/** The large-letter edition on a phone. */
export const ElderPhone: StoryObj = { globals: { viewport: { value: 'phone' }, elder: 'on' } };

/** On a train: everything stored is there, and says how old it is; calls work, answers are queued. */
export const OfflinePhone: StoryObj = {
  globals: { viewport: { value: 'phone' } },
  parameters: { source: offline(everyRecord) },
};

/** A watch month stands beside the people and in the badge's level, without alarm. */
export const WatchMonth: StoryObj = {
  globals: { viewport: { value: 'desk' } },
  parameters: {
    source: holding((source) => {
      everyRecord(source);
      source.set('assessments', [anAssessment(WATCH)]);
    }),
  },
};

/** A new customer: who they are is known, and nothing else yet. */
export const NewCustomer: StoryObj = {
  globals: { viewport: { value: 'desk' } },
  parameters: {
    source: holding((source) => {
      for (const name of COLLECTIONS) source.set(name, []);
      source.set('customers', [aCustomer({ clientManager: null, since: dayFromToday(-12) })]);
      source.set('policies', [aPolicy()]);
    }),
  },
};

/** All waits: nothing jumps when it comes. */
export const Loading: StoryObj = {
  globals: { viewport: { value: 'desk' } },
  parameters: { source: waiting() },
};

/** Nothing could be fetched: each widget says so by itself; 重试 in any of them brings all. */
export const Failed: StoryObj = {
  globals: { viewport: { value: 'desk' } },
  parameters: { source: failing(COLLECTIONS, everyRecord) },
};
