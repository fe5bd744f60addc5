import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { everyRecord } from '../stage/every-record.js';
import { holding } from '../stage/story-source.js';
import { toolbar } from '../stage/widget-docs.js';
import './story-brand.js';

interface Args {
  bank: 'jianghai' | 'linchuan';
  density: 'compact' | null;
}

const meta: Meta<Args> = {
  title: 'Foundations/Brand',
  parameters: {
    source: holding((source) => {
      everyRecord(source);
      source.drafts.set('survey:S1', { answers: { q1: 4 }, callBack: false });
    }),
    room: 1100,
  },
  render: ({ bank, density }, context) => {
    const { locale, elder } = toolbar(context);
    const dense = ifDefined(density ?? undefined);
    return html`<story-brand bank=${bank}>
      <liyu-customer-card locale=${locale} ?elder=${elder} density=${dense}></liyu-customer-card>
      <liyu-satisfaction-form
        locale=${locale}
        ?elder=${elder}
        density=${dense}
      ></liyu-satisfaction-form>
    </story-brand>`;
  },
};
export default meta;

/** 江海银行: nine custom properties. */
export const Jianghai: StoryObj<Args> = { args: { bank: 'jianghai', density: null } };

/** 临川农商银行: the house colour is red, so nothing that failed is told by red alone; set in 14 px. */
export const Linchuan: StoryObj<Args> = { args: { bank: 'linchuan', density: 'compact' } };
