import { html } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { SatisfactionForm } from '@liyu/widgets';
import { CSAT } from '../../packages/widgets/src/fixtures/policy.testing.js';
import {
  aCareEvent,
  aCustomer,
  anAssessment,
  aSurvey,
  dayFromToday,
  words,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { holding } from '../stage/story-source.js';
import { toolbar } from '../stage/widget-docs.js';
import '../stage/story-gallery.js';
import './event-log.js';

const meta: Meta = {
  title: 'Guides/Live examples',
  parameters: { room: 720 },
};
export default meta;

/** Data as a JSON child: no script of the page is needed beyond the one that defines the tags. */
export const JsonChild: StoryObj = {
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    const element = document.createElement('div');
    element.innerHTML = `<liyu-tier-badge size="l" locale="${locale}"${elder ? ' elder' : ''}></liyu-tier-badge>`;
    const script = document.createElement('script');
    script.type = 'application/json';
    script.textContent = JSON.stringify({ assessment: anAssessment() });
    element.firstElementChild?.append(script);
    return html`${element}`;
  },
};

/** Data by property: null says that there is none, undefined that it isn't known yet. */
export const ByProperty: StoryObj = {
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-customer-card
      locale=${locale}
      ?elder=${elder}
      .customer=${aCustomer()}
      .assessment=${anAssessment()}
    ></liyu-customer-card>`;
  },
};

/** The page's own source answers two widgets, as a kit would. */
export const OwnSource: StoryObj = {
  parameters: {
    source: holding((source) => {
      source.set('assessments', [anAssessment()]);
      source.set('careEvents', [
        aCareEvent('greeting', { on: dayFromToday(-3) }),
        aCareEvent('call', {
          kind: 'CONTACT',
          state: 'planned',
          on: dayFromToday(6),
          title: words('客户经理电话回访', 'Call from your client manager'),
        }),
      ]);
    }),
  },
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    return html`<story-gallery>
      <liyu-tier-badge size="l" locale=${locale} ?elder=${elder}></liyu-tier-badge>
      <liyu-care-timeline locale=${locale} ?elder=${elder}></liyu-care-timeline>
    </story-gallery>`;
  },
};

/** Without a kit the page sends the answer: on the event it reads `value`, and gives back what the bank has. */
export const Events: StoryObj = {
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    const form = createRef<SatisfactionForm>();
    const survey = aSurvey({ on: dayFromToday(-2) });
    const send = () => {
      const { value } = form.value!;
      setTimeout(() => {
        const receivedAt = new Date().toISOString();
        form.value!.survey = { ...survey, ...value, receivedAt, receipt: 'DC20261122-0093' };
      }, 900);
    };
    return html`<event-log>
      <liyu-satisfaction-form
        ${ref(form)}
        locale=${locale}
        ?elder=${elder}
        .survey=${survey}
        .template=${CSAT}
        @liyu-survey-submitted=${send}
      ></liyu-satisfaction-form>
    </event-log>`;
  },
};
