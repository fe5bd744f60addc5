import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { ifDefined } from 'lit/directives/if-defined.js';
import page from '../../packages/widgets/src/customer-card/customer-card.md?raw';
import {
  aCareEvent,
  aCase,
  aCustomer,
  anAssessment,
  dayFromToday,
  words,
} from '../../packages/widgets/src/fixtures/records.testing.js';
import type { Revealed } from '@liyu/widgets';
import { find, press } from '../stage/acting.js';
import { failing, holding, offline, signedOut, waiting, without } from '../stage/story-source.js';
import type { Fill } from '../stage/story-source.js';
import { about, SHARED, SHARED_ARGS, toolbar } from '../stage/widget-docs.js';
import type { SharedArgs } from '../stage/widget-docs.js';

type Story = StoryObj<SharedArgs>;

const TAG = 'liyu-customer-card';
const NAMES = ['customers', 'assessments', 'careEvents', 'cases'] as const;
const CLEAR: Readonly<Record<string, string>> = {
  name: '陈思怡',
  phone: '13800005678',
  birthday: '1968-03-07',
};
const RUNG = words('大额客户3级', 'Large-value 3');

/** A customer of thirty years, as a desk has them. */
const desk =
  (
    changes: Parameters<typeof aCustomer>[0] = {},
    answer: (field: string) => Revealed = (field) => ({ value: CLEAR[field] ?? null }),
  ): Fill =>
  (source) => {
    const { preferences } = aCustomer();
    source.set('customers', [
      aCustomer({
        since: '1996-03-12',
        birthday: '****-03-07',
        birthdayCalendar: 'lunar',
        tier: { class: 'LARGE', level: 3, rung: 'LARGE-3', label: RUNG },
        preferences: { ...preferences, contactTime: 'EVENING', personalised: false },
        ...changes,
      }),
    ]);
    source.set('assessments', [
      anAssessment({ class: 'LARGE', level: 3, rung: 'LARGE-3', label: RUNG }),
    ]);
    source.set('careEvents', [
      aCareEvent('next', {
        state: 'planned',
        on: dayFromToday(11),
        title: words('定期存款到期前提醒', 'Reminder before a term deposit matures'),
        channel: words('电话', 'Phone'),
        owner: words('客户经理', 'Client manager'),
      }),
    ]);
    source.set('cases', []);
    source.serveStaff((field) => Promise.resolve(answer(field)));
  };
/** Asks for the phone number and gives the first reason of the list. */
const askForPhone = async (canvas: HTMLElement): Promise<void> => {
  await press(canvas, TAG, '[data-field=phone] .reveal');
  const select = await find<HTMLSelectElement>(canvas, TAG, 'select');
  select.value = 'VERIFY';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await press(canvas, TAG, '[data-field=phone] .primary');
};

const meta: Meta<SharedArgs> = {
  title: 'Widgets/Customer card for staff',
  tags: ['autodocs'],
  component: TAG,
  args: { ...SHARED_ARGS },
  argTypes: { ...SHARED },
  parameters: {
    source: holding(desk()),
    room: 800,
    docs: { description: { component: about(page) } },
  },
  render: ({ density, frame }, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-customer-card
      customer="C1"
      locale=${locale}
      ?elder=${elder}
      density=${ifDefined(density ?? undefined)}
      frame=${ifDefined(frame ?? undefined)}
    ></liyu-customer-card>`;
  },
};
export default meta;

/** Years with the bank and the level first; what can identify the customer is masked. */
export const Ready: Story = {};

/** An open complaint stands above all facts, with the day by which it has to be answered. */
export const OpenComplaint: Story = {
  parameters: {
    source: holding((source) => {
      desk()(source);
      source.set('cases', [aCase('fees')]);
    }),
  },
};

/** Before anything is shown in the clear: why? The reason is kept with the look. */
export const ReasonAsked: Story = {
  play: ({ canvasElement }) => press(canvasElement, TAG, '[data-field=phone] .reveal'),
};

/** For half a minute in place of the mask; a button, or leaving the tab, hides it before. */
export const InTheClear: Story = { play: ({ canvasElement }) => askForPhone(canvasElement) };

/** The server says no: the customer is at nobody's desk who is signed in. */
export const Refused: Story = {
  parameters: { source: holding(desk({}, () => ({ fault: 'forbidden' }))) },
  play: ({ canvasElement }) => askForPhone(canvasElement),
};

/** The day of what was planned next has passed, and nobody has closed it yet. */
export const CareDayPassed: Story = {
  parameters: {
    source: holding((source) => {
      desk()(source);
      source.set('careEvents', [
        aCareEvent('next', {
          state: 'planned',
          on: dayFromToday(-6),
          title: words('电话回访', 'Call'),
          channel: words('电话', 'Phone'),
          owner: words('客户经理', 'Client manager'),
        }),
      ]);
    }),
  },
};

/** One column, as beside a list of customers. */
export const Narrow: Story = { parameters: { room: 390 } };

/** What the bank doesn't know is said, and can't be asked for. */
export const LittleKnown: Story = {
  parameters: {
    source: holding((source) => {
      desk({
        name: null,
        phone: null,
        birthday: null,
        birthdayCalendar: null,
        since: null,
        branch: null,
        tier: null,
        clientManager: null,
        careManager: null,
      })(source);
      source.set('assessments', []);
    }),
  },
};

/** What is stored can be read; a look in the clear needs the network, and its button says so. */
export const Offline: Story = { parameters: { source: offline(desk()) } };

export const Loading: Story = { parameters: { source: waiting() } };

/** No such customer, or not one of this desk. */
export const NotOfThisDesk: Story = { parameters: { source: without(...NAMES) } };

/** Before a customer is chosen from the list. */
export const NobodyChosen: Story = {
  render: (_args, context) => {
    const { locale, elder } = toolbar(context);
    return html`<liyu-customer-card
      customer=""
      locale=${locale}
      ?elder=${elder}
    ></liyu-customer-card>`;
  },
};

export const Failed: Story = { parameters: { source: failing(NAMES, desk()) } };

export const SignedOut: Story = { parameters: { source: signedOut(...NAMES) } };
