import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Answer, Survey } from '@liyu/model';
import page from '../../packages/widgets/src/satisfaction-form/satisfaction-form.md?raw';
import { aPolicy } from '../../packages/widgets/src/fixtures/policy.testing.js';
import {
  aSurvey,
  dayFromToday,
  words,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import { press, write } from '../stage/acting.js';
import { failing, holding, signedOut, waiting, without } from '../stage/story-source.js';
import type { Fill } from '../stage/story-source.js';
import { about, SHARED, SHARED_ARGS, toolbar } from '../stage/widget-docs.js';
import type { SharedArgs } from '../stage/widget-docs.js';

type Story = StoryObj<SharedArgs>;

const TAG = 'liyu-satisfaction-form';
const COLLECTIONS = ['surveys', 'policies'] as const;
const NOW = new Date().toISOString();
const SENT = { state: 'submitted', answers: { q1: 4 }, submittedAt: NOW } as const;
const RECEIVED = { ...SENT, receivedAt: NOW, receipt: 'DC20261122-0093' } as const;

/** One survey, and what else `more` says. */
const invited =
  (survey: Partial<Survey> = {}, more?: Fill): Fill =>
  (source) => {
    source.set('surveys', [aSurvey({ on: dayFromToday(-4), ...survey })]);
    source.set('policies', [aPolicy()]);
    more?.(source);
  };
const asked = (survey?: Partial<Survey>, more?: Fill) => holding(invited(survey, more));
const draft =
  (answers: Readonly<Record<string, Answer>>, callBack = false): Fill =>
  (source) =>
    source.drafts.set('survey:S1', { answers, callBack });

const meta: Meta<SharedArgs> = {
  title: 'Widgets/Satisfaction form',
  tags: ['autodocs'],
  component: TAG,
  args: { ...SHARED_ARGS },
  argTypes: { ...SHARED },
  parameters: {
    source: asked(),
    room: 720,
    docs: { description: { component: about(page) } },
  },
  render: ({ density, frame }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-satisfaction-form
      locale=${locale}
      ?elder=${elder}
      density=${ifDefined(density ?? undefined)}
      frame=${ifDefined(frame ?? undefined)}
    ></liyu-satisfaction-form>`;
  },
};
export default meta;

/** Satisfaction, 1 to 5 in words: one question first. Answer it: the others follow, and it can be sent. */
export const Ready: Story = {};

/** Five options stand below each other on a phone. */
export const Narrow: Story = { parameters: { room: 390 } };

/** 推荐意愿, 0 to 10: in two rows below 560 px; nothing is chosen beforehand. */
export const Nps: Story = {
  name: 'NPS',
  parameters: {
    source: asked({ template: 'NPS-REL', subject: words('与江海银行的往来', 'Jianghai Bank') }),
  },
};

export const NpsNarrow: Story = {
  name: 'NPS, narrow',
  parameters: { ...Nps.parameters, room: 390 },
};

/** 办理便捷度, 1 to 7. */
export const Ces: Story = {
  name: 'CES',
  parameters: {
    source: asked({
      template: 'CES-DIGITAL',
      subject: words('手机银行，转账', 'App, a transfer'),
    }),
  },
};

/** After the first answer: rows of 1 to 5, a text, and the draft is kept on the device. */
export const Draft: Story = {
  parameters: {
    source: asked({}, draft({ q1: 4, q2: 5, q4: '等候时间比上次短，谢谢。' })),
  },
};

/** Other kinds of questions: a choice, and yes or no. */
export const Choices: Story = {
  parameters: {
    source: asked(
      { template: 'CSAT-MIXED', subject: words('新客户体验', 'New-customer experience') },
      draft({ q1: 4, q2: 1, q3: true }),
    ),
  },
};

/** A low score: the bank offers to call back, and says within how many hours. */
export const LowScore: Story = {
  parameters: { source: asked({}, draft({ q1: 2 }, true)) },
};

/**
 * A text that is too long, as after a change of the template (typing ends at the limit): the fault
 * stands at its question, and the focus goes there.
 */
export const Fault: Story = {
  parameters: { source: asked({}, draft({ q1: 4 })) },
  play: async ({ canvasElement }) => {
    await write(canvasElement, TAG, 'textarea', '柜员很耐心，但是等了很久。'.repeat(20));
    await press(canvasElement, TAG, 'button[type=submit]');
  },
};

/** 不参加 is asked once more, in place, as it can't be undone. */
export const Declining: Story = {
  play: ({ canvasElement }) => press(canvasElement, TAG, '.decline'),
};

/** The device couldn't keep the answer: nothing is lost, and it can be tried again. */
export const SaveFailed: Story = {
  parameters: {
    source: asked({}, (source) => {
      draft({ q1: 4 })(source);
      source.submitFails = true;
    }),
  },
  play: ({ canvasElement }) => press(canvasElement, TAG, 'button[type=submit]'),
};

/** Queued: the answer lies on the device and is sent when the network is back. */
export const Pending: Story = {
  parameters: {
    source: asked(SENT, (source) => source.setStatus({ offline: true, pending: 1 })),
  },
};

/** Queued where nothing is stored, as in a private window: the page has to stay open. */
export const PendingInMemory: Story = {
  parameters: {
    source: asked(SENT, (source) => {
      source.setStatus({ offline: true, pending: 1, memory: true });
    }),
  },
};

/** The bank has it: thanks, and a number to refer to. */
export const Delivered: Story = { parameters: { source: asked(RECEIVED) } };

/** Delivered, with a call to come. */
export const DeliveredCallBack: Story = {
  parameters: { source: asked({ ...RECEIVED, answers: { q1: 1 }, callBack: true }) },
};

export const Declined: Story = {
  parameters: { source: asked({ state: 'declined', submittedAt: NOW, receivedAt: NOW }) },
};

export const DeclinedPending: Story = {
  parameters: {
    source: asked({ state: 'declined', submittedAt: NOW }, (source) => {
      source.setStatus({ offline: true, pending: 1 });
    }),
  },
};

/** Refused: why, what to do, and what was written is still there. */
export const Rejected: Story = {
  parameters: {
    source: asked({}, (source) => {
      source.reject('S1', { code: 'answer_invalid', doc: aSurvey({ answers: { q1: 4 } }) });
    }),
  },
};

/** Answered on two devices: the first one counts, and this one says so. */
export const AnsweredTwice: Story = {
  parameters: {
    source: asked(RECEIVED, (source) => {
      source.reject('S1', { code: 'already_submitted', doc: aSurvey({ answers: { q1: 2 } }) });
    }),
  },
};

/** Over before the customer came; a person is still there. */
export const Expired: Story = {
  parameters: {
    source: asked({ id: 'S1', expiresOn: dayFromToday(-1) }),
  },
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-satisfaction-form
      survey-id="S1"
      locale=${locale}
      ?elder=${elder}
    ></liyu-satisfaction-form>`;
  },
};

/** 20 px, options of 60 px. */
export const Elder: Story = {
  globals: { elder: 'on' },
  parameters: { room: 480, source: asked({}, draft({ q1: 3 })) },
};

/** In pages set in 14 px. */
export const Compact: Story = {
  args: { density: 'compact' },
  parameters: { source: asked({}, draft({ q1: 5 })) },
};

export const Loading: Story = { parameters: { source: waiting() } };

/** Nothing to answer. */
export const Empty: Story = { parameters: { source: without(...COLLECTIONS) } };

/** 重试 fetches again; in this story it succeeds. */
export const Failed: Story = {
  parameters: { source: failing(COLLECTIONS, invited()) },
};

export const SignedOut: Story = { parameters: { source: signedOut(...COLLECTIONS) } };

/** Without a network it can be answered: submit it to see it queued. */
export const Offline: Story = {
  parameters: { source: asked({}, (source) => source.setStatus({ offline: true })) },
};
