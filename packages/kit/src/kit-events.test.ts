import { expect } from '@open-wc/testing';
import type { Survey } from '@liyu/model';
import { breakNetwork, mendNetwork } from './fixtures/network.testing.js';
import {
  CHEN,
  aKit,
  aSubject,
  clearPage,
  place,
  placeKit,
  sourceOf,
  stateOf,
  tokenFor,
  until,
  untilShown,
} from './fixtures/page.testing.js';
import type { StatusChanged } from './kit.events.js';
import './liyu.js';

// Customers whose surveys no other test answers, also none of the store's.
const TANG = 'c-3c21';
const LIN = 'c-9f31';

/** All events of Liyu that are dispatched, by whichever element. */
function record(): { events: Event[]; stop: () => void } {
  const events: Event[] = [];
  const real = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) {
    if (event.type.startsWith('liyu-')) events.push(event);
    return real.call(this, event);
  };
  const stop = () => {
    EventTarget.prototype.dispatchEvent = real;
  };
  return { events, stop };
}

describe('kit, events', () => {
  afterEach(clearPage);

  it('says that the endpoint is missing, and begins when it is given', async () => {
    const kit = aKit(CHEN.id);
    kit.removeAttribute('endpoint');
    const codes: string[] = [];
    kit.addEventListener('liyu-error', ({ detail }) => codes.push(detail.code));
    const badge = place('liyu-tier-badge', {}, kit);
    document.body.append(kit);
    expect(codes).to.deep.equal(['no_endpoint']);
    expect(sourceOf(badge) === null).to.equal(true);
    kit.setAttribute('endpoint', '/liyu');
    await untilShown(badge, CHEN.rung);
    expect(codes).to.deep.equal(['no_endpoint']);
  });

  it('goes from offline over an unsent answer to ready, with nothing personal', async () => {
    const kit = placeKit(TANG);
    const said: string[] = [];
    kit.addEventListener('liyu-status-changed', (event: StatusChanged) => {
      const { state, pending, memory, quarantined, ...rest } = event.detail;
      expect(kit.status).to.equal(event.detail);
      expect([typeof state, typeof pending]).to.deep.equal(['string', 'number']);
      expect([memory, quarantined, rest]).to.deep.equal([false, 0, {}]);
      said.push(`${state} ${pending}`);
    });
    const source = sourceOf(kit)!;
    const surveys: Survey[] = [];
    const stop = source.watch('surveys', (snapshot) => {
      if (snapshot.state === 'ready') surveys.splice(0, 1, ...snapshot.docs);
    });
    await until(() => surveys.length > 0 && said.at(-1) === 'ready 0', 'ready');
    breakNetwork();
    await until(() => said.at(-1) === 'offline 0', 'offline');
    await source.submitSurvey({
      ...surveys[0]!,
      state: 'submitted',
      answers: { q1: 5 },
      callBack: false,
      submittedAt: new Date().toISOString(),
    });
    await until(() => said.at(-1) === 'offline 1', 'unsent');
    said.splice(0);
    mendNetwork();
    await until(() => said.at(-1) === 'ready 0' && surveys[0]!.receivedAt !== null, 'delivered');
    expect(said.join()).to.match(/^syncing 1(,\w+ [01])*,ready 0$/);
    stop();
  });

  it('says that it is offline to the widgets too', async () => {
    placeKit(CHEN.id);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    breakNetwork();
    await untilShown(badge, '离线');
    mendNetwork();
    await until(() => !badge.shadowRoot!.textContent.includes('离线'), 'online');
  });

  it('composes no event that carries personal data, and names nobody in any', async () => {
    const { events, stop } = record();
    try {
      const kit = placeKit(LIN);
      const widgets = (['liyu-customer-card', 'liyu-care-timeline', 'liyu-benefit-panel'] as const)
        .map((tag) => place(tag))
        .concat();
      const form = place('liyu-satisfaction-form');
      for (const widget of [...widgets, form]) {
        await until(() => stateOf(widget) === 'ready', `ready <${widget.localName}>`);
      }
      form.shadowRoot!.querySelector<HTMLElement>('.decline')!.click();
      await until(() => form.shadowRoot!.querySelector('.confirm') !== null, 'the question');
      form.shadowRoot!.querySelector<HTMLElement>('.confirm')!.click();
      await until(() => events.some(({ type }) => type === 'liyu-survey-submitted'), 'declined');
      await until(() => kit.status?.state === 'ready' && kit.status.pending === 0, 'delivered');
      placeKit(CHEN.id);
    } finally {
      stop();
    }
    const types = new Set(events.map(({ type }) => type));
    expect([...types]).to.include.members([
      'liyu-source-request',
      'liyu-status-changed',
      'liyu-error',
      'liyu-survey-submitted',
    ]);
    const composed = events.filter((event) => event.composed);
    for (const event of composed) {
      expect(event.type).to.equal('liyu-source-request');
      expect(Object.keys(event).filter((key) => key !== 'isTrusted')).to.deep.equal(['provide']);
    }
    for (const event of events.filter(({ type }) => type !== 'liyu-survey-submitted')) {
      expect(JSON.stringify({ ...event })).not.to.match(/c-9f31|c-8f3a|林/);
    }
  });
});

describe('kit, language', () => {
  afterEach(clearPage);

  it('reaches the widgets when the attribute changes', async () => {
    const kit = placeKit(CHEN.id, { subject: aSubject(), locale: 'en' });
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rungInEnglish);
    kit.setAttribute('locale', 'zh-CN');
    await untilShown(badge, CHEN.rung);
    kit.setAttribute('locale', 'en');
    await untilShown(badge, CHEN.rungInEnglish);
    kit.removeAttribute('locale');
    await untilShown(badge, CHEN.rung);
  });

  it('stays when another person is signed in', async () => {
    const kit = placeKit(CHEN.id, { subject: aSubject(), locale: 'en' });
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rungInEnglish);
    kit.getToken = () => tokenFor('c-2b70');
    kit.setAttribute('subject', aSubject());
    await untilShown(badge, 'Ordinary');
  });
});
